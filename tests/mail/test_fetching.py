"""Email is fetched from a real IMAP server: once, whole, each message for itself, and nothing of it is lost."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from threading import Barrier, Thread

import pytest
from click.testing import CliRunner
from imapclient import SEEN

from portal.cli import portal
from portal.domain.evidence import FileKind, FileState, WhyRefused
from portal.domain.mail_kinds import MailKind, MailOutcome, WhyWaits
from portal.evidence.checking import check_waiting
from portal.mail import arrival, fetching, workbench
from portal.mail.mailbox import MailboxAway
from portal.records.files import name_of
from portal.records.mail import files_of
from portal.records.models import LetterState
from portal.settings import Mailbox, Settings, SettingsError
from tests.actions.joining import join
from tests.builders import MONDAY
from tests.evidence.samples import GOOD, document
from tests.mail.postroom import ADA, ADDRESS, NOW, SECRET, Postroom, message

BACK = b"""Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mail.example.org>
To: replies@ids.example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <back@mail.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system. I am sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; resident.one@example.org
Action: %b
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

From: Landlord <letters@example.org>
Message-ID: <%b@example.org>

--b--
"""
PLAIN_BOUNCE = b"""Return-Path: <>
From: MAILER-DAEMON@mail.example.org
To: replies+%b@ids.example.org
Subject: failure notice

