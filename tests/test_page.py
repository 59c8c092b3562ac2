"""The checker sees what it should see: a good page passes, and each mistake is found and named."""

from __future__ import annotations

import pytest

from tests.page import PageError, check

GOOD = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Who you are – A Landlord</title></head>
<body><a class="govuk-skip-link" href="#main">Skip to main content</a><header>A Landlord</header>
<main id="main"><h1>Who you are</h1>
<form method="post"><input type="hidden" name="csrf_token" value="x">
<label for="name">Name</label><input id="name" name="name" aria-describedby="hint"><p id="hint">In full</p>
<button>Continue</button></form></main><footer>Help</footer></body></html>"""


def test_a_good_page_passes() -> None:
    check(GOOD, "a page")
    check("<p>A part of a page</p>", "a part", fragment=True)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("<!DOCTYPE html>\n", "", "expected-doctype"),
        ("</form>", "", "valid HTML"),
        ("In full", "In &full", "valid HTML"),
        ('<p id="hint">', '<p id="hint" id="hint">', "valid HTML"),
        (' lang="en-GB"', "", "lang="),
        ("Who you are – A Landlord", "", "write a title"),
        ("<h1>Who you are</h1>", "", "one h1"),
        ("<h1>Who you are</h1>", "<h1>Who</h1><h3>are you</h3>", "write <h2>"),
        ('<label for="name">', "<label>", '<label for="name">'),
        ('href="#main"', 'href="#content"', "leads to an id"),
        ('aria-describedby="hint"', 'aria-describedby="help"', "names no id"),
        ('id="hint"', 'id="name"', "each id once"),
        ('name="csrf_token"', 'name="token"', "csrf_token"),
        ("<button>Continue</button>", "<button></button>", "write words on the button"),
        ("In full", '<img src="/a.png">', "alt="),
        ("In full", '<span style="color:red">In full</span>', "stylesheet"),
        ("In full", "<script>alert(1)</script>", "into a file"),
        ("In full", '<span onclick="go()">In full</span>', "take onclick away"),
        ("In full", '<img alt="" src="https://example.org/a.png">', "asks another host"),
        ("In full", '<a href="javascript:go()">In full</a>', "may not lead to"),
        ("In full", '<a href="/help"></a>', "write words into the link"),
        ("In full", "<b>None</b>", "shows None"),
        ("</form>", "</form><table><tr><th>Due</th></tr></table>", "caption"),
        ("</form>", "</form><ul></ul>", "a list holds items"),
        ("</form>", '</form><nav aria-label="Help"></nav><nav aria-label="Help"></nav>', "name each nav otherwise"),
        ("<h1>", '<div class="govuk-error-summary"><a href="#name">Enter it</a></div><h1>', 'title with "Error: "'),
        ("Who you are – A", "Error: Who you are – A", 'title with "Error: "'),
    ],
)
def test_each_mistake_is_found_and_says_what_to_write(right: str, wrong: str, says: str) -> None:
    assert right in GOOD
    check(GOOD, "a page")  # also in a page whose tags have been found right in this order before
    with pytest.raises(PageError) as error:
        check(GOOD.replace(right, wrong, 1), "a page")
    assert says in str(error.value)
