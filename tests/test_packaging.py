"""What `pip install` makes: everything a running portal needs, from a build that needs Python alone."""

from __future__ import annotations

import importlib.util
import json
import os
import time
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from portal import paths

TOP = Path(__file__).parent.parent
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text())


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """The build hook, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("hatch_build", TOP / "static" / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def static(tmp_path: Path, hook: ModuleType) -> Path:
    """A folder of sources, an hour old, and what was built from them just now."""
    for name in hook.SOURCES:
        source = tmp_path / name
        if "." in name:
            source.touch()
        else:
            source.mkdir()
            (source / "one").touch()
    hour_ago = time.time() - 3600
    for path in tmp_path.rglob("*"):
        os.utime(path, (hour_ago, hour_ago))
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "manifest.json").touch()
    return tmp_path


def test_the_wheel_carries_every_folder_that_the_portal_asks_for() -> None:
    carried = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried == {
        "templates": "portal/templates",
        "static/built": "portal/static/built",
        "migrations": "portal/migrations",
    }


def test_folders_are_found_in_a_checkout() -> None:
    assert paths.folder("templates") == TOP / "templates"
    with pytest.raises(FileNotFoundError, match="pip install"):
        paths.folder("nothing-of-the-kind")


def test_folders_are_found_inside_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "portal" / "templates").mkdir(parents=True)
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "portal")
    assert paths.folder("templates") == tmp_path / "portal" / "templates"


def test_what_is_built_already_is_not_built_again(hook: ModuleType, static: Path) -> None:
    assert hook.is_fresh(static)


@pytest.mark.parametrize("changed", ["styles/one", "package-lock.json", "build.mjs"])
def test_a_changed_source_is_built_again(hook: ModuleType, static: Path, changed: str) -> None:
    later = time.time() + 60
    os.utime(static / changed, (later, later))
    assert not hook.is_fresh(static)


def test_what_was_never_built_is_built(hook: ModuleType, static: Path) -> None:
    (static / "built" / "manifest.json").unlink()
    assert not hook.is_fresh(static)


def test_the_lock_file_names_no_host_but_holds_every_digest() -> None:
    """A lock file that says where its packages came from works only where that place can be reached."""
    locked = json.loads((TOP / "static" / "package-lock.json").read_text())["packages"]
    packages = {name: entry for name, entry in locked.items() if name}
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert not [name for name, entry in packages.items() if "integrity" not in entry]


def test_styles_and_components_are_of_the_same_release_of_the_library() -> None:
    """govuk-frontend-jinja 4.1 writes the markup of govuk-frontend 6.3: change both together."""
    package = json.loads((TOP / "static" / "package.json").read_text())
    assert package["dependencies"]["govuk-frontend"] == "6.3.0"
    assert "govuk-frontend-jinja~=4.1.0" in " ".join(PROJECT["project"]["dependencies"])
