"""A landlord's complaints policy as a value. Every figure carries the section of the text that it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from portal.domain.building_safety import Building
from portal.domain.remedy_kinds import CompensationHead
from portal.domain.routes import RouteRule
from portal.domain.sign_in import StaffSignIn
from portal.domain.statements import Statement


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    CALENDAR_MONTHS = "calendar_months"


class Basis(StrEnum):
    """Whose promise a limit is: the landlord's own text, or the Complaint Handling Code."""

    POLICY = "policy"
    CODE = "code"


class Happening(StrEnum):
    """What a limit is counted from."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    RESPONDED = "responded"
    RESPONSE_RECEIVED = "response_received"
    ESCALATED = "escalated"
    STAGE_2_ACKNOWLEDGED = "stage2_acknowledged"
    # An extension is added to the original limit, not to the day of notice.
    RESPOND_STAGE_1 = "respond_stage_1"
    RESPOND_STAGE_2 = "respond_stage_2"
    # In place of the beginning of a stage that the Ombudsman opened: no text counts from it by itself.
    DIRECTED = "directed"


class Key(StrEnum):
    """The dates that every case has, in the order in which they come."""

    ACKNOWLEDGE_STAGE_1 = "acknowledge_stage_1"
    RESPOND_STAGE_1 = "respond_stage_1"
    RESPOND_STAGE_1_EXTENDED = "respond_stage_1_extended"
    ASK_FOR_STAGE_2 = "ask_for_stage_2"
    ACKNOWLEDGE_STAGE_2 = "acknowledge_stage_2"
    RESPOND_STAGE_2 = "respond_stage_2"
    RESPOND_STAGE_2_EXTENDED = "respond_stage_2_extended"


class SentBy(StrEnum):
    """How the stage 1 response went out. Email and portal arrive the same day, post on the second working day."""

    EMAIL = "email"
    POST = "post"


class Nation(StrEnum):
    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


class Regime(StrEnum):
    """Which body's rules bind the landlord. The Housing Ombudsman's Code binds England alone."""

    HO_2024 = "HO-2024"
    SPSO = "SPSO"
    NIPSO = "NIPSO"
    PSOW = "PSOW"


class Channel(StrEnum):
    """A way in that the policy names. A complaint is received however it comes (Code 3.2)."""

    PHONE = "phone"
    EMAIL = "email"
    POST = "post"
    ONLINE = "online"
    APP = "app"
    LIVE_CHAT = "live_chat"
    IN_PERSON = "in_person"
    SOCIAL_MEDIA = "social_media"


class LetterKind(StrEnum):
    RECEIPT = "receipt"
    ACKNOWLEDGEMENT = "acknowledgement"
    EXTENSION = "extension"
    DECLINE = "decline"
    RESPONSE_STAGE_1 = "response_stage_1"
    RECEIPT_STAGE_2 = "receipt_stage_2"
    ACKNOWLEDGEMENT_STAGE_2 = "acknowledgement_stage_2"
    RESPONSE_STAGE_2 = "response_stage_2"
    DECLINE_STAGE_2 = "decline_stage_2"
    LIMIT_MISSED = "limit_missed"
    WITHDRAWAL = "withdrawal"
    CLOSING = "closing"
    CODE_SLIP = "code_slip"
    CODE_CHANGED = "code_changed"
    ADJUSTMENT = "adjustment"
    MESSAGE = "message"
    CONTACT_CHANGED = "contact_changed"
    PERSON_JOINED = "person_joined"
    COMPLAINTS_JOINED = "complaints_joined"
    MOVED_BY_JOINING = "moved_by_joining"
    JOINING_UNDONE = "joining_undone"
    REPRESENTATIVE_RECEIPT = "representative_receipt"
    REPRESENTATIVE_ENDED = "representative_ended"
    WHO_ACTS = "who_acts"
    MEMBER_JOINED = "member_joined"
    REFERRAL = "referral"
    LAW_LIMIT_MISSED = "law_limit_missed"
    LEAD_CHANGED = "lead_changed"
    REMEDY = "remedy"
    CONTACT_RESTRICTED = "contact_restricted"
    RESTRICTION_DECIDED = "restriction_decided"
    DIRECTED = "directed"


class Part(StrEnum):
    """Something that a letter says. Which letter must say what is policy, and lives in the landlords' files."""

    REFERENCE = "reference"
    STAGE = "stage"
    DEFINITION = "definition"
    OUTCOMES = "outcomes"
    RESPONSIBILITIES = "responsibilities"
    HANDLER = "handler"
    DECISION = "decision"
    REASONS = "reasons"
    POINTS_ANSWERED = "points_answered"
    LAW_AND_POLICY = "law_and_policy"
    REMEDY = "remedy"
    ACTIONS = "actions"
    HOW_TO_ESCALATE = "how_to_escalate"
    OMBUDSMAN = "ombudsman"
    OMBUDSMAN_RIGHT = "ombudsman_right"
    NEW_DATE = "new_date"
    EXTENSION_REASON = "extension_reason"
    UPDATE_INTERVAL = "update_interval"
    COPY_OF_POLICY = "copy_of_policy"
    WHY_STILL_DISSATISFIED = "why_still_dissatisfied"
    CHANGES_TO_REMEDY = "changes_to_remedy"
    SECOND_REVIEW_RIGHT = "second_review_right"
    HOW_FAR_IT_CAN_GO = "how_far_it_can_go"
    EVIDENCE = "evidence"
    CIRCUMSTANCES = "circumstances"


