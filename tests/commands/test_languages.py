"""`portal languages`: a translator finds every message in a catalogue, and keeps what is translated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po
from click.testing import CliRunner

from portal.commands.languages import forms_of, is_for_staff, languages
from portal.settings import CATALOGUE, CATALOGUES, LANGUAGE, Settings, SettingsError, catalogues
from tests.made_up import PLACEHOLDER, every_message


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def test_a_new_catalogue_has_every_message_and_an_old_one_keeps_its_translations(tmp_path: Path) -> None:
    run = CliRunner()
    assert run.invoke(languages, ["pl", "--folder", str(tmp_path)]).exit_code == 0
    path = tmp_path / "pl" / "LC_MESSAGES" / "messages.po"
    made = read(path)
    # From a template, a form, the domain, a count, and a name that stands inside another sentence.
    for message in ("Privacy", "Tell us what happened", "Good Friday", "%(num)d day", "submit a complaint"):
        assert made.get(message) is not None, message
    translated = path.read_text("utf-8").replace('msgid "Privacy"\nmsgstr ""', 'msgid "Privacy"\nmsgstr "Prywatność"')
    path.write_text(translated + '\nmsgid "Said no more"\nmsgstr "Stare"\n', "utf-8")
    told = run.invoke(languages, ["--folder", str(tmp_path)])
    every = len(every_message())
    assert f"{every - 1} of {every} still to be translated" in told.output
    assert read(path).get("Privacy").string == "Prywatność"  # type: ignore[union-attr]
    assert read(path).get("Said no more") is None


@pytest.mark.parametrize("code", ["../up", "xx", "English"])
def test_what_is_no_language_is_refused(code: str, tmp_path: Path) -> None:
    assert CliRunner().invoke(languages, [code, "--folder", str(tmp_path)]).exit_code == 1
    assert not list(tmp_path.iterdir())


def test_a_language_without_a_catalogue_stops_the_start(tmp_path: Path) -> None:
    told = {"PORTAL_LANGUAGES": "en_GB,xx,../up", "PORTAL_LANGUAGE_FOLDER": str(tmp_path)}
    with pytest.raises(SettingsError, match=r"PORTAL_LANGUAGES is wrong: no catalogue for xx, ../up; there is en_GB"):
        Settings.from_environment(told, production=False)
    with pytest.raises(SettingsError, match="PORTAL_LANGUAGE_FOLDER is wrong: there is no such folder"):
        Settings.from_environment({"PORTAL_LANGUAGE_FOLDER": str(tmp_path / "none")}, production=False)
    assert Settings.from_environment({}, production=False).languages == ("en_GB",)


def test_each_catalogue_fills_in_what_the_message_does() -> None:
    for code in catalogues(CATALOGUES):
        assert LANGUAGE.fullmatch(code)
        assert misfilled(read(CATALOGUES / code / CATALOGUE)) == []


def test_nothing_that_others_than_staff_read_is_left_in_english_in_welsh() -> None:
    """Run `portal languages cy` and translate what is new. What staff alone read may wait."""
    welsh = read(CATALOGUES / "cy" / CATALOGUE)
    waiting = [each for each in every_message() if each.id and not is_translated(welsh, each)]
    print(f"{sum(map(is_for_staff, waiting))} messages that staff alone read are not in Welsh yet")  # noqa: T201
    left = [each.id for each in waiting if not is_for_staff(each)]
    assert not left, f"residents would be shown these in English: {left}"


def is_translated(catalogue: Catalog, message: Message) -> bool:
    """Whether it is there in each form that the language has, and nobody is unsure of it."""
    found = catalogue.get(message.id)
    if found is None or found.fuzzy or isinstance(found.id, str) != isinstance(message.id, str):
        return False
    forms = forms_of(found)
    return all(forms) and len(forms) == (1 if isinstance(message.id, str) else catalogue.num_plurals)


def test_a_form_that_is_missing_is_found() -> None:
    catalogue = Catalog("cy")
    said = catalogue.add(("%(num)d day", "%(num)d days"), ("%(num)d diwrnod",) * 5)
    assert not is_translated(catalogue, said)
    said.string = (*said.string, "%(num)d diwrnod")
    assert is_translated(catalogue, said)
    said.flags.add("fuzzy")
    assert not is_translated(catalogue, said)


def test_a_placeholder_that_is_lost_or_misspelt_is_found() -> None:
    """It would be a page that fails, in that language alone."""
    catalogue = Catalog("cy")
    catalogue.add("Due %(day)s", "Erbyn %(day)s")
    catalogue.add(("%(num)d day", "%(num)d days"), ("%(num)d diwrnod", "diwrnodau"))
    catalogue.add("Dear %(name)s", "Annwyl %(enw)s")
    assert [form for _, form in misfilled(catalogue)] == ["diwrnodau", "Annwyl %(enw)s"]


def misfilled(catalogue: Catalog) -> list[tuple[Any, str]]:
    """The messages whose translation has not the same placeholders, with the translation."""
    pairs = [(said, form) for said in catalogue for form in forms_of(said) if said.id and form]
    return [(said.id, form) for said, form in pairs if filled_in(form) != filled_in(longest(said))]


def longest(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[1]


def filled_in(words: str) -> set[str]:
    return set(PLACEHOLDER.findall(words))