Hi. This is the qmail-send program at mail.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<resident.one@example.org>:
Sorry, no mailbox here by that name.
"""


def test_a_reply_is_on_its_complaint_as_the_residents_message(postroom: Postroom) -> None:
    reference = postroom.office.submit(MONDAY)
    words = "Tuesday suits me.\n\nOn Mon, 2 Nov 2026 at 10:00, The landlord wrote:\n> Dear resident\n> we write\n"
    sent = message(words, To=postroom.reply_address(reference))
    postroom.lands(sent)
    assert postroom.fetch() == {"filed": 1}
    file = postroom.file(reference)
    assert [each.event.words for each in file.case.messages] == ["Tuesday suits me."]
    (kept,) = postroom.kept()
    assert (kept.kind, kept.outcome, kept.verified) == (MailKind.REPLY, MailOutcome.FILED, True)
    assert "> we write" in kept.words
    filed = file.recorded[-1].event
    assert (filed.kind, filed.mail_id, filed.digest, filed.message) == ("mail_filed", str(kept.id), kept.digest, 1)
    original = b"".join(postroom.desk.store.read(name_of(kept.id, kept.digest)))
    assert original == sent.as_bytes().replace(b"\n", b"\r\n")


def test_the_number_of_our_letter_finds_its_complaint_and_a_reference_alone_does_not(postroom: Postroom) -> None:
    reference = postroom.office.submit(MONDAY)
    of_ours = f"<somebody@example.org> <{postroom.token(reference)}@example.org>"
    postroom.lands(message(References=of_ours), message("Hello", Subject=f"Re: {reference}"))
    assert postroom.fetch() == {"filed": 1, "waiting": 1}
    assert len(postroom.file(reference).case.messages) == 1
    waiting = postroom.kept()[1]
    assert (waiting.why, waiting.complaint_id) == (WhyWaits.REFERENCE_ALONE, None)
    assert waiting.suggested_id == postroom.file(reference).row.id


def test_the_day_it_counts_from_is_that_of_the_mailbox_and_not_of_the_fetch(postroom: Postroom) -> None:
    postroom.lands(message("The lift is broken."), at=NOW - timedelta(days=3))
    postroom.fetch(NOW)
    (kept,) = postroom.kept()
    assert (kept.received_at, kept.why) == (NOW - timedelta(days=3), WhyWaits.NEW)


def test_fetched_twice_is_once(postroom: Postroom) -> None:
    reference = postroom.office.submit(MONDAY)
    reply, new = message(To=postroom.reply_address(reference)), message("Something new")
    postroom.lands(reply, new)
    assert postroom.fetch() == {"filed": 1, "waiting": 1}
    assert postroom.fetch() == {}
    again = EmailMessage.as_bytes(new)  # delivered a second time, by another way
    postroom.lands(b"Received: from elsewhere.example.org\n" + again)
    assert postroom.fetch() == {"known": 1}
    client = postroom.client()  # the server numbers everything anew
    client.select_folder("INBOX")
    client.create_folder("Other")
    client.copy([1, 2, 3], "Other")
    client.delete_messages([1, 2, 3])
    client.expunge()
    client.logout()
    renumbered = Mailbox(**{**{name: getattr(postroom.mailbox, name) for name in Mailbox.__slots__}, "folder": "Other"})
    assert fetching.fetch(postroom.desk, renumbered, lambda: NOW) == {"known": 3}
    assert len(postroom.kept()) == 2
    assert len(postroom.file(reference).case.messages) == 1


def test_one_message_id_for_everything_hides_nothing(postroom: Postroom) -> None:
    same = {"Message-ID": "<always@the.same>"}
    postroom.lands(message("One", **same), message("Two", **same), message("Three", Message_ID=None))
    assert postroom.fetch() == {"waiting": 3}


@pytest.mark.parametrize("step", ["take", "remember_read_to", "mark_taken"])
def test_a_crash_between_any_two_steps_loses_nothing_and_doubles_nothing(
    postroom: Postroom, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    reference = postroom.office.submit(MONDAY)
    reply = message(To=postroom.reply_address(reference))
    reply.add_attachment(GOOD[FileKind.PDF], maintype="application", subtype="pdf", filename="bill.pdf")
    postroom.lands(reply)
    where, name = {
        "take": (arrival.filing, "take_on"),
        "remember_read_to": (fetching.mail, "remember_read_to"),
        "mark_taken": (fetching.OpenMailbox, "mark_taken"),
    }[step]

    def ends(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(where, name, ends)
        with pytest.raises(KeyboardInterrupt):
            postroom.fetch()
    postroom.fetch()
    assert len(postroom.kept()) == 1
    case = postroom.file(reference).case
    assert (len(case.messages), [each.name for each in case.files]) == (1, ["bill.pdf"])
    assert len([path for path in postroom.files.rglob("*") if postroom.kept()[0].digest in path.name]) == 1


def test_two_who_fetch_at_the_same_moment_fetch_once(postroom: Postroom) -> None:
    reference = postroom.office.submit(MONDAY)
    postroom.lands(*(message(f"Message {number}", To=postroom.reply_address(reference)) for number in range(3)))
    start, failed = Barrier(2), []

    def fetches() -> None:
        start.wait()
        try:
            postroom.fetch()
        except BaseException as error:
            failed.append(error)
            raise

    both = [Thread(target=fetches) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert not failed
    assert sorted(each.event.words for each in postroom.file(reference).case.messages) == [
        f"Message {number}" for number in range(3)
    ]


def test_what_its_complaint_does_not_take_waits_for_a_person(postroom: Postroom) -> None:
    goes_on, joined = (postroom.office.submit(MONDAY) for _ in range(2))
    join(postroom.office, goes_on, joined, MONDAY)
    postroom.lands(message("And another thing.", To=postroom.reply_address(joined)))
    assert postroom.fetch() == {"waiting": 1}
    (kept,) = postroom.kept()
    assert (kept.why, kept.suggested_id) == (WhyWaits.CANNOT_BE_FILED, postroom.file(joined).row.id)


def test_files_go_through_what_looks_at_all_files(postroom: Postroom) -> None:
    reference = postroom.office.submit(MONDAY)
    reply = message("Two photos.", To=postroom.reply_address(reference))
    program = document(**{"word__vbaProject.bin": b"a program"})
    for name, content in {
        "leak.png": GOOD[FileKind.JPEG],
        "../../letter.docx": program,
        "run.exe": b"MZ\x90\x00" + bytes(500),
    }.items():
        reply.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    postroom.lands(reply)
    assert postroom.fetch() == {"filed": 1}
    (kept,) = postroom.kept()
    assert [(each.name, each.why_not) for each in files_of(kept)] == [
        ("leak.png", None),
        ("letter.docx", None),
        ("run.exe", WhyRefused.UNKNOWN_KIND),
    ]
    check_waiting(postroom.database, postroom.desk.store, None, NOW)
    found = {each.name: (each.kind, each.state, each.why_refused) for each in postroom.file(reference).case.files}
    assert found == {
        "leak.png": (FileKind.JPEG, FileState.UNSCANNED, None),
        "letter.docx": (FileKind.DOCX, FileState.REFUSED, WhyRefused.MACROS),
    }


def test_what_came_back_marks_its_letter_and_what_is_only_late_does_not(postroom: Postroom) -> None:
    late, gone, plain = (postroom.office.submit(MONDAY) for _ in range(3))
    for each in (late, gone, plain):
        postroom.sent(each)
    tokens = {each: postroom.token(each).encode() for each in (late, gone, plain)}
    postroom.lands(BACK % (b"delayed", tokens[late]), (BACK % (b"failed", tokens[gone])).replace(b"back@", b"b@"))
    postroom.lands(PLAIN_BOUNCE % tokens[plain])
    away = message("I am away.", To=postroom.reply_address(late), Auto_Submitted="auto-replied (vacation)")
    postroom.lands(away)
    assert postroom.fetch() == {"filed": 4}
    states = {each: postroom.receipt(each).state for each in (late, gone, plain)}
    assert states == {late: LetterState.SENT, gone: LetterState.FAILED, plain: LetterState.FAILED}
    kinds = [each.kind for each in postroom.kept()]
    assert kinds == [MailKind.AUTOMATIC, MailKind.BOUNCE, MailKind.BOUNCE, MailKind.AUTOMATIC]
    assert [postroom.file(each).case.messages for each in (late, gone, plain)] == [(), (), ()]
    pending = [each for reference in tokens for each in postroom.office.letters(reference)]
    assert len(pending) == 3, "nothing is written in answer"


def nested(depth: int) -> bytes:
    body = b"Content-Type: text/plain\n\nIn the middle.\n"
    for number in range(depth):
        edge = b"b%d" % number
        body = b'Content-Type: multipart/mixed; boundary="%b"\n\n--%b\n%b\n--%b--\n' % (edge, edge, body, edge)
    return b"From: deep@example.org\nSubject: Deep\n" + body


POISON = {
    "nothing": b"\n",
    "broken MIME": b"Content-Type: multipart/mixed; boundary=\n\n--\n--x\nContent-Transfer-Encoding: base64\n\n!!!\n",
    "deep": nested(500),
    "many parts": b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 2_000 + b"--b--\n",
    "broken header": b"From: <<<>@@,\nSubject: =?utf-8?b?////?=\nTo: :;:;\nContent-Type: ;;;\nMessage-ID: <<>\n\nHi\n",
    "bytes": (bytes(range(1, 13)) + bytes(range(14, 256))) * 40,
    "alphabet": b"From: a@example.org\nContent-Type: text/plain; charset=utf-16\n\nno such thing \xa3\n",
    "html alone": b"From: a@example.org\nContent-Type: text/html\n\n<script>alert(1)</script><p>Mend <b>it</b></p>",
    "injection": b"From: a@example.org\nSubject: =?utf-8?q?One=0D=0ABcc=3A_victim=40example.org?=\n\nHi\n",
}


def test_one_poisonous_message_stops_no_other(postroom: Postroom) -> None:
    reference = postroom.office.submit(MONDAY)
    postroom.lands(*POISON.values(), message("Still here.", To=postroom.reply_address(reference)))
    counted = postroom.fetch()
    assert sum(counted.values()) == len(POISON) + 1
    assert [each.event.words for each in postroom.file(reference).case.messages] == ["Still here."]
    kept = dict(zip(POISON, postroom.kept(), strict=False))
    for name, raw in POISON.items():
        stored = b"".join(postroom.desk.store.read(name_of(kept[name].id, kept[name].digest)))
        assert stored == raw.replace(b"\n", b"\r\n"), name
        assert (kept[name].outcome, kept[name].complaint_id) == (None, None), name
    assert kept["html alone"].words == "Mend it"
    assert kept["injection"].subject == "One Bcc: victim@example.org"
    assert kept["alphabet"].words == "no such thing £"


def test_a_message_too_large_to_be_opened_is_kept_whole(postroom: Postroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetched in pieces, of which none is larger than a megabyte."""
    monkeypatch.setattr(workbench, "LARGEST_READ", 1_000_000)
    large = b"From: a@example.org\nSubject: Large\n\n" + (b"x" * 75 + b"\n") * 35_000
    postroom.lands(large, message("Small."))
    assert postroom.fetch() == {"unreadable": 1, "waiting": 1}
    kept = postroom.kept()[0]
    assert (kept.why, kept.size > 2_500_000, kept.words) == (WhyWaits.UNREADABLE, True, "")
    path = next(path for path in postroom.files.rglob("*") if kept.digest in path.name)
    assert path.stat().st_size == kept.size


