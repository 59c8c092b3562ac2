"""Lists that somebody keeps for themselves: found again as they were, and nobody else's."""

from __future__ import annotations

from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.answer import Answer, text_of
from tests.web.staff.browser import HTMX, Browser

NARROWED = "view=all_open&handler=nobody&channel=phone&order=newest"
ASKED = f"{NARROWED}&due_by-day=30&due_by-month=11&due_by-year=2026&also=overdue"


def keeps(browser: Browser, name: str, asked: str = "view=overdue", begins: bool = False) -> Answer:
    return browser.post(f"lists/keep?{asked}", {"name": name, **({"begins": "y"} if begins else {})})


def kept(page: Answer) -> dict[str, str]:
    """The lists that stand above the complaints, by name."""
    links = page.tree.findall(".//nav[@aria-label='Your lists']//a")
    return {text_of(each): each.get("href", "") for each in links}


def change_of(browser: Browser, name: str) -> str:
    """Where a list is changed, below the staff's own address."""
    links = (each for each in browser.get("lists").tree.iter("a") if name in text_of(each))
    return next(each.get("href", "") for each in links if "/lists/" in each.get("href", "")).removeprefix("/ids/staff/")


def test_a_list_is_kept_as_it_was_asked_for_and_found_again(handler: Browser, office: Office) -> None:
    shown = office.submit(MONDAY, channel="phone")
    office.submit(MONDAY)
    page = handler.get(f"?{NARROWED}&stage=&flag=nonsense")
    assert kept(page) == {}
    form = next(each.get("href") for each in page.tree.iter("a") if text_of(each) == "Keep this list")
    sent = handler.post(form.removeprefix("/ids/staff/"), {"name": "  Calls   nobody has "})
    assert sent.status == 303
    found = handler.page(handler.client.get(kept(handler.get())["Calls nobody has"]))
    assert [text_of(each) for each in found.tree.findall(".//tbody/tr/th")] == [shown]
    here = found.tree.find(".//nav[@aria-label='Your lists']//a[@aria-current='page']")
    assert text_of(here) == "Calls nobody has"


def test_every_part_of_what_was_asked_for_is_kept_and_nothing_else(handler: Browser, office: Office) -> None:
    keeps(handler, "All of it", f"{ASKED}&after=2026-11-02.7&note=Resident+One&area=nowhere")
    _, _, query = kept(handler.get())["All of it"].partition("?")
    assert sorted(query.split("&")) == sorted(ASKED.split("&"))


def test_one_list_is_shown_first_until_another_is(handler: Browser, office: Office) -> None:
    assert handler.get().status == 200
    keeps(handler, "Late", "view=overdue", begins=True)
    assert handler.get().location == "/ids/staff/?view=overdue"
    keeps(handler, "Mine", "view=mine", begins=True)
    assert handler.get().location == "/ids/staff/?view=mine"
    assert handler.get("?view=all_open").status == 200
    handler.post(change_of(handler, "Mine"), {"name": "Mine alone"})
    assert handler.get().status == 200
    assert list(kept(handler.get())) == ["Late", "Mine alone"]


def test_a_list_is_deleted_and_its_complaints_stay(handler: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    keeps(handler, "All", "view=all_open", begins=True)
    assert handler.post(f"{change_of(handler, 'All')}/delete").status == 303
    assert "The list is deleted." in handler.get("lists").words
    assert reference in handler.get().words


def test_nobody_sees_changes_or_deletes_the_list_of_another(handler: Browser, lead: Browser) -> None:
    keeps(handler, "Mine")
    theirs = change_of(handler, "Mine")
    assert kept(lead.get()) == {}
    assert lead.get(theirs).status == 404
    assert lead.post(theirs, {"name": "Ours"}).status == 404
    assert lead.post(f"{theirs}/delete").status == 404
    assert list(kept(handler.get())) == ["Mine"]
    assert handler.get("lists/99999999999999999999").status == 404


def test_a_name_is_needed_fits_and_is_not_given_twice(handler: Browser) -> None:
    keeps(handler, "Late")
    keeps(handler, "Early")
    for name in ("", " ", "late", "x" * 61):
        page = keeps(handler, name)
        assert page.status == 422
        assert list(page.errors) == ["#name"]
        again = handler.post(change_of(handler, "Early"), {"name": name})
        assert list(again.errors) == ["#name"]
    assert handler.post(change_of(handler, "Early"), {"name": "early"}).status == 303, "it may keep its own"
    for number in range(18):
        assert keeps(handler, f"List {number}").status == 303
    assert "there is room for no more" in keeps(handler, "One more").words


def test_a_list_is_swapped_like_any_other_view(handler: Browser) -> None:
    keeps(handler, "Late")
    part = handler.get("?view=overdue", headers=HTMX)
    assert list(kept(part)) == ["Late"]
    link = part.tree.find(".//nav[@aria-label='Your lists']//a")
    assert link.get("hx-get") == link.get("href")
