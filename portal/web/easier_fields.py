"""The question of what would make it easier: the same wherever something begins, of residents and of staff."""

from __future__ import annotations

from typing import Any

from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope
from portal.domain.adjustments import Wish, size_in, with_interpreter
from portal.domain.interpreting import NAMES, Interpreting, Spoken, chosen
from portal.web.fields import AnyOf, Line, Pick, Words
from portal.web.resident.words import ADJUSTMENTS, OFFERED_FIRST
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said
from portal.web.words import choices

SHORTER = 5_000

NONE_CHOSEN = ("", _l("Choose a language"))


class Languages(Pick):
    """The languages that are interpreted most, by name in the language of the page; last another one."""

    def __init__(self, label: Any, **options: Any) -> None:
        names = [(each.value, str(said(NAMES[each]))) for each in Spoken]
        super().__init__(label, [NONE_CHOSEN, *sorted(names, key=_place)], **options)


def _place(choice: tuple[str, str]) -> tuple[bool, str]:
    value, name = choice
    return value == Spoken.OTHER, name.casefold()


class AsksWhatIsEasier:
    """Of somebody for themselves. It is never needed, and never a question about their health."""

    adjustments = AnyOf(
        _l("Is there anything that would make this easier for you?"),
        [(each.value, ADJUSTMENTS[each]) for each in OFFERED_FIRST],
        description=_l("Choose as many as you like, or none. You do not have to say why, and we do not ask for proof."),
    )
    interpreter = Languages(
        _l("Which language do you need?"), description=_l("For an interpreter, or for letters in it.")
    )
    interpreter_words = Line(
        _l("Another language, or more about it"),
        200,
        _l("The language must be 200 characters or fewer"),
        description=_l("For example a dialect, or where it is spoken."),
    )
    adjustment_words = Words(
        _l("Anything else, or anything that we should know about this"),
        SHORTER,
        description=_l("For example the size of print, or the best time to call."),
    )


class AsksWhatIsEasierForThem(AsksWhatIsEasier):
    """Of somebody who writes it down for another person: the whole list."""

    adjustments = AnyOf(
        _l("Would anything make this easier for them?"),
        choices(Adjustment),
        description=_l("Ask everybody. Nobody has to say why, and we do not ask for proof."),
    )
    interpreter = Languages(_l("Which language do they need?"))
    adjustment_words = Words(
        _l("More about that"), SHORTER, description=_l("What would help. Not the condition behind it.")
    )


def interpreting_in(form: Any) -> Interpreting:
    """The language that was chosen, and what was typed about it."""
    return chosen(form.interpreter.data or "", form.interpreter_words.data or "")


def kinds_chosen(form: Any) -> tuple[Adjustment, ...]:
    """The choices, and the interpreter of whoever named a language."""
    return with_interpreter(tuple(Adjustment(each) for each in form.adjustments.data or ()), interpreting_in(form))


def wish_in(form: Any, scope: AdjustmentScope) -> Wish:
    """What is asked for. Where a form has no question about the size of type, it is read in their words."""
    kinds, words = kinds_chosen(form), form.adjustment_words.data or ""
    return Wish(
        adjustments=kinds,
        words=words,
        print_size=_size(form, words) if Adjustment.LARGE_PRINT in kinds else None,
        interpreting=interpreting_in(form),
        scope=scope,
    )


def _size(form: Any, words: str) -> int:
    typed = form.print_size.data if "print_size" in form else None
    return int(typed) if typed else size_in(words)
