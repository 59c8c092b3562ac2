"""Events as JSON and back, by the types of their fields alone: a new event needs nothing here.

An event becomes two objects: the payload that is chained for ever, and the content that stands
beside the chain. After erasure there is no content, and its fields take their defaults again.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, partial
from typing import Any, Union, get_args, get_origin, get_type_hints

# Their events have to be known here.
from portal.domain import (  # noqa: F401
    check_events,
    group_events,
    interest_events,
    joining_events,
    linking_events,
    mail_events,
    ombudsman_events,
    remedy_events,
    representative_events,
    restriction_events,
    sight_events,
    triage_events,
    update_events,
)
from portal.domain.events import EVENTS, Event, content_fields
from portal.domain.partial_date import PartialDate

JsonObject = dict[str, Any]


def to_json(event: Event) -> tuple[JsonObject, JsonObject | None]:
    """The payload and the content of `event`; the content is None for a kind that has none."""
    outside = _content_names(event.kind)
    plain = {each.name: _plain(getattr(event, each.name)) for each in fields(event)}
    payload = {name: value for name, value in plain.items() if name not in outside}
    content = {name: value for name, value in plain.items() if name in outside}
    return payload, content or None


def from_json(kind: str, payload: Mapping[str, Any], content: Mapping[str, Any] | None) -> Event:
    """The event that `to_json` was given. A field that was not stored has its default.

    Raises KeyError for a kind that the portal does not know.
    """
    event: Event = _built(EVENTS[kind], {**payload, **(content or {})})
    return event


@cache
def _content_names(kind: str) -> frozenset[str]:
    return frozenset(each.name for each in content_fields(EVENTS[kind]))


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | PartialDate):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value


def _built(cls: Any, stored: Mapping[str, Any]) -> Any:
    read = _readers(cls)
    return cls(**{name: None if value is None else read[name](value) for name, value in stored.items()})


@cache
def _readers(cls: Any) -> Mapping[str, Callable[[Any], Any]]:
    return {name: _reader(wanted) for name, wanted in get_type_hints(cls).items()}


def _reader(wanted: Any) -> Callable[[Any], Any]:
    """What makes a value of this type of a stored one that is not None."""
    if get_origin(wanted) in (Union, types.UnionType):
        wanted = next(each for each in get_args(wanted) if each is not type(None))
    if get_origin(wanted) is tuple:
        one = _reader(get_args(wanted)[0])
        return lambda values: tuple(one(each) for each in values)
    if wanted in (date, datetime, PartialDate):
        found: Callable[[Any], Any] = wanted.fromisoformat
        return found
    return partial(_built, wanted) if is_dataclass(wanted) else wanted
