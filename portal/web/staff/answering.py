"""The form of an answer filled in with what was written before."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from portal.domain.check_events import CheckAsked
from portal.domain.events import PointAnswer, RemedyTerms
from portal.web.staff import forms
from portal.web.staff.remedy_rows import AGREED


def start_from_answer(form: forms.Respond, asked: CheckAsked, points: tuple[str, ...]) -> None:
    """What was written before, point by point: a point that came since is still to be answered."""
    written = {each.point: each for each in asked.answers}
    answers = [written.get(point) for point in points]
    form.answers.process(None, [_answer_row(each) for each in answers])
    offered = zip_longest(asked.remedies, asked.remedy_words, asked.remedy_impacts, fillvalue="")
    form.remedies.process(None, [_remedy_row(*each) for each in offered])
    form.own_delay.data = asked.own_delay.value if asked.own_delay else None
    form.own_delay_reason.data = asked.own_delay_reason
    form.changes_to_remedy.data = asked.changes_to_remedy


def _answer_row(answer: PointAnswer | None) -> dict[str, str]:
    if answer is None:
        return {}
    return {"finding": answer.finding.value, "reasons": answer.reasons, "law_and_policy": answer.law_and_policy}


def _remedy_row(terms: RemedyTerms, words: str, impact: str) -> dict[str, Any]:
    return {
        "kind": terms.kind.value,
        "words": words,
        "impact": impact,
        "amount": f"{terms.amount_pence / 100:.2f}" if terms.amount_pence else "",
        "head": terms.head.value if terms.head else "",
        "owner": str(terms.owner_id) if terms.owner_id else "",
        "due": terms.due,
        "agreed": next((key for key, value in AGREED.items() if value is terms.agreed), ""),
        "own_delay": terms.own_delay,
        "set_off": terms.set_off,
    }
