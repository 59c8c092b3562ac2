"""Styles and script: small, hashed, compressed, kept for ever, and from this host alone."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import Client

from portal import create_app, landlords
from portal.paths import folder
from portal.settings import Settings
from portal.web.assets import BuiltFiles, mixed, read_manifest

SMALL_ENOUGH = 60_000  # bytes of a page, its styles and its script, compressed


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(Settings(secret_key="x" * 40, database_url="sqlite://"))


def linked(html: str) -> list[str]:
    return re.findall(r'(?:href|src)="(/assets/[^"]+)"', html)


def compressed(client: FlaskClient, path: str) -> bytes:
    with client.get(path, headers={"Accept-Encoding": "gzip"}) as answer:
        return answer.data


def test_a_page_with_its_styles_and_script_is_small(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/ids/accessibility").data
    files = [path for path in linked(page.decode()) if not path.endswith(".woff2")]
    sizes = {path: len(compressed(client, path)) for path in files}
    assert len(gzip.compress(page)) + sum(sizes.values()) < SMALL_ENOUGH, sizes


def test_a_file_that_was_built_anew_is_no_longer_there(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "old.css").write_text("")
    server = Client(BuiltFiles(app.wsgi_app, root=tmp_path, prefix="assets/"))
    (tmp_path / "old.css").unlink()
    assert server.get("/assets/old.css").status_code == 404


def test_what_a_page_links_to_is_kept_for_ever(app: Flask) -> None:
    client = app.test_client()
    paths = linked(client.get("/ids/accessibility").text)
    assert len(paths) == 5  # icon, typeface, styles, the landlord's colours, script
    for path in paths:
        with client.get(path) as answer:
            assert answer.status_code == 200, path
            assert "immutable" in answer.headers["Cache-Control"], path


def test_brotli_is_served_to_whoever_reads_it(app: Flask) -> None:
    built = folder("static") / "built"
    name = read_manifest(built)["portal.css"]
    with app.test_client().get(f"/assets/{name}", headers={"Accept-Encoding": "br, gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert brotli.decompress(answer.data) == (built / name).read_bytes()


def test_nothing_is_fetched_from_another_host(app: Flask) -> None:
    built = folder("static") / "built"
    styles = (built / read_manifest(built)["portal.css"]).read_text()
    assert not re.findall(r"url\(['\"]?(?:https?:)?//", styles)
    assert "GDS Transport" not in styles
    assert "crown" not in styles


def test_no_template_has_an_inline_script_or_style() -> None:
    # Neither is a page of ours: mail readers know no other way to set the size of type that was agreed, and what lies
    # in a pack is read where we serve no stylesheet.
    no_pages = {folder("templates") / "letters" / name for name in ("email.html", "pack.html")}
    for template in set(folder("templates").rglob("*.html")) - no_pages:
        text = template.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=\"|\son[a-z]+=\"", text), template


def test_each_landlord_has_its_own_colour(app: Flask) -> None:
    client = app.test_client()
    for key in landlords.keys():
        answer = client.get(f"/assets/brand/{key}.css")
        assert landlords.landlord(key).brand.colour in answer.text
        assert answer.mimetype == "text/css"
    assert client.get("/assets/brand/nobody.css").status_code == 404


def test_colours_mix() -> None:
    assert mixed("#204060", "#000000", share=0.5) == "#102030"
    assert mixed("#000000", "#ffffff", share=1) == "#ffffff"


def test_an_install_without_its_styles_says_what_to_do(tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match="pip install"):
        read_manifest(tmp_path)