def test_over_tls_the_server_has_to_be_who_it_says(postroom: Postroom, monkeypatch: pytest.MonkeyPatch) -> None:
    postroom.lands(message())
    given = {name: getattr(postroom.mailbox, name) for name in Mailbox.__slots__}
    safe = Mailbox(**{**given, "host": "localhost", "port": postroom.server.tls, "tls": "tls"})
    with pytest.raises(MailboxAway, match="SSLCertVerificationError"):
        fetching.fetch(postroom.desk, safe, lambda: NOW)
    monkeypatch.setenv("SSL_CERT_FILE", str(postroom.server.certificate))
    assert fetching.fetch(postroom.desk, safe, lambda: NOW) == {"waiting": 1}
    later = Mailbox(**{**given, "host": "localhost", "tls": "starttls"})
    assert fetching.fetch(postroom.desk, later, lambda: NOW) == {"known": 1}


def test_a_mailbox_that_is_away_is_said_so_and_names_nobody(postroom: Postroom) -> None:
    given = {name: getattr(postroom.mailbox, name) for name in Mailbox.__slots__}
    with pytest.raises(MailboxAway) as away:
        fetching.fetch(postroom.desk, Mailbox(**{**given, "port": 1}), lambda: NOW)
    assert str(away.value) == "ConnectionRefusedError"


