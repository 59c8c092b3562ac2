"""References and secret codes: short strings that survive a bad telephone line.

The alphabet leaves out what is misread (0 O, 1 I L, 2 Z, 5 S, 8 B, U V) and every
string ends in a check character, so that a slip of the pen is told apart from a
wrong code before anything is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
"""23 letters and digits: a prime number, so that the check sees every swap of neighbours."""

REFERENCE_LENGTH = 8
"""Seven random characters (3.4 thousand million) and the check character."""

CODE_LENGTH = 16
"""Fifteen random characters (about 67 bits) and the check character."""

SIGN_IN_CODE_LENGTH = 12
"""Eleven random characters (about 49 bits) and the check character: for codes that live for minutes."""

Choose = Callable[[Sequence[str]], str]


def new_reference(choose: Choose) -> str:
    """A public reference such as `H4KM-72QT` made with `choose`, one of `secrets.choice`'s kind."""
    return grouped(_checked(choose, REFERENCE_LENGTH))


def new_code(choose: Choose) -> str:
    """A secret secret code in groups of four."""
    return grouped(_checked(choose, CODE_LENGTH))


def new_sign_in_code(choose: Choose) -> str:
    """A code to sign in with once, in groups of four."""
    return grouped(_checked(choose, SIGN_IN_CODE_LENGTH))


def plain(typed: str) -> str:
    """What a person typed, without the grouping: any case, spaces and dashes accepted."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def grouped(text: str) -> str:
    """`ABCD1234` as `ABCD-1234`, the form in which it is printed."""
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def reference_from(typed: str) -> str | None:
    """The reference in its printed form, or None where it cannot be one."""
    return _valid(typed, REFERENCE_LENGTH)


def code_from(typed: str) -> str | None:
    """The secret code in its printed form, or None where it cannot be one."""
    return _valid(typed, CODE_LENGTH)


def sign_in_code_from(typed: str) -> str | None:
    """The code to sign in with in its printed form, or None where it cannot be one."""
    return _valid(typed, SIGN_IN_CODE_LENGTH)


def _valid(typed: str, length: int) -> str | None:
    text = plain(typed)
    well_formed = len(text) == length and all(letter in ALPHABET for letter in text)
    return grouped(text) if well_formed and _check(text[:-1]) == text[-1] else None


def _checked(choose: Choose, length: int) -> str:
    body = "".join(choose(ALPHABET) for _ in range(length - 1))
    return body + _check(body)


def _check(body: str) -> str:
    """Weighted sum modulo 23: finds any one wrong character and any two neighbours swapped."""
    total = sum((place + 1) * ALPHABET.index(letter) for place, letter in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]
