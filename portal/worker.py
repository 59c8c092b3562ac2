"""What is done without anyone pressing: deliver, fetch, remind, notice a missed limit, forget what has expired."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import cycle
from threading import Event

import structlog
from flask import Flask
from sqlalchemy.exc import OperationalError

from portal import landlords
from portal.actions.ask_for_code import send_way_to_code
from portal.actions.notice_law_limit import notice_law_limit
from portal.actions.notice_missed_limit import notice_missed_limit
from portal.actions.notice_overdue_remedy import notice_overdue_remedy
from portal.actions.send_daily_lists import send_daily_lists
from portal.actions.tell_of_warnings import tell_of_warnings
from portal.clock import Clock
from portal.domain.refusal import Refused
from portal.evidence.checking import check_waiting, delete_unwanted
from portal.evidence.scanner import Scanner
from portal.mail.arrival import Desk as MailDesk
from portal.mail.fetching import fetch as fetch_mail
from portal.mail.mailbox import MailboxAway
from portal.post.delivery import deliver_unsent
from portal.post.mailer import Mailer
from portal.records import access, drafts, letter_drafts, links, offices
from portal.records.database import Database
from portal.records.files import Store, StoreAway
from portal.records.queries import late_by_law, late_remedies, overdue_references
from portal.settings import Settings

PAUSE_SECONDS = 2.0
"""Somebody waits before a screen for a code to sign in with, which nobody but the worker sends."""

LOOKS_BETWEEN_TURNS = 9
"""Everything else is done every twenty seconds."""

log = structlog.get_logger("portal.worker")


class Worker:
    """One worker of an installation. Any number may run: each letter and each limit is taken once."""

    def __init__(self, app: Flask) -> None:
        self._clock: Clock = app.extensions["clock"]
        self._database: Database = app.extensions["database"]
        self._mailer: Mailer = app.extensions["mailer"]
        self._store: Store = app.extensions["files"]
        settings: Settings = app.extensions["settings"]
        self._secret_key = settings.secret_key
        self._scanner = Scanner(settings.clamd_url) if settings.clamd_url else None
        self._mailboxes = settings.mailboxes
        self._mail_desk = MailDesk(self._database, self._store, settings.secret_key)
        self._fetch_next: dict[str, datetime] = {}
        self._noticed: dict[str, date] = {}
        self._reminded: dict[str, date] = {}
        self._stop = Event()

    def run(self, stop: Event, pause: float = PAUSE_SECONDS, looks: int = LOOKS_BETWEEN_TURNS) -> None:
        """Work until `stop` is set: what is being done is finished first, and no more.

        Between two turns it looks several times for what is to be sent. A database that is away for a while ends a turn
        and not the worker.
        """
        self._stop = stop
        log.info("worker_started")
        for work in cycle([self.turn, *[self.send] * looks]):
            if stop.is_set():
                break
            try:
                work()
            except OperationalError as away:
                log.error("database_away", error=type(away.orig).__name__)
            stop.wait(pause)
        log.info("worker_stopped")

    def turn(self) -> None:
        """Everything that is to be done now. Limits first, so that what they write goes at once."""
        now = self._clock.now()
        for landlord in landlords.keys():
            if self._noticed.get(landlord) != now.date():
                self._notice(landlord, now)
        self._notice_law(now)
        self._notice_remedies(now)
        self._warn(now)
        self._remind(now)
        if not self._stop.is_set():
            self.send()
            self._forget(now)
            self._fetch_mail(now)
            self._look_at_files(now)

    def send(self) -> None:
        """Whatever waits to be sent."""
        now = self._clock.now()
        self._send_ways_to_codes(now)
        self._deliver(now)

    def _notice(self, landlord: str, now: datetime) -> None:
        """Once a day, after midnight in London, and at the start. A case that refuses is tried at the next turn."""
        with self._database.session() as session:
            overdue = overdue_references(session, landlord, now.date())
        outcomes: list[bool | None] = []
        for reference in overdue:
            if self._stop.is_set():
                return
            outcomes.append(self._notice_one(landlord, reference, now))
        if None not in outcomes:
            self._noticed[landlord] = now.date()
        log.info("limits_noticed", landlord=landlord, missed=outcomes.count(True))

    def _notice_remedies(self, now: datetime) -> None:
        """At every turn, as a resident can say at any hour that something was not done. It is asked of an index."""
        for landlord in landlords.keys():
            with self._database.session() as session:
                late = late_remedies(session, landlord, now.date())
            for reference in late:
                if self._stop.is_set():
                    return
                self._notice_remedy(landlord, reference, now)

    def _notice_remedy(self, landlord: str, reference: str, now: datetime) -> None:
        try:
            with self._database.unit_of_work() as session:
                notice_overdue_remedy(session, landlord, reference, secret_key=self._secret_key, now=now)
        except Refused as refused:
            log.error("remedy_not_noticed", landlord=landlord, reference=reference, error=type(refused).__name__)

    def _notice_one(self, landlord: str, reference: str, now: datetime) -> bool | None:
        """Whether a limit was newly noticed, or None where the case could not be written to now."""
        try:
            with self._database.unit_of_work() as session:
                return notice_missed_limit(session, landlord, reference, now=now)
        except Refused as refused:
            # Somebody changed the case at the same moment, or a letter lacks a part.
            log.error("limit_not_noticed", landlord=landlord, reference=reference, error=type(refused).__name__)
            return None

    def _notice_law(self, now: datetime) -> None:
        """At every turn: the law counts the hours of an emergency."""
        with self._database.session() as session:
            late = late_by_law(session, now)
        for landlord, reference in late:
            if self._stop.is_set():
                return
            try:
                with self._database.unit_of_work() as session:
                    notice_law_limit(session, landlord, reference, now=now)
            except Refused as refused:
                log.error("law_not_noticed", landlord=landlord, reference=reference, error=type(refused).__name__)

    def _send_ways_to_codes(self, now: datetime) -> None:
        """What was asked for and not done straight after the answer, as when the server ended in between."""
        with self._database.session() as session:
            waiting = links.requests_waiting(session)
        for each in waiting:
            try:
                with self._database.unit_of_work() as session:
                    send_way_to_code(session, each, secret_key=self._secret_key, now=now)
            except Refused as refused:
                log.error("code_not_sent_yet", error=type(refused).__name__)

    def _deliver(self, now: datetime) -> None:
        delivered = deliver_unsent(self._database, self._mailer, now)
        if delivered:
            log.info("letters_delivered", letters=delivered)

    def _look_at_files(self, now: datetime) -> None:
        """Last, for it may take long: letters go between two files. A store that is away ends this part alone."""
        try:
            checked = check_waiting(
                self._database, self._store, self._scanner, now, lambda: self._deliver(self._clock.now())
            )
            deleted = delete_unwanted(self._database, self._store, now)
        except StoreAway as away:
            log.error("files_away", error=str(away))
            return
        if checked or deleted:
            log.info("files_looked_at", checked=checked, deleted=deleted)

    def _fetch_mail(self, now: datetime) -> None:
        """What has come in by email, in each mailbox as often as it says. One that is away ends nothing else."""
        for mailbox in self._mailboxes:
            if self._stop.is_set() or self._fetch_next.get(mailbox.name, now) > now:
                continue
            self._fetch_next[mailbox.name] = now + timedelta(minutes=mailbox.minutes)
            try:
                fetch_mail(self._mail_desk, mailbox, self._clock.now, after_each=self.send)
            except (MailboxAway, StoreAway) as away:
                log.error("mail_not_fetched", landlord=mailbox.landlord, error=str(away))

    def _remind(self, now: datetime) -> None:
        """Daily lists to staff, once on a working day. Another worker may have written them: then there is nothing."""
        for landlord in landlords.keys():
            if self._reminded.get(landlord) == now.date():
                continue
            with self._database.unit_of_work() as session:
                lists = send_daily_lists(session, landlord, secret_key=self._secret_key, now=now)
            if lists is not None:
                self._reminded[landlord] = now.date()
                log.info("daily_lists_written", landlord=landlord, lists=lists)

    def _warn(self, now: datetime) -> None:
        with self._database.unit_of_work() as session:
            told = tell_of_warnings(session, secret_key=self._secret_key, now=now)
        if told:
            log.warning("administrators_warned", warnings=told)

    def _forget(self, now: datetime) -> None:
        with self._database.unit_of_work() as session:
            drafts.forget_old_drafts(session, at=now)
            letter_drafts.forget_old_letter_drafts(session, at=now)
            access.forget_ended_visits(session, at=now)
            links.forget_old_links(session, at=now)
            offices.forget_ended_sessions(session, at=now)
