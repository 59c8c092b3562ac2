"""The line of a key, however deep it stands."""

import pytest

from portal.landlords.lines import Lines

TEXT = """key = "a"

[brand]
colour = "#fff"

[[policies]]
version = "1"
[policies.stage_1]
respond = { amount = 3 }
[policies.headings]
"A L1" = "First"
[[policies.grounds]]
key = "one"
[[policies.grounds]]
key = "two"

[[policies]]
version = "2"
[[policies.grounds]]
key = "three"  # a heading [like this] in a comment is none
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("key", 1),
        ("brand.colour", 4),
        ("brand.logo_text", 3),
        ("policies[0].version", 7),
        ("policies[0].stage_1.respond.amount", 9),
        ("policies[0].headings.'A L1'", 11),
        ("policies[0].grounds[1].key", 15),
        ("policies[1].grounds[0].key", 20),
        ("policies[1].stage_2", 17),
        ("top level", None),
        ("policies[9].version", None),
    ],
)
def test_where_it_stands(path: str, line: int | None) -> None:
    assert Lines(TEXT).line_of(path) == line