class Needs(StrEnum):
    """What must be on record before a ground for declining may be used."""

    COURT_FILING_DATE = "court_filing_date"
    CLOSED_CASE = "closed_case"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Reading:
    """How an unclear value was read, and the reading that was not taken. `decision` numbers it ("C5")."""

    chosen: str
    other: str
    why: str
    decision: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Where a policy contradicts itself, the Code or the law in something other than one value."""

    decision: str
    rule: str
    clash: str
    decided: str
    why: str


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of days or months from a happening, the day of which is day 0."""

    amount: int
    unit: Unit
    counted_from: Happening
    rule: str
    source: Basis = Basis.POLICY
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class HandlerRule:
    """Who may answer a stage. No `ranks` means any member of staff.

    `after` narrows the ranks by that of the person who answered stage 1. Nobody whom the complaint names may answer
    either stage: that holds everywhere (Code 5.8) and so is not a value.
    """

    rule: str
    ranks: tuple[str, ...] = ()
    after: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    different_person: bool = False

    def ranks_after(self, stage_1_rank: str | None) -> tuple[str, ...]:
        """The ranks that may answer, given the rank that answered stage 1. Empty means any."""
        return self.after.get(stage_1_rank or "", self.ranks)


@dataclass(frozen=True, slots=True)
class SecondCheck:
    """Somebody else has to read each answer before it goes. No `ranks` means anybody who may check one."""

    rule: str
    ranks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StageTerms:
    """The terms of one stage. A limit that the text does not give is None."""

    label: str
    handlers: HandlerRule
    acknowledge: Limit | None = None
    respond: Limit | None = None
    extended: Limit | None = None
    extension_needs_agreement: bool = False
    extension_rule: str | None = None
    extension_reading: Reading | None = None
    second_check: SecondCheck | None = None

    def filled_from(self, code: "StageTerms") -> "StageTerms":
        """The same terms with the Code's limits where the text is silent; those keep `source` Code."""
        return replace(
            self,
            acknowledge=self.acknowledge or code.acknowledge,
            respond=self.respond or code.respond,
            extended=self.extended or code.extended,
            extension_rule=self.extension_rule or code.extension_rule,
        )


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """How old a matter may be. Older ones are received too, and flagged for a person's reasoned decision.

    `softened`: the text says usually or generally, which leaves room for discretion.
    """

    months: int
    rule: str
    from_awareness: bool = False
    softened: bool = False
    exceptions: tuple[str, ...] = ()
    source: Basis = Basis.POLICY
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground that the text gives for not accepting, or not escalating. A person decides, never the software.

    `softened`: the text says that it may be one. `rests_on` is a provision that allows it where Code 2.2 does not.
    """

    key: str
    label: str
    evidence: str
    rule: str
    accepted_by_code: bool
    needs: Needs | None = None
    softened: bool = False
    rests_on: str | None = None
    source: Basis = Basis.POLICY
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class RequiredPart:
    part: Part
    rule: str


@dataclass(frozen=True, slots=True)
class Sourced:
    """Words, and the section that they come from."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class HeadOfCompensation:
    """What the text says of one head, with its figures in pence where it has any. They guide and bind nobody."""

    head: CompensationHead
    text: str
    rule: str
    from_pence: int | None = None
    to_pence: int | None = None


@dataclass(frozen=True, slots=True)
class MostMoney:
    """A ceiling that the text itself sets."""

    pence: int
    rule: str


