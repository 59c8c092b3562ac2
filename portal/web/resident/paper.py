"""The same complaint on paper: every question of the online form, with room to write, for whoever cannot use it.

A question that is added online is here without another line, and stops the page where it is of a kind that paper
does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from flask import Response, current_app, request, url_for
from wtforms import Field

from portal import landlords
from portal.clock import LONDON, current_clock
from portal.domain.deadlines import Deadline
from portal.domain.paper import PaperForm, Question, Room, Told
from portal.domain.policy import OmbudsmanContact
from portal.web import wording
from portal.web.access import public
from portal.web.easier_fields import Languages
from portal.web.fields import AnyOf, DateRemembered, Line, OneOf, Words
from portal.web.languages import offered
from portal.web.resident.pages import PAGES
from portal.web.resident.start import COUNTED_FROM, Outlook, span
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l

WRITTEN_IN = "written_in"
"""What an address calls the language that a form is wanted in."""

USUAL, LARGE = 12, 18
"""Points of type. 18 is what large print usually is; other sizes are made when somebody asks."""

ROOM: dict[type[Field], Room] = {
    Words: Room.LINES,
    Line: Room.LINE,
    DateRemembered: Room.DATE,
    OneOf: Room.ONE_TICK,
    AnyOf: Room.TICKS,
    Languages: Room.LINE,
}

ONLINE_ALONE = frozenset({"interpreter_words"})
"""What goes with a list to choose from: on paper the language is written down on a line."""

LINES = {"what_happened": 18, "outcome_wanted": 6}
OTHERWISE = 4
"""How many lines there are to write on."""


@public
def paper_form() -> Response:
    return _pdf(USUAL)


@public
def paper_form_large() -> Response:
    return _pdf(LARGE)


def _pdf(size: int) -> Response:
    """In the language that is asked for, else in that of the page."""
    wanted = request.args.get(WRITTEN_IN)
    if wanted in offered():
        wording.in_language(wanted)
    landlord, today = current_landlord(), current_clock().today()
    since = landlord.policy_on(today).in_force_from
    made = current_app.extensions["paper_pdf"](
        form_on_paper(size), int(datetime.combine(since, time(), LONDON).timestamp())
    )
    language = "" if len(offered()) == 1 else f"-{wording.language()}"
    name = f"{landlord.key}-complaint-form{'-large-print' if size == LARGE else ''}{language}.pdf"
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def questions() -> Iterator[Question]:
    """What is asked online, in the same order, each once."""
    asked: set[str] = {"csrf_token", *ONLINE_ALONE}
    for page in PAGES.values():
        for field in page(formdata=None):
            if field.name not in asked:
                asked.add(field.name)
                yield _question(field)


def _question(field: Field) -> Question:
    choices = getattr(field, "choices", ())
    return Question(
        name=field.name,
        asked=str(field.label.text),
        room=ROOM[type(field)],
        hint=str(_hint(field)),
        choices=() if ROOM[type(field)] is Room.LINE else tuple(str(each.label) for each in choices),
        lines=LINES.get(field.name, OTHERWISE),
    )


def _hint(field: Field) -> Any:
    if field.name == "reply_by":
        return _l("Our website for complaints is %(address)s", address=_website())
    return field.description


def _website() -> str:
    base_url: str = current_app.extensions["settings"].base_url
    return base_url + url_for("resident.start")


def form_on_paper(size: int) -> PaperForm:
    landlord, today = current_landlord(), current_clock().today()
    return PaperForm(
        title=str(_l("Complain to %(landlord)s", landlord=landlord.name)),
        landlord=landlord.name,
        language=wording.language(),
        size=size,
        before=(_danger(), _how_to_use_it()),
        questions=tuple(questions()),
        after=(_papers(), _where_to(), _what_happens(), _ombudsman(landlords.ombudsman(today))),
        date_parts=(str(_l("Day")), str(_l("Month")), str(_l("Year"))),
        choose_one=str(_l("Tick one, or none.")),
        choose_any=str(_l("Tick as many as you like, or none.")),
        for_us=str(_l("For our office: the day on which this form reached us")),
    )


def _told(heading: Any, *sentences: Any, points: tuple[Any, ...] = ()) -> Told:
    return Told(
        heading=str(heading),
        sentences=tuple(str(each) for each in sentences),
        points=tuple(str(each) for each in points),
    )


def _danger() -> Told:
    landlord = current_landlord()
    numbers = landlords.emergency(landlord.key)
    return _told(
        _l("Is anyone in danger now?"),
        _l("Do not write: call, day or night."),
        points=(
            _l("Fire, injury or crime: %(number)s", number=numbers.services),
            _l("Smell of gas: %(number)s", number=numbers.gas),
            _l("Danger in your home, our emergency repairs: %(number)s", number=landlord.contact.emergency_repairs),
        ),
    )


def _how_to_use_it() -> Told:
    return _told(
        _l("Before you begin"),
        _l(
            "Nothing has to be filled in, and you do not have to sign it. We receive your complaint whatever you leave "
            "out. What helps us most is what happened, in a few words."
        ),
        _l(
            "You need not say who you are. But without your name and a way to reach you we cannot send you our answer. "
            "You can tell us later: your complaint keeps its date."
        ),
        _l(
            "Somebody else may fill it in for you. If you need more room, write on other paper and put it with this "
            "form."
        ),
        _l(
            "You do not have to use this form. A letter, an email, a call, or telling any of our staff counts just the "
            "same."
        ),
    )


def _papers() -> Told:
    return _told(
        _l("Photos and other papers"),
        _l(
            "You can send copies with this form. Keep the originals. You do not have to send any, and you can still "
            "send them later."
        ),
    )


def _where_to() -> Told:
    contact = current_landlord().contact
    return _told(
        _l("Where to send it"),
        ", ".join(contact.post),
        _l("You can also hand it to any member of our staff."),
        _l("Questions, help with this form, or another format:"),
        points=(
            _l("Phone: %(number)s", number=contact.phone),
            _l("Email: %(address)s", address=contact.email),
        ),
    )


def _what_happens() -> Told:
    outlook = Outlook.on(current_landlord().key, current_clock().today())
    limits = (
        (_l("We tell you how we have understood your complaint"), outlook.acknowledge),
        (_l("We answer it"), outlook.respond),
    )
    return _told(
        _l("What happens then"),
        _l("Every date is counted from the day on which this form reaches us, even if nobody opens it that day."),
        points=(
            *(_within(what, limit) for what, limit in limits),
            _l("If we need longer, we write to you before that day, say why, and give you a new date."),
            _l(
                "Our first letter has your reference. Ask us for a secret code to follow your complaint on our website."
            ),
        ),
    )


def _within(what: Any, limit: Deadline) -> Any:
    return _l(
        "%(what)s within %(time)s %(counted)s.", what=what, time=span(limit), counted=COUNTED_FROM[limit.counted_from]
    )


def _ombudsman(ombudsman: OmbudsmanContact) -> Told:
    ways = [
        _l("Online form: %(address)s", address=ombudsman.online_form),
        _l("Phone: %(number)s", number=ombudsman.telephone),
        _l("Post: %(address)s", address=", ".join(ombudsman.post)),
    ]
    return _told(
        ombudsman.name,
        _l(
            "The Ombudsman is independent of us and free. You can ask them for advice at any time, before, during and "
            "after your complaint."
        ),
        _l(
            "If you are not happy with our final answer, you can take your complaint to them within %(months)s months "
            "of it. They decide which complaints they can look at.",
            months=ombudsman.months_after_final_response,
        ),
        points=tuple(ways),
    )
