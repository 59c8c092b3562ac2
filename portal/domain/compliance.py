"""Where a landlord's policy departs from the Code: duty by duty, from its values and statements, by general rules.

What is read is the text alone: a landlord may do better than it wrote, and does no better by being silent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.domain.policy import Policy
from portal.domain.said_by_values import said_by_values
from portal.domain.statements import Duty, Grade, Reading, Silence, Statement, Verdict

_STRONGEST_FIRST = tuple(Grade)
_GRADES = {Reading.PLAIN: Grade.CERTAIN, Reading.NATURAL: Grade.LIKELY, Reading.POSSIBLE: Grade.ARGUABLE}
_MET = (Verdict.MEETS, Verdict.STRICTER)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One duty of the Code, and how the text stands beside it. `grade` is None where it does not depart.

    `duty` is its key, with that of the ground where it is about one: "grounds.petition". `says` and `rule` are empty
    where the text is silent.
    """

    id: str
    duty: str
    provisions: tuple[str, ...]
    verdict: Verdict
    grade: Grade | None
    says: str
    rule: str
    why: str
    repair: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What departs, under one number: of the judgements that make it, the strongest gives grade and verdict."""

    id: str
    grade: Grade
    verdict: Verdict
    judgements: tuple[Judgement, ...]

    @property
    def provisions(self) -> tuple[str, ...]:
        return tuple(sorted({each for one in self.judgements for each in one.provisions}, key=in_order))

    @property
    def rules(self) -> tuple[str, ...]:
        """The sections that it is about, each once; none where the text is silent."""
        return tuple(dict.fromkeys(each.rule for each in self.judgements if each.rule))


@dataclass(frozen=True, slots=True)
class Check:
    """A policy held against the Code. `judgements` stand in the order of the duties."""

    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    passes: tuple[str, ...]

    @property
    def certain(self) -> bool:
        return any(finding.grade is Grade.CERTAIN for finding in self.findings)


def check(policy: Policy, code: Policy, duties: Iterable[Duty], on: date) -> Check:
    """The policy's own text, not filled from the Code, as it stands on a day."""
    judgements = tuple(_judgements(policy, code, duties, on))
    return Check(judgements, _findings(judgements), _passes(judgements))


def differences(one: Check, other: Check) -> tuple[tuple[Judgement | None, Judgement | None], ...]:
    """The duties beside which two texts stand differently: verdict, grade or words."""
    before, after = ({each.duty: each for each in found.judgements} for found in (one, other))
    pairs = ((before.get(duty), after.get(duty)) for duty in dict.fromkeys((*before, *after)))
    return tuple((first, then) for first, then in pairs if _stand(first) != _stand(then))


def _stand(judgement: Judgement | None) -> tuple[object, ...] | None:
    return (judgement.verdict, judgement.grade, judgement.says) if judgement else None


def verdict_on(provision: str, judgements: Iterable[Judgement]) -> Verdict:
    """The verdict on a provision and its parts: that of what departs most, else the best that is said of it."""
    about = [each for each in judgements if provision in {one.partition("(")[0] for one in each.provisions}]
    departs = sorted((each for each in about if each.grade), key=lambda each: _rank(each.grade))
    if departs:
        return departs[0].verdict
    said = {each.verdict for each in about}
    return next((each for each in (Verdict.STRICTER, Verdict.MEETS) if each in said), Verdict.SILENT)


def in_order(provision: str) -> tuple[int, int, str]:
    """ "6.10" after "6.9", and "5.8(c)" after "5.8"."""
    section, _, rest = provision.partition(".")
    number, _, part = rest.partition("(")
    return int(section), int(number), part


def _judgements(policy: Policy, code: Policy, duties: Iterable[Duty], on: date) -> Iterable[Judgement]:
    said: dict[str, list[Statement]] = {}
    for key, statement in (*policy.statements.items(), *said_by_values(policy, code, on)):
        said.setdefault(key, []).append(statement)
    for duty in duties:
        about = [key for key in said if key.partition(".")[0] == duty.key]
        for key in about or [duty.key]:
            yield _judged(policy, duty, key, said.get(key) or [_silence(duty)])


def _judged(policy: Policy, duty: Duty, key: str, said: list[Statement]) -> Judgement:
    """Of what is said twice the worse counts: a text is held to its weakest sentence."""
    worst = min(said, key=lambda each: _rank(grade_of(each, duty)))
    return Judgement(
        id=_number(policy.finding_numbers, policy.landlord, key),
        duty=key,
        provisions=duty.provisions,
        verdict=worst.verdict,
        grade=grade_of(worst, duty),
        says=worst.says,
        rule=worst.rule,
        why=worst.why or duty.asks,
        repair=duty.wording,
    )


def grade_of(statement: Statement, duty: Duty) -> Grade | None:
    """How sure the departure is; None where there is none. What is ambiguous always has a reading that saves it."""
    if statement.verdict in _MET or (statement.verdict is Verdict.SILENT and duty.silence is Silence.NOTHING):
        return None
    grade = Grade.ARGUABLE if statement.verdict is Verdict.AMBIGUOUS else _GRADES[statement.read]
    return max(grade, duty.most, key=_rank)


def _rank(grade: Grade | None) -> int:
    return _STRONGEST_FIRST.index(grade) if grade else len(_STRONGEST_FIRST)


def _silence(duty: Duty) -> Statement:
    return Statement(Verdict.SILENT, "", "", Reading.NATURAL if duty.silence is Silence.LIKELY else Reading.POSSIBLE)


def _number(numbers: Mapping[str, tuple[str, ...]], landlord: str, key: str) -> str:
    """The landlord's own number, or one made of the duty: a file need not number anything."""
    return next((number for number, duties in numbers.items() if key in duties), f"{landlord.upper()}-{key}")


def _findings(judgements: Iterable[Judgement]) -> tuple[Finding, ...]:
    by_number: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if judgement.grade:
            by_number.setdefault(judgement.id, []).append(judgement)
    return tuple(_finding(number, by_number[number]) for number in sorted(by_number))


def _finding(number: str, found: list[Judgement]) -> Finding:
    strongest = min(found, key=lambda each: _rank(each.grade))
    return Finding(number, strongest.grade or Grade.NOTICE, strongest.verdict, tuple(found))


def _passes(judgements: tuple[Judgement, ...]) -> tuple[str, ...]:
    """Provisions that a duty is about and from which nothing departs. One that the text never speaks of is no pass."""
    departs = {each for one in judgements if one.grade for each in one.provisions}
    met = {each for one in judgements if one.verdict in _MET for each in one.provisions}
    return tuple(sorted(met - departs, key=in_order))
