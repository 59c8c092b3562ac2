"""The landlords that this installation serves, read from their files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from portal.domain.policy import EmergencyNumbers, Landlord, Nation, OmbudsmanContact, Policy, Regulator
from portal.domain.statements import Duty
from portal.landlords.checks import problems_of, problems_of_code, problems_of_statements
from portal.landlords.files import LandlordFileError, Source, structure
from portal.landlords.lines import Lines

THE_CODE = "the_code.toml"
OMBUDSMAN = "ombudsman.toml"
EMERGENCY = "emergency.toml"
REGULATOR = "regulator.toml"
DUTIES = "duties.toml"
# Files of this folder that are not a landlord's.
_SHARED = {THE_CODE, OMBUDSMAN, EMERGENCY, REGULATOR, DUTIES, "bank_holidays.toml"}


class UnknownLandlord(LookupError):
    """A key that no loaded landlord has. The message lists those there are."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no landlord '{key}'. The landlords are: {', '.join(known)}.")
        self.key = key


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision of the Code in our words. `duty` is must or expected; `mark` says how sure we are (V, T, K)."""

    number: str
    duty: str
    mark: str
    requirement: str


@dataclass(frozen=True, slots=True)
class _CodeFile:
    code: Policy
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class _OmbudsmanFile:
    contact: tuple[OmbudsmanContact, ...]


@dataclass(frozen=True, slots=True)
class _EmergencyFile:
    england: EmergencyNumbers
    wales: EmergencyNumbers
    scotland: EmergencyNumbers
    northern_ireland: EmergencyNumbers


@dataclass(frozen=True, slots=True)
class _RegulatorFile:
    building_safety: Regulator


@dataclass(frozen=True, slots=True)
class _DutiesFile:
    duties: tuple[Duty, ...]


@cache
def code_file() -> _CodeFile:
    source = _packaged(THE_CODE)
    table = source.table()
    table["code"]["landlord"] = "the_code"
    read = structure(table, _CodeFile, source.name)
    if problems := [f"code.{problem}" for problem in problems_of_code(read.code)]:
        raise LandlordFileError(source.name, problems)
    return read


@cache
def ombudsman_contacts() -> tuple[OmbudsmanContact, ...]:
    """Newest first."""
    source = _packaged(OMBUDSMAN)
    contacts = structure(source.table(), _OmbudsmanFile, source.name).contact
    return tuple(sorted(contacts, key=lambda contact: contact.in_force_from, reverse=True))


@cache
def building_safety_regulator() -> Regulator:
    source = _packaged(REGULATOR)
    return structure(source.table(), _RegulatorFile, source.name).building_safety


@cache
def duties() -> tuple[Duty, ...]:
    """What the Code asks of a policy's text, in the order of its provisions."""
    source = _packaged(DUTIES)
    return structure(source.table(), _DutiesFile, source.name).duties


@cache
def emergency_numbers(nation: Nation) -> EmergencyNumbers:
    """Whom to call there, whoever the landlord is."""
    source = _packaged(EMERGENCY)
    numbers: EmergencyNumbers = getattr(structure(source.table(), _EmergencyFile, source.name), nation.value)
    return numbers


def read_landlords(paths: Iterable[Path], only: Iterable[str]) -> Mapping[str, Landlord]:
    """The landlords of the package and of `paths` by key, or those of them named in `only`.

    A file in `paths` takes the place of a packaged one with the same key, so that an installation can put in its own
    details. Raises LandlordFileError and UnknownLandlord.
    """
    packaged = {landlord.key: landlord for landlord in map(read_landlord, _packaged_landlords())}
    added: dict[str, Landlord] = {}
    for path in paths:
        landlord = read_landlord(Source.at(path))
        if landlord.key in added:
            raise LandlordFileError(str(path), [f"key: '{landlord.key}' is also the key of another file named"])
        added[landlord.key] = landlord
    every = packaged | added
    return {key: _known(every, key) for key in (tuple(only) or every)}


def texts_of(paths: Iterable[Path]) -> Mapping[str, str]:
    """The files of landlords as they are, by the key in each, those in `paths` before those of the package."""
    every = (*_packaged_landlords(), *map(Source.at, paths))
    return {source.table().get("key", ""): source.text for source in every}


def read_landlord(source: Source) -> Landlord:
    """One landlord's file. Raises LandlordFileError with every problem in it, each with its line."""
    try:
        landlord = structure(_completed(source.table()), Landlord, source.name)
        if problems := [*problems_of(landlord), *problems_of_statements(landlord, duties())]:
            raise LandlordFileError(source.name, problems)
    except LandlordFileError as wrong:
        lines = Lines(source.text)
        raise LandlordFileError(source.name, [_with_line(lines, each) for each in wrong.problems]) from wrong
    newest_first = sorted(landlord.policies, key=lambda policy: policy.in_force_from, reverse=True)
    intake = code_file().code.complaint_definition
    return replace(landlord, policies=tuple(replace(policy, complaint_definition=intake) for policy in newest_first))


def _with_line(lines: Lines, problem: str) -> str:
    path, _, _ = problem.partition(": ")
    line = lines.line_of(path)
    return f"line {line}, {problem}" if line else problem


def _completed(table: dict[str, Any]) -> dict[str, Any]:
    """What the file need not repeat: each policy's landlord, and the definition that intake uses (Code 1.2)."""
    definition = code_file().code.complaint_definition
    given = {
        "landlord": table.get("key", ""),
        "complaint_definition": {"text": definition.text, "rule": definition.rule},
    }
    policies = table.get("policies")
    if isinstance(policies, list):
        table["policies"] = [given | policy if isinstance(policy, dict) else policy for policy in policies]
    return table


def _known(landlords: Mapping[str, Landlord], key: str) -> Landlord:
    if key not in landlords:
        raise UnknownLandlord(key, landlords)
    return landlords[key]


def _packaged_landlords() -> Iterable[Source]:
    return (_source(file) for file in _folder() if file.name not in _SHARED)


def _packaged(name: str) -> Source:
    return _source(files(__package__).joinpath(name))


def _source(file: Traversable) -> Source:
    return Source(file.name, file.read_text(encoding="utf-8"))


def _folder() -> Iterable[Traversable]:
    toml = (file for file in files(__package__).iterdir() if file.name.endswith(".toml"))
    return sorted(toml, key=lambda file: file.name)
