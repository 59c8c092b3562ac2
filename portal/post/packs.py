"""A pack of a complaint as one ZIP file: the same complaint, choice and moment make the same file, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import nh3
from markupsafe import Markup
from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.evidence import PICTURES, Evidence, FileKind, FileState
from portal.domain.evidence_events import EvidenceAdded
from portal.domain.pack_events import Restricted
from portal.domain.packing import (
    CHECK_FIRST,
    THEIRS,
    Contents,
    Folder,
    NotGiven,
    Other,
    PackWish,
    Page,
    Pages,
    Piece,
    Restrictions,
    left_out,
    letters_of,
    others_in_file,
    others_in_letter,
    why_not_given,
)
from portal.post.formats import framed, plain_text
from portal.post.pdf import CannotBeSet, pdf
from portal.records import evidence, queries, sent
from portal.records.files import NotStored, Store, name_of
from portal.records.history import CaseFile
from portal.records.models import LetterRow
from portal.records.notes import notes_in_short
from portal.records.sent_tables import SentAs

TAGS = {
    *("h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "div", "section", "a", "br"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "strong", "em", "bdi", "span", "time", "code"),
}
ATTRIBUTES = {"*": {"id", "dir", "lang"}, "a": {"href"}, "th": {"scope"}, "time": {"datetime"}}

STYLE = """
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.5 Arial, sans-serif; }
body { overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; }
caption { text-align: start; font-weight: bold; }
th { min-width: 3rem; }
th, td { padding: 0.3rem 1rem 0.3rem 0; border-bottom: 1px solid #767676; text-align: start; vertical-align: top; }
dt { font-weight: bold; }
dd { margin: 0 0 0.5rem; }
blockquote { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 4px solid #767676; }
blockquote { white-space: pre-wrap; }
code { font-size: 0.8rem; }
li, tr { break-inside: avoid; }
"""
"""Of pages that are opened from a folder, by whoever has no portal."""

SUMS = "SHA256SUMS.txt"

GROWS_SMALLER = frozenset({FileKind.TEXT, FileKind.WAV})
"""What is worth packing: photos, sound and video are as small as they get."""

# Signs that some system does not take in the name of a file.
_NOT_IN_PATHS = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
LONGEST_NAME = 80

RIGHTS = 0o600 << 16

ENDINGS = {SentAs.EMAIL: "eml", SentAs.PAPER: "pdf"}
"""How the name of what went ends."""


class _Zip:
    """The file, with the digest of everything in it."""

    def __init__(self, into: BinaryIO, at: datetime) -> None:
        self._zip, self._at = ZipFile(into, "w", allowZip64=True), at
        self.sums: dict[str, str] = {}

    def add(self, path: str, pieces: Iterable[bytes], *, smaller: bool = True) -> tuple[int, str]:
        """Its size in bytes and its digest. Nothing is held whole in memory."""
        info = ZipInfo(path, self._at.timetuple()[:6])
        info.compress_type = ZIP_DEFLATED if smaller else ZIP_STORED
        info.external_attr = RIGHTS
        size, digest = 0, sha256()
        with self._zip.open(info, "w", force_zip64=True) as target:
            for piece in pieces:
                target.write(piece)
                digest.update(piece)
                size += len(piece)
        self.sums[path] = digest.hexdigest()
        return size, self.sums[path]

    def close(self) -> None:
        """With a list of digests that `sha256sum --check` reads."""
        lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(self.sums.items()))
        self.add(SUMS, [lines.encode()])
        self._zip.close()


def write_pack(
    session: Session, store: Store, file: CaseFile, wish: PackWish, pages: Pages, into: BinaryIO, at: datetime
) -> int:
    """Put everything into `into`, and say how many files that is. Letters and files are read one at a time."""
    made = _Zip(into, at)
    kept_back: list[Restricted | NotGiven] = []
    pieces = [
        *_letters(made, session, file, wish, kept_back),
        *_evidence(made, session, store, file, wish, kept_back),
        *_policy(made, file, wish),
    ]
    restrictions = Restrictions(file.case, file.recorded)
    held = [restrictions.of(each.event) for each in file.recorded if getattr(each.event, "letter_id", None) is None]
    if Restricted.NOTES not in wish.restricted:
        kept_back += [Restricted.NOTES] * notes_in_short(session, file).how_many
    kept_back += [each for each in held if each and each not in wish.restricted]
    for each in pages(Contents(wish, tuple(pieces), left_out(kept_back))):
        made.add(each.path, [_whole(each, made.sums).encode()])
    made.close()
    return len(made.sums)


def _whole(page: Page, there: Collection[str]) -> str:
    """A page that can be opened on its own. Nothing in it can be pressed, and its links lead to what is in the pack."""
    if not page.title:
        return page.text
    up = "../" * page.path.count("/")

    def only_within(element: str, name: str, value: str) -> str | None:
        if (element, name) != ("a", "href"):
            return value
        return f"{up}{quote(value)}" if value in there else value if value.startswith("#") else None

    clean = nh3.clean(page.text, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=only_within, link_rel=None)
    return framed("pack", "en_GB", subject=page.title, style=Markup(STYLE), text=Markup(clean))  # noqa: S704 - just cleaned


def _letters(
    made: _Zip, session: Session, file: CaseFile, wish: PackWish, kept_back: list[Restricted | NotGiven]
) -> Iterator[Piece]:
    """Each as it is printed, and byte for byte as it went, where that was kept."""
    restrictions, landlord = Restrictions(file.case, file.recorded), landlords.landlord(file.case.landlord)
    theirs = letters_of(file.recorded, wish)
    for number, letter in enumerate(queries.letters(session, file), start=1):
        held = restrictions.of_letter(letter.id)
        if held and held not in wish.restricted:
            kept_back.append(held)
            continue
        apart = wish.of_one_person and str(letter.id) not in theirs
        others = others_in_letter(letter.representative, letter.member, wish) if apart else ()
        called = f"L{number:03} {letter.written_at.date().isoformat()} {letter.kind.value}"
        printed, content = _printed(letter, lambda of: pdf(of, landlord))
        files = [(f"{called}.{printed}", content, letter.digest)]
        for copy in sent.copies_of(session, letter):
            went = sent.copy_with_content(session, letter, copy.sequence)
            if went and went.content is not None:
                files.append((f"{called} as sent {copy.sequence}.{ENDINGS[copy.sent_as]}", went.content, copy.digest))
        for name, held_bytes, sealed in files:
            path = _path(wish, others, Folder.LETTERS, name)
            size, digest = made.add(path, [held_bytes])
            yield Piece(
                path=path,
                folder=Folder.LETTERS,
                kind=letter.kind,
                of=str(letter.id) if sealed is letter.digest else "",
                on=letter.written_at.date(),
                size=size,
                digest=digest,
                sealed=sealed,
                others=others,
            )


def _printed(letter: LetterRow, set_as: Callable[[LetterRow], bytes]) -> tuple[str, bytes]:
    try:
        return "pdf", set_as(letter)
    except CannotBeSet:
        return "txt", plain_text(letter.body).encode()


def _evidence(
    made: _Zip, session: Session, store: Store, file: CaseFile, wish: PackWish, kept_back: list[Restricted | NotGiven]
) -> Iterator[Piece]:
    """Photos without place and device, and as they were sent where that was decided."""
    added = {each.event.evidence_id: each.at.date() for each in file.recorded if isinstance(each.event, EvidenceAdded)}
    for number, each in enumerate(file.case.evidence, start=1):
        why = why_not_given(each)
        if why:
            kept_back.append(why)
            continue
        if each.kind in PICTURES and Restricted.ORIGINALS not in wish.restricted:
            kept_back.append(Restricted.ORIGINALS)
        for original in _ways(each, wish):
            others = others_in_file(each, wish) if wish.of_one_person else ()
            name = each.original_name if original else each.shared_name
            path = _path(wish, others, Folder.EVIDENCE, f"E{number:03}{' original' if original else ''} {name}")
            try:
                content = _content(session, store, file, each, original=original)
            except NotStored:
                kept_back.append(NotGiven.NOT_STORED)
                continue
            size, digest = made.add(path, content, smaller=each.kind in GROWS_SMALLER)
            yield Piece(
                path=path,
                folder=Folder.EVIDENCE,
                name=name,
                of=str(each.id),
                on=added.get(str(each.id)),
                size=size,
                digest=digest,
                sealed=each.digest if original or each.kind not in PICTURES else "",
                others=others,
                unscanned=each.state is FileState.UNSCANNED,
            )


def _ways(each: Evidence, wish: PackWish) -> tuple[bool, ...]:
    """As a copy, and as it was sent: only of photos are there two."""
    if each.kind not in PICTURES:
        return (True,)
    return (False, True) if Restricted.ORIGINALS in wish.restricted else (False,)


def _content(session: Session, store: Store, file: CaseFile, each: Evidence, *, original: bool) -> Iterator[bytes]:
    row = evidence.file_of_complaint(session, file.row, each.id)
    if row is None:
        raise NotStored(str(each.id))
    return store.read(name_of(each.id, (row.digest if original else row.shared_digest) or ""))


def _policy(made: _Zip, file: CaseFile, wish: PackWish) -> Iterator[Piece]:
    """What the landlord works by, as the file that this portal was given. Nobody's data are in it."""
    if wish.of_one_person:
        return
    path = f"{Folder.POLICY}/P001 {file.case.landlord}.toml"
    size, digest = made.add(path, [landlords.text_of(file.case.landlord).encode()])
    in_force = file.rules.policy.in_force_from
    yield Piece(path=path, folder=Folder.POLICY, name=file.rules.policy.version, on=in_force, size=size, digest=digest)


def _path(wish: PackWish, others: tuple[Other, ...], folder: Folder, name: str) -> str:
    """Where a piece lies: of a person's own data, what holds those of others lies apart."""
    stem, dot, ending = _NOT_IN_PATHS.sub("_", name).rpartition(".")
    short = f"{(stem or ending)[:LONGEST_NAME].rstrip(' .')}{dot}{ending}" if stem else ending[:LONGEST_NAME]
    within = f"{folder.value}/{short}"
    if not wish.of_one_person:
        return within
    return f"{CHECK_FIRST if others else THEIRS}/{within}"
