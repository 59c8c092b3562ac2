"""The README names what there is: every command, every setting, every room."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal import landlords
from portal.cli import COMMANDS
from portal.settings import WHAT_IT_IS

PORTAL = Path(landlords.__file__).parent.parent
README = (PORTAL.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_named_and_says_what_it_does_in_a_line(command) -> None:
    assert f"portal {command.name}" in README
    assert not command.get_short_help_str(limit=60).endswith("...")


@pytest.mark.parametrize("setting", WHAT_IT_IS)
def test_every_setting_is_named(setting: str) -> None:
    assert f"`PORTAL_{setting}`" in README


def test_every_room_is_named() -> None:
    rooms = (path.parent.name for path in PORTAL.glob("*/__init__.py"))
    assert [room for room in rooms if f"`portal/{room}`" not in README] == []
