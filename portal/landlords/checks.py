"""What a landlord's file must also satisfy, beyond the shape of each value. Each problem is "path: what is wrong"."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from portal.domain.policy import Area, Basis, HandlerRule, Happening, Key, Landlord, Policy
from portal.domain.statements import Duty, Verdict
from portal.landlords.sign_in_checks import sign_in_problems

LEAST_CONTRAST = 4.5
_KEY = re.compile(r"[a-z][a-z0-9_-]*")
_POSTCODES = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?( [0-9])?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

_PATHS = {
    Key.ACKNOWLEDGE_STAGE_1: "stage_1.acknowledge",
    Key.RESPOND_STAGE_1: "stage_1.respond",
    Key.RESPOND_STAGE_1_EXTENDED: "stage_1.extended",
    Key.ASK_FOR_STAGE_2: "escalation_window",
    Key.ACKNOWLEDGE_STAGE_2: "stage_2.acknowledge",
    Key.RESPOND_STAGE_2: "stage_2.respond",
    Key.RESPOND_STAGE_2_EXTENDED: "stage_2.extended",
}

# A date counts only from what comes before it, so that no two dates can wait for each other.
_STARTS = {
    Key.ACKNOWLEDGE_STAGE_1: (Happening.RECEIVED,),
    Key.RESPOND_STAGE_1: (Happening.RECEIVED, Happening.ACKNOWLEDGED),
    Key.RESPOND_STAGE_1_EXTENDED: (Happening.RECEIVED, Happening.ACKNOWLEDGED, Happening.RESPOND_STAGE_1),
    Key.ASK_FOR_STAGE_2: (Happening.RESPONDED, Happening.RESPONSE_RECEIVED),
    Key.ACKNOWLEDGE_STAGE_2: (Happening.ESCALATED,),
    Key.RESPOND_STAGE_2: (Happening.ESCALATED, Happening.STAGE_2_ACKNOWLEDGED),
    Key.RESPOND_STAGE_2_EXTENDED: (
        Happening.ESCALATED,
        Happening.STAGE_2_ACKNOWLEDGED,
        Happening.RESPOND_STAGE_2,
    ),
}


def problems_of(landlord: Landlord) -> Iterator[str]:
    """Everything wrong with a landlord whose values have the right shape."""
    if not _KEY.fullmatch(landlord.key):
        yield f"key: {landlord.key!r} is not allowed; small letters, digits, - and _, beginning with a letter"
    if landlord.homes < 1:
        yield f"homes: {landlord.homes} is not allowed; 1 or more"
    yield from _colour_problems(landlord.brand.colour)
    yield from _repeated("ranks", (rank.key for rank in landlord.ranks))
    yield from _repeated("areas", (area.key for area in landlord.areas))
    yield from _area_problems(landlord.areas)
    yield from sign_in_problems(landlord)
    if not landlord.policies:
        yield "policies: at least one version is needed"
    yield from _overlaps(landlord.policies)
    for number, policy in enumerate(landlord.policies):
        ranks = [rank.key for rank in landlord.ranks]
        by_rank = (*_rank_problems(policy, ranks), *_checkers_problems(policy, ranks))
        own = (*_policy_problems(policy), *by_rank, *_source_problems(policy))
        yield from (f"policies[{number}].{problem}" for problem in own)


def problems_of_code(code: Policy) -> Iterator[str]:
    """The yardstick fills every gap, so it must have a limit for each date but the resident's window."""
    yield from _policy_problems(code)
    for key in set(Key) - {Key.ASK_FOR_STAGE_2}:
        limit = code.limit(key)
        if limit is None or limit.source is not Basis.CODE:
            yield f"{_PATHS[key]}: is needed, with source = 'code'"


def problems_of_statements(landlord: Landlord, duties: Iterable[Duty]) -> Iterator[str]:
    """Statements and numbers are about duties that there are; one about silence has nothing to say."""
    known = [duty.key for duty in duties]
    for number, policy in enumerate(landlord.policies):
        grounds = [f"grounds.{ground.key}" for ground in policy.grounds]
        for key, statement in policy.statements.items():
            if key not in known:
                yield f"policies[{number}].statements.{key}: is no duty; allowed are {', '.join(known)}"
            if statement.verdict is Verdict.SILENT:
                yield f"policies[{number}].statements.{key}: leave out what the text does not say"
        for name, about in policy.finding_numbers.items():
            for key in set(about) - {*known, *grounds}:
                yield f"policies[{number}].finding_numbers.{name}: '{key}' is no duty, nor grounds.KEY of a ground"