@dataclass(frozen=True, slots=True)
class Compensation:
    """What the text says of money. `set_off`: that it may go against arrears of rent; where it is silent it may not."""

    text: str
    rule: str
    heads: tuple[HeadOfCompensation, ...] = ()
    most: MostMoney | None = None
    set_off: Sourced | None = None


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What the text says of behaviour that cannot be accepted. `review_months`: how long a restriction may go without
    being looked at again, where it says so."""

    name: str
    text: str
    rule: str
    review_months: int | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a landlord's policy, or the Code in the same shape. What the text does not give is None or empty.

    `complaint_definition` is what intake uses: the Code's, under every policy (Code 1.2). `own_definition` is what
    the landlord's text says instead. `headings` say where a rule is found in a text without section numbers.
    `statements` are what the text says of a duty of the Code for which there is no value, by the key of the duty;
    `finding_numbers` are the landlord's own numbers of what departs from the Code, each for one or more duties.
    """

    landlord: str
    version: str
    in_force_from: date
    stage_1: StageTerms
    stage_2: StageTerms
    complaint_definition: Sourced
    review_due: date | None = None
    written_against: str | None = None
    regime: Regime = Regime.HO_2024
    nation: Nation = Nation.ENGLAND
    own_definition: Sourced | None = None
    service_requests: Sourced | None = None
    escalation_window: Limit | None = None
    asks_escalation_reasons: bool = False
    escalation_reasons_rule: str | None = None
    escalate_when_stage_1_late: bool = False
    escalate_when_stage_1_late_rule: str | None = None
    age_limit: AgeLimit | None = None
    grounds: tuple[Ground, ...] = ()
    letter_parts: Mapping[LetterKind, tuple[RequiredPart, ...]] = field(default_factory=dict)
    channels: tuple[Channel, ...] = ()
    channels_rule: str | None = None
    service_standards: tuple[Limit, ...] = ()
    decisions: tuple[Clash, ...] = ()
    routes: tuple[RouteRule, ...] = ()
    compensation: Compensation | None = None
    behaviour: Behaviour | None = None
    minor_issues: Sourced | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    statements: Mapping[str, Statement] = field(default_factory=dict)
    finding_numbers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def limit(self, key: Key) -> Limit | None:
        """The limit that this text gives for a date, if it gives one."""
        if key is Key.ASK_FOR_STAGE_2:
            return self.escalation_window
        stage = self.stage_1 if key in _STAGE_1_KEYS else self.stage_2
        if key in (Key.ACKNOWLEDGE_STAGE_1, Key.ACKNOWLEDGE_STAGE_2):
            return stage.acknowledge
        if key in (Key.RESPOND_STAGE_1, Key.RESPOND_STAGE_2):
            return stage.respond
        return stage.extended

    def cited(self, rule: str) -> str:
        """A rule as people can find it: under its heading where a number would say nothing, else as it is."""
        return self.headings.get(rule, rule)

    def rules_cited(self) -> Iterator[str]:
        """The rule of everything that a page or a letter may cite."""
        yield from (limit.rule for key in Key if (limit := self.limit(key)))
        yield from (ground.rule for ground in self.grounds)
        yield from (route.rule for route in self.routes)
        yield from (part.rule for parts in self.letter_parts.values() for part in parts)
        yield from self._rules_of_compensation()
        yield from (each.rule for each in (self.behaviour, self.minor_issues) if each)
        yield from (each.rule for each in self.statements.values())
        yield from (each.rule for each in self.service_standards)
        for stage in (self.stage_1, self.stage_2):
            yield stage.handlers.rule
            yield from [stage.extension_rule] if stage.extension_rule else ()

    def _rules_of_compensation(self) -> Iterator[str]:
        if said := self.compensation:
            yield from (said.rule, *(each.rule for each in said.heads))
            yield from (each.rule for each in (said.most, said.set_off) if each)

    def filled_from(self, code: "Policy") -> "Policy":
        """This policy with the Code's values wherever it is silent. There is no window to fill: the Code has none."""
        return replace(
            self,
            stage_1=self.stage_1.filled_from(code.stage_1),
            stage_2=self.stage_2.filled_from(code.stage_2),
            service_requests=self.service_requests or code.service_requests,
            age_limit=self.age_limit or code.age_limit,
            grounds=self.grounds or code.grounds,
            channels=self.channels or code.channels,
            channels_rule=self.channels_rule or code.channels_rule,
            letter_parts={kind: self.parts_of(kind, code) for kind in LetterKind},
            routes=self.routes_with(code),
            compensation=self.compensation or code.compensation,
            behaviour=self.behaviour or code.behaviour,
        )

    def routes_with(self, code: "Policy") -> tuple[RouteRule, ...]:
        """The routes of this policy, and those that the Code and the law give every landlord."""
        own = {each.route for each in self.routes}
        return self.routes + tuple(each for each in code.routes if each.route not in own)

    def parts_of(self, kind: LetterKind, code: "Policy") -> tuple[RequiredPart, ...]:
        """What a letter must say: the Code's minimum first, then what this policy adds to it."""
        minimum = code.letter_parts.get(kind, ())
        already = {required.part for required in minimum}
        return minimum + tuple(own for own in self.letter_parts.get(kind, ()) if own.part not in already)

    def readings(self) -> Iterator[Reading]:
        """Every reading that was chosen for a value of this policy."""
        limits = [limit for key in Key if (limit := self.limit(key))]
        stages = (self.stage_1, self.stage_2)
        sourced = (
            *limits,
            *self.service_standards,
            *self.grounds,
            *((self.age_limit,) if self.age_limit else ()),
        )
        yield from (value.reading for value in sourced if value.reading)
        yield from (stage.extension_reading for stage in stages if stage.extension_reading)