def test_the_command_and_the_worker_fetch_and_say_nothing_of_anybody(
    postroom: Postroom, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    box = postroom.mailbox
    url = f"imap://{box.user}:any@{box.host}:{box.port}/INBOX?landlord=ids&address={ADDRESS}&tls=none"
    for name, value in {
        "SECRET_KEY": SECRET,
        "DATABASE_URL": postroom.database.url.render_as_string(hide_password=False),
        "BASE_URL": "https://complaints.example.org",
        "MAIL_URL": "smtp://127.0.0.1:1",
        "MAIL_FROM": "letters@example.org",
        "FILES_URL": postroom.files.as_uri(),
        "IMAP_URL": url,
    }.items():
        monkeypatch.setenv(f"PORTAL_{name}", value)
    postroom.lands(message("The secret of Ada Resident."))
    told = CliRunner().invoke(portal, ["mail", "fetch"])
    assert told.exit_code == 0, told.output
    assert "ids: 1 for somebody to look at" in told.output
    postroom.lands(message("Another secret."))
    assert CliRunner().invoke(portal, ["worker", "--once"]).exit_code == 0
    assert len(postroom.kept()) == 2
    client = postroom.client()
    assert all(SEEN in flags for flags in client.get_flags(client.search()).values())
    client.logout()
    said = told.output + "".join(capfd.readouterr())
    for secret in ("secret", "Ada", ADA, "The roof"):
        assert secret not in said


@pytest.mark.parametrize(
    "wrong",
    [
        "imaps://user:password@host/INBOX?landlord=ids",
        "imaps://host/INBOX?landlord=ids&address=a@example.org",
        "imaps://user:password@host?address=a@example.org",
        "pop3://user:password@host?landlord=ids&address=a@example.org",
        "imap://user:password@host?landlord=ids&address=a@example.org&tls=maybe",
        "imaps://user:password@host?landlord=ids&address=a%2Bb@example.org",
        "imaps://user:password@host?landlord=ids&address=a@example.org&minutes=0",
        f"imaps://user:password@host?landlord=ids&address={'a' * 22}@example.org",
    ],
)
def test_a_wrong_setting_is_named_without_its_password(wrong: str) -> None:
    with pytest.raises(SettingsError) as told:
        Settings.from_environment({"PORTAL_IMAP_URL": wrong}, production=False)
    assert "PORTAL_IMAP_URL" in str(told.value)
    assert "password@host?" not in str(told.value).replace("imaps://user:password@host/INBOX", "")


def test_settings_give_every_mailbox() -> None:
    told = "imaps://a%40b:p%20w@host/Complaints?landlord=ids&address=r@example.org imap://u:p@h?landlord=ms&address=m@h.org"
    first, second = Settings.from_environment({"PORTAL_IMAP_URL": told}, production=False).mailboxes
    assert (first.user, first.password, first.port, first.tls, first.folder) == ("a@b", "p w", 993, "tls", "Complaints")
    assert (second.landlord, second.port, second.tls, second.minutes) == ("ms", 143, "starttls", 5)
    assert "p w" not in repr(first)
