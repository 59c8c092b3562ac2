"""No code names a landlord: a sixth is a file, and nothing else changes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import portal
from portal import landlords

ROOT = Path(portal.__file__).parent
PAGES = ROOT.parent / "templates"


def strings(path: Path) -> Iterator[str]:
    """Every string of a Python file, docstrings and the text of f-strings included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def named_in(text: str) -> list[str]:
    every = (landlords.landlord(key) for key in landlords.keys())
    names = [name for landlord in every for name in (landlord.name, landlord.short_name)]
    return [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)]


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_code(path: Path) -> None:
    keys = set(landlords.keys())
    for string in strings(path):
        assert string not in keys, f"{path} names the landlord {string!r}; make it a value of its file"
        assert not named_in(string), f"{path} names a landlord in {string!r}; make it a value of its file"


def test_pages() -> None:
    naming = {str(page): names for page in PAGES.rglob("*.html") if (names := named_in(page.read_text("utf-8")))}
    assert naming == {}