_STAGE_1_KEYS = frozenset({Key.ACKNOWLEDGE_STAGE_1, Key.RESPOND_STAGE_1, Key.RESPOND_STAGE_1_EXTENDED})


@dataclass(frozen=True, slots=True)
class Rank:
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the landlord's homes that has staff of its own. `postcodes` are outward codes such as N1, or with the
    digit after the space, such as N1 0."""

    key: str
    label: str
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brand:
    """How pages and letters look. `colour` is #rrggbb and holds 4.5:1 against white."""

    colour: str
    logo_text: str


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the landlord. `placeholder` marks made-up details that must be replaced before real use.

    `emergency_repairs` is answered day and night: it stands on the first page, before any form. `chief_executive` is
    the email address at which the chief executive is told of petitions.
    """

    phone: str
    emergency_repairs: str
    chief_executive: str
    email: str
    post: tuple[str, ...]
    web: str
    placeholder: bool


@dataclass(frozen=True, slots=True)
class Landlord:
    """A landlord and every version of its policy, newest first. `ranks` go from junior to senior."""

    key: str
    name: str
    short_name: str
    homes: int
    brand: Brand
    contact: Contact
    ranks: tuple[Rank, ...]
    policies: tuple[Policy, ...]
    closures: frozenset[date] = frozenset()
    buildings: tuple[Building, ...] = ()
    areas: tuple[Area, ...] = ()
    sign_in: StaffSignIn = field(default_factory=StaffSignIn)

    @property
    def nation(self) -> Nation:
        return self.policies[0].nation

    def policy_on(self, day: date) -> Policy:
        """The version in force that day; before the first version, the first."""
        in_force = (policy for policy in self.policies if policy.in_force_from <= day)
        return next(in_force, self.policies[-1])

    def area_of(self, postcode: str) -> str | None:
        """The area that a home with this postcode belongs to, by the longer of two that fit; None where none does."""
        plain = "".join(postcode.upper().split())
        outward, sector = plain[:-3], f"{plain[:-3]} {plain[-3:-2]}"
        by_postcode = {code: area.key for area in self.areas for code in area.postcodes}
        return by_postcode.get(sector) or by_postcode.get(outward)

    def area_label(self, key: str | None) -> str:
        """The area in the landlord's words; of one that is no longer in the file its key, of None nothing."""
        return next((area.label for area in self.areas if area.key == key), key or "")

    def rank_label(self, key: str) -> str:
        """The rank in the landlord's words. Raises KeyError for a rank that it does not have."""
        return {rank.key: rank.label for rank in self.ranks}[key]


@dataclass(frozen=True, slots=True)
class Regulator:
    """Who else can be told of something, and where it says how."""

    name: str
    web: str


@dataclass(frozen=True, slots=True)
class EmergencyNumbers:
    """The public numbers of a nation for somebody in danger. `relay` is for those who cannot hear or speak."""

    services: str
    relay: str
    gas: str


@dataclass(frozen=True, slots=True)
class OmbudsmanContact:
    """How to reach the Ombudsman from a given day on. `email` is None when no new cases are taken by email."""

    in_force_from: date
    name: str
    online_form: str
    web: str
    telephone: str
    post: tuple[str, ...]
    months_after_final_response: int
    email: str | None = None
