"""What an email says, in letters that can be kept and shown, with and without what it quotes."""

from __future__ import annotations

import pytest

from portal.mail.words import line, text, without_quotes

QUOTE = "> Dear Anna\n> we write to you\n"


def test_nothing_is_kept_that_a_database_refuses_or_that_turns_letters_round() -> None:
    assert text("a\x00b\r\nc\u202egpj.exe\ud800") == "ab\ncgpj.exe"
    assert line("One\r\nBcc: victim@example.org\u2028x") == "One Bcc: victim@example.org x"
    assert len(text("x" * 300_000)) == 200_000


@pytest.mark.parametrize(
    ("said", "newly"),
    [
        (f"Thank you.\n\nOn Tue, 3 Nov 2026 at 10:00, IDS <a@b.org> wrote:\n{QUOTE}", "Thank you."),
        (f"Diolch.\n\nAr Maw, 3 Tach 2026 am 10:00, IDS <a@b.org> ysgrifennodd:\n{QUOTE}", "Diolch."),
        (f"Thank you.\n{QUOTE}", "Thank you."),
        ("Yes.\n\n-----Original Message-----\nFrom: IDS\nSent: Monday\nTo: Anna\nSubject: x\n\nDear Anna", "Yes."),
        ("See below\n> When?\nOn Monday.\n> Where?\nAt home.", "See below\n> When?\nOn Monday.\n> Where?\nAt home."),
        ("No quotation at all", "No quotation at all"),
    ],
)
def test_what_was_newly_written(said: str, newly: str) -> None:
    assert without_quotes(said) == newly