def _policy_problems(policy: Policy) -> Iterator[str]:
    for key in Key:
        limit = policy.limit(key)
        if limit and limit.amount < 1:
            yield f"{_PATHS[key]}.amount: {limit.amount} is not allowed; 1 or more"
        if limit and limit.counted_from not in _STARTS[key]:
            allowed = ", ".join(_STARTS[key])
            yield f"{_PATHS[key]}.counted_from: '{limit.counted_from}' is not allowed; allowed are {allowed}"
    if policy.age_limit and policy.age_limit.months < 1:
        yield f"age_limit.months: {policy.age_limit.months} is not allowed; 1 or more"
    yield from _compensation_problems(policy)
    if policy.behaviour and policy.behaviour.review_months is not None and policy.behaviour.review_months < 1:
        yield f"behaviour.review_months: {policy.behaviour.review_months} is not allowed; 1 or more"
    yield from _repeated("grounds", (ground.key for ground in policy.grounds))
    yield from _repeated("routes", (each.route for each in policy.routes))
    for rule in policy.headings.keys() - set(policy.rules_cited()):
        yield f"headings.{rule!r}: is the rule of no limit, ground, part of a letter or handlers; take it out"


def _compensation_problems(policy: Policy) -> Iterator[str]:
    if policy.compensation is None:
        return
    if policy.compensation.most and policy.compensation.most.pence < 1:
        yield f"compensation.most.pence: {policy.compensation.most.pence} is not allowed; 1 or more"
    for number, each in enumerate(policy.compensation.heads):
        if (each.from_pence or 0) < 0 or (each.to_pence is not None and each.to_pence < (each.from_pence or 0)):
            yield f"compensation.heads[{number}]: the figures go from less to more, in pence"


def _source_problems(policy: Policy) -> Iterator[str]:
    for key in Key:
        if (limit := policy.limit(key)) and limit.source is not Basis.POLICY:
            yield f"{_PATHS[key]}.source: leave out what the policy does not give; the Code fills it"


def _rank_problems(policy: Policy, ranks: list[str]) -> Iterator[str]:
    for stage, rule in (("stage_1", policy.stage_1.handlers), ("stage_2", policy.stage_2.handlers)):
        for path, named in _named_ranks(rule):
            if named not in ranks:
                yield f"{stage}.handlers.{path}: '{named}' is not a rank; allowed are {', '.join(ranks)}"


def _checkers_problems(policy: Policy, ranks: list[str]) -> Iterator[str]:
    for stage, terms in (("stage_1", policy.stage_1), ("stage_2", policy.stage_2)):
        for named in terms.second_check.ranks if terms.second_check else ():
            if named not in ranks:
                yield f"{stage}.second_check.ranks: '{named}' is not a rank; allowed are {', '.join(ranks)}"


def _named_ranks(rule: HandlerRule) -> Iterator[tuple[str, str]]:
    yield from (("ranks", rank) for rank in rule.ranks)
    for before, then in rule.after.items():
        yield "after", before
        yield from ((f"after.{before}", rank) for rank in then)


def _area_problems(areas: Iterable[Area]) -> Iterator[str]:
    seen: set[str] = set()
    for number, area in enumerate(areas):
        if not _KEY.fullmatch(area.key):
            yield f"areas[{number}].key: {area.key!r} is not allowed; small letters, digits, - and _"
        for code in area.postcodes:
            if not _POSTCODES.fullmatch(code):
                yield f"areas[{number}].postcodes: {code!r} is not allowed; such as 'N1' or 'N1 0'"
            if code in seen:
                yield f"areas[{number}].postcodes: '{code}' stands twice; each belongs to one area"
            seen.add(code)


def _overlaps(policies: Iterable[Policy]) -> Iterator[str]:
    """Each version is in force until the next begins, so two overlap only when they begin together."""
    seen: set[date] = set()
    for number, policy in enumerate(policies):
        if policy.in_force_from in seen:
            yield (
                f"policies[{number}].in_force_from: {policy.in_force_from} is also the first day of another "
                "version, and they would overlap; each version needs its own"
            )
        seen.add(policy.in_force_from)


def _repeated(path: str, keys: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for number, key in enumerate(keys):
        if key in seen:
            yield f"{path}[{number}].key: '{key}' stands twice; each needs its own"
        seen.add(key)


def _colour_problems(colour: str) -> Iterator[str]:
    if not _COLOUR.fullmatch(colour):
        yield f"brand.colour: {colour!r} is not allowed; # and six digits or letters a to f, such as #1d4e6b"
    elif contrast_with_white(colour) < LEAST_CONTRAST:
        yield f"brand.colour: {colour} is too light; it needs a contrast of {LEAST_CONTRAST}:1 with white"


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of #rrggbb against white, by WCAG 2.2."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)
