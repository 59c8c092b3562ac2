"""On which line of a TOML file a key stands, so that a problem can be found by whoever wrote it."""

import re
from collections.abc import Iterator

_HEADING = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w-]+)\s*=""")
_STEP = re.compile(r"""\[(\d+)\]|\['([^']*)'\]|'([^']*)'|([^.\[\]']+)""")

Path = tuple[str | int, ...]


LONGEST = 1_000
"""Characters of a line that is looked at. A key stands at its beginning, and nobody writes a longer heading."""


class Lines:
    """Where each key of a text stands. Read once, however many problems there are."""

    def __init__(self, text: str) -> None:
        self._lines = dict(_keys(text))

    def line_of(self, path: str) -> int | None:
        """The line, from 1, of the key at `path` ("policies[0].stage_1.respond"), or of the nearest table around it."""
        wanted = _steps(path)
        while wanted and wanted not in self._lines:
            wanted = wanted[:-1]
        return self._lines.get(wanted)


def _steps(path: str) -> Path:
    return tuple(int(each[1]) if each[1] else each[2] or each[3] or each[4] for each in _STEP.finditer(path))


def _keys(text: str) -> Iterator[tuple[Path, int]]:
    """Every heading and key that begins a line. What stands inside a value is found by the key of that value."""
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        start = line[:LONGEST]
        if heading := _HEADING.match(start):
            table = _table(heading[2], counts, another=heading[1] == "[[")
            yield table, number
        elif key := _KEY.match(start):
            yield (*table, key[1].strip("\"'")), number


def _table(name: str, counts: dict[Path, int], *, another: bool) -> Path:
    """The whole path of a heading: `[[policies.grounds]]` is in the policy that was begun last."""
    path: Path = ()
    names = [part.strip("\"'") for part in name.split(".")]
    for at, part in enumerate(names):
        path = (*path, part)
        if another and at == len(names) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
