"""One journey by the browser's own accessibility tree: what each step announces to somebody who sees nothing of it.

What is expected is written here by hand, as a screen reader would say it: role, name, description, state.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, CDPSession

from tests.builders import MONDAY
from tests.journeys.looking import Screen
from tests.journeys.people import Person, Portal, Resident, Staff

SAID = {
    "heading",
    "textbox",
    "radio",
    "checkbox",
    "button",
    "link",
    "alert",
    "status",
    "group",
    "radiogroup",
    "combobox",
}


class Reader:
    """Reads what Chromium gives to assistive technology."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.tree: CDPSession = person.page.context.new_cdp_session(person.page)

    def nodes(self, below: str | None = None) -> Iterator[dict[str, Any]]:
        """Everything that is told, in the order of the page: all of it, or what is in one node."""
        found = self.tree.send("Accessibility.getFullAXTree")["nodes"]
        every = {each["nodeId"]: each for each in found}
        waiting = [below or found[0]["nodeId"]]
        while waiting:
            node = every.get(waiting.pop(0))
            if node:
                waiting = [*node.get("childIds", []), *waiting]
                if not node.get("ignored"):
                    yield node

    def hears(self, below: str | None = None) -> list[str]:
        """Everything with a role that is announced."""
        return [said(node) for node in self.nodes(below) if node["role"]["value"] in SAID]

    def focus(self) -> list[str]:
        """What has the focus, with what is in it: that is read next. The page itself counts for nothing."""
        held = [n for n in self.nodes() if property_of(n, "focused") and n["role"]["value"] != "RootWebArea"]
        return self.hears(held[-1]["nodeId"]) if held else []

    def title(self) -> str:
        return next(str(each["name"]["value"]) for each in self.nodes() if each["role"]["value"] == "RootWebArea")

    def says(self, *wanted: str) -> None:
        """These, in this order, among other things."""
        heard = iter(self.hears())
        for each in wanted:
            assert each in heard, f"{self.person.page.url} does not say {each!r} in its place:\n" + "\n".join(
                self.hears()
            )


def property_of(node: dict[str, Any], name: str) -> Any:
    return next((each["value"].get("value") for each in node.get("properties", []) if each["name"] == name), None)


def said(node: dict[str, Any]) -> str:
    """Role, level, name, description and state, as one line."""
    level, checked = property_of(node, "level"), property_of(node, "checked")
    name, told = (" ".join(str(node.get(each, {}).get("value", "")).split()) for each in ("name", "description"))
    role = node["role"]["value"] + (f" {level}" if level else "")
    return " | ".join(each for each in (f"{role}: {name}", told, "chosen" if checked == "true" else "") if each)


def test_a_complaint_is_made_by_ear(portal: Portal, browser: Browser) -> None:
    resident = Resident(browser, Screen(320), portal, "ids")
    reader = Reader(resident)
    resident.goes_to("complain/what-happened")
    hint = "Tell us in your own words: what went wrong, and anything that you have already told us about it."
    asked = f"textbox: What happened? | {hint} Take as much space as you need."
    reader.says("heading 2: Is anyone in danger now?", "heading 1: What happened?", asked, "button: Continue")

    resident.presses("Continue")
    wrong = "Tell us what happened. A few words are enough"
    assert reader.title().startswith("Error: What happened?")
    assert reader.focus()[1:] == ["heading 2: There is a problem", f"link: {wrong}"]
    reader.says("heading 2: There is a problem", "heading 1: What happened?", f"{asked} Error: {wrong}")

    resident.fills_in(what_happened="The roof leaks.")
    resident.presses("Continue")
    for_whom = "Are you complaining for yourself or for somebody else?"
    reader.says(f"heading 1: {for_whom}", "radio: For myself", "radio: For somebody else")
    resident.chooses("for_whom", "me")
    resident.presses("Continue")
    easier = "heading 1: Is there anything that would make this easier for you?"
    reader.says(easier, "checkbox: Letters in large print", "button: Continue")
    resident.presses("Continue")
    when = (
        "group: When did it happen? | For example 14 3 2026. If it is still going on, give the day on which it began."
    )
    reader.says("heading 1: When did it happen?", when, "textbox: Day", "textbox: Month", "textbox: Year")
    resident.fills_in(happened_on__month="13")
    resident.presses("Continue")
    [title, *_] = reader.focus()[1:]
    assert title == "heading 2: There is a problem"
    resident.fills_in(happened_on__month="March", happened_on__year="2026")
    resident.presses("Continue")
    wanted = "For example a repair, an apology, an explanation or a payment. You do not have to answer this."
    reader.says(
        "heading 1: What would put this right?", f"textbox: What would put this right? | {wanted}", "button: Continue"
    )
    resident.presses("Continue")
    reader.says("heading 1: About you", "textbox: Your name", "textbox: Postcode")
    resident.presses("Continue")
    reader.says("heading 1: What is your link to Industrial Dwellings Society?", "radio: I rent my home from you")
    resident.presses("Continue")

    ways = ["By email", "By letter", "By phone", "I will look at this website myself"]
    reader.says("heading 1: How should we reply to you?", *(f"radio: {each}" for each in ways))
    resident.chooses("reply_by", "email")
    # What opens is read straight after what opened it.
    reader.says("radio: By email | chosen", "textbox: Email address", "radio: By letter")
    resident.presses("Continue")
    missing = reader.focus()[-1].removeprefix("link: ")
    reader.says(f"link: {missing}", "radio: By email | chosen", f"textbox: Email address | Error: {missing}")
    resident.fills_in(email="resident.one@example.org")
    resident.presses("Continue")
    reader.says("heading 1: Add photos or other files", "button: Add this file", "button: Continue")
    resident.presses("Continue")
    reader.says("heading 1: Check what you have written", "link: Change What happened", "button: Send my complaint")
    resident.presses("Send my complaint")
    assert reader.title().startswith("We have received your complaint")
    reader.says("heading 1: We have received your complaint", "heading 2: Write these two down now")
    resident.leaves()


def test_what_htmx_changes_is_announced_and_takes_the_focus_along(portal: Portal, browser: Browser) -> None:
    office = portal.office("ids")
    reference = office.submit(MONDAY)
    lead = Staff(browser, Screen(1280), portal, "ids")
    lead.signs_in(office.lead)
    reader = Reader(lead)
    lead.swaps_in(lead.page.get_by_role("link", name="Unassigned"))
    assert reader.focus() == ["heading 2: Unassigned"]
    reader.says("heading 1: Complaints", "heading 2: Unassigned")
    lead.hears("Unassigned: 1 complaint")
    assert any(property_of(each, "live") == "polite" for each in reader.nodes())  # it is said once nobody else speaks
    columns = [node["name"]["value"] for node in reader.nodes() if node["role"]["value"] == "columnheader"]
    assert columns[:3] == ["Reference", "Resident", "Stage"]  # also where styles make cards of the table
    lead.opens(reference, "acknowledge")
    lead.fills_in(points__0="The roof leaks")
    lead.swaps_in(lead.page.locator('button[value="add-points"]'))
    [field] = reader.focus()
    assert field.startswith("textbox: ")
    lead.leaves()
