"""From TOML to the values of the domain, strictly: the dataclass is the schema.

cattrs was chosen because it fills the domain's own dataclasses, so that no second set of classes repeats them, and
because it collects every problem of a file with its path.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from inspect import isclass
from pathlib import Path
from types import GenericAlias
from typing import Any, TypeVar, get_args, get_origin

from cattrs import BaseValidationError, Converter, ForbiddenExtraKeysError, transform_error
from cattrs.cols import (
    homogenous_tuple_structure_factory,
    is_frozenset,
    is_mapping,
    mapping_structure_factory,
)
from cattrs.gen import make_dict_structure_fn

T = TypeVar("T")
Hook = Callable[[Any, Any], Any]


class LandlordFileError(ValueError):
    """A file of this room is wrong. The message names the file, each key, and what is allowed there."""

    def __init__(self, file: str, problems: list[str]) -> None:
        super().__init__("\n".join((f"{file} cannot be used:", *(f"  {problem}" for problem in problems))))
        self.file = file
        self.problems = problems


class _Wrong(ValueError):
    """A value that is not allowed, in words."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's name, for messages, and its text."""

    name: str
    text: str

    @classmethod
    def at(cls, path: Path) -> "Source":
        try:
            return cls(str(path), path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as unreadable:
            raise LandlordFileError(str(path), [f"it cannot be read: {unreadable}"]) from unreadable

    def table(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text)
        except (ValueError, RecursionError) as malformed:  # a number of thousands of digits, tables within tables
            raise LandlordFileError(self.name, [f"it is not TOML: {malformed}"]) from malformed


def structure(table: Mapping[str, Any], shape: type[T], file: str) -> T:
    """The table as a dataclass. Raises LandlordFileError with every problem that the table has."""
    try:
        return _CONVERTER.structure(table, shape)
    except BaseValidationError as invalid:
        found = transform_error(invalid, path="", format_exception=_in_words)
        raise LandlordFileError(file, [_path_first(problem) for problem in found]) from None


def _path_first(problem: str) -> str:
    message, _, path = problem.rpartition(" @ ")
    return f"{path.removeprefix('.') or 'top level'}: {message}"


def _in_words(problem: BaseException, _: type | None) -> str:
    if isinstance(problem, ForbiddenExtraKeysError):
        return "; ".join(_unknown_key(key, problem.cl) for key in sorted(problem.extra_fields))
    if isinstance(problem, KeyError):
        return "is missing"
    return str(problem)


def _unknown_key(key: str, shape: type) -> str:
    allowed = [known.name for known in fields(shape)]
    near = get_close_matches(key, allowed, n=1)
    guess = f" (did you mean '{near[0]}'?)" if near else ""
    return f"'{key}' is not a key here{guess}; allowed are {', '.join(allowed)}"


def _exactly(kind: type, words: str) -> Hook:
    """TOML has types: text is not turned into a number, nor a number into true or false."""

    def check(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise _Wrong(f"{value!r} is not {words}")
        return value

    return check


def _text_or_choice(value: Any, shape: type[str]) -> str:
    """cattrs finds the hook of a StrEnum by its base, so one hook serves both."""
    if issubclass(shape, StrEnum):
        return _one_of(value, shape)
    return str(_exactly(str, "text in quotes")(value, shape))


def _one_of(value: Any, choices: type[StrEnum]) -> StrEnum:
    allowed = [choice.value for choice in choices]
    if value not in allowed:
        raise _Wrong(f"{value!r} is not allowed; allowed are {', '.join(allowed)}")
    return choices(value)


def _only(kind: type, words: str, then: Callable[[Any, Converter], Hook]) -> Callable[[Any, Converter], Hook]:
    """A hook factory that checks the kind of a container before cattrs looks inside it."""

    def factory(shape: Any, converter: Converter) -> Hook:
        inside = then(shape, converter)

        def check(value: Any, _: Any) -> Any:
            if not isinstance(value, kind):
                raise _Wrong(f"{value!r} is not {words}")
            return inside(value, shape)

        return check

    return factory


def _frozenset(_: Any, converter: Converter) -> Hook:
    """By way of a tuple, so that a problem is told with its place in the list."""

    def inside(value: Any, shape: Any) -> frozenset[Any]:
        items: Any = GenericAlias(tuple, (*get_args(shape), ...))
        return frozenset(converter.structure(value, items))

    return inside


def _dataclass(shape: Any, converter: Converter) -> Hook:
    return make_dict_structure_fn(shape, converter, _cattrs_forbid_extra_keys=True)


def _strict_converter() -> Converter:
    converter = Converter()
    exact = {
        str: "text in quotes",
        int: "a whole number",
        bool: "true or false",
        date: "a date such as 2024-09-17",
    }
    for kind, words in exact.items():
        converter.register_structure_hook(kind, _exactly(kind, words))
    converter.register_structure_hook(str, _text_or_choice)
    containers: list[tuple[Callable[[Any], bool], type, str, Callable[[Any, Converter], Hook]]] = [
        (lambda shape: isclass(shape) and is_dataclass(shape), dict, "a table", _dataclass),
        (is_mapping, dict, "a table", mapping_structure_factory),
        (is_frozenset, list, "a list in square brackets", _frozenset),
        (
            lambda shape: get_origin(shape) is tuple,
            list,
            "a list in square brackets",
            homogenous_tuple_structure_factory,
        ),
    ]
    for applies, kind, words, then in containers:
        converter.register_structure_hook_factory(applies, _only(kind, words, then))
    return converter


_CONVERTER = _strict_converter()
