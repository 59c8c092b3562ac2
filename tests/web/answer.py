"""What the portal answered, as whoever asked can see it. `tests/page.py` has looked at its structure before."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tests.markup import tree_of


@dataclass
class Answer:
    """One answer of the portal."""

    status: int
    location: str | None
    html: str
    path: str

    def __post_init__(self) -> None:
        self.tree = tree_of(self.html)

    @property
    def words(self) -> str:
        """What can be read, with single spaces."""
        return " ".join("".join(self.main.itertext()).split())

    @property
    def main(self) -> Element:
        found = self.tree.find(".//main")
        return self.tree if found is None else found

    @property
    def heading(self) -> str:
        return " ".join("".join(self.tree.find(".//h1").itertext()).split())

    @property
    def errors(self) -> dict[str, str]:
        """The lines of the summary: the id that each leads to, and its words."""
        links = self.tree.findall(".//*[@class='govuk-list govuk-error-summary__list']/li")
        return {(line.find("a").get("href") if line.find("a") is not None else ""): text_of(line) for line in links}

    def value(self, name: str) -> str:
        """What a field shows."""
        for field in self.tree.iter("textarea"):
            if field.get("name") == name:
                return (field.text or "").removeprefix("\n")
        return next(each.get("value", "") for each in self.tree.iter("input") if each.get("name") == name)

    def checked(self, name: str) -> list[str]:
        """The values that are chosen among radios or checkboxes."""
        inputs = (each for each in self.tree.iter("input") if each.get("name") == name)
        return [each.get("value", "") for each in inputs if each.get("checked") is not None]


def text_of(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
