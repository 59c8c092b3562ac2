"""Files that belong to a complaint: which kinds are taken, how large, what they are called, what became of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from portal.domain.permissions import Actor, Role

MEGABYTE = 1_000_000

LARGEST_FILE = 250 * MEGABYTE
MOST_FILES = 60
"""On one complaint. More can come on a stick or by post: a hundred videos are a matter for a person."""

MOST_FILES_OF_DRAFT = 20
"""Before a complaint is sent, anybody at all may add files."""

LONGEST_NAME = 120


class FileKind(StrEnum):
    """What a file is by its content, whatever its name says."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    DOCX = "docx"
    TEXT = "text"
    MP3 = "mp3"
    M4A = "m4a"
    WAV = "wav"
    OGG = "ogg"
    MP4 = "mp4"
    MOV = "mov"
    WEBM = "webm"


PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.HEIC})
"""Kinds that are shown as a copy, without what a camera writes into them."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind that is taken: its media type, how its name ends, and its largest size in bytes."""

    media_type: str
    ending: str
    largest: int


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS: Mapping[FileKind, Format] = {
    FileKind.JPEG: Format("image/jpeg", ".jpg", 25 * MEGABYTE),
    FileKind.PNG: Format("image/png", ".png", 25 * MEGABYTE),
    FileKind.WEBP: Format("image/webp", ".webp", 25 * MEGABYTE),
    FileKind.HEIC: Format("image/heic", ".heic", 25 * MEGABYTE),
    FileKind.PDF: Format("application/pdf", ".pdf", 25 * MEGABYTE),
    FileKind.DOCX: Format(_WORD, ".docx", 25 * MEGABYTE),
    FileKind.TEXT: Format("text/plain; charset=utf-8", ".txt", 5 * MEGABYTE),
    FileKind.MP3: Format("audio/mpeg", ".mp3", 50 * MEGABYTE),
    FileKind.M4A: Format("audio/mp4", ".m4a", 50 * MEGABYTE),
    FileKind.WAV: Format("audio/wav", ".wav", 50 * MEGABYTE),
    FileKind.OGG: Format("audio/ogg", ".ogg", 50 * MEGABYTE),
    FileKind.MP4: Format("video/mp4", ".mp4", LARGEST_FILE),
    FileKind.MOV: Format("video/quicktime", ".mov", LARGEST_FILE),
    FileKind.WEBM: Format("video/webm", ".webm", LARGEST_FILE),
}


class FileState(StrEnum):
    """How far a file has been looked at. UNSCANNED: kept, and nothing has looked for viruses in it."""

    CHECKING = "checking"
    CLEAN = "clean"
    REFUSED = "refused"
    UNSCANNED = "unscanned"


SERVED = frozenset({FileState.CLEAN, FileState.UNSCANNED})
"""Files that may be downloaded by whoever may see them."""


class WhyRefused(StrEnum):
    """Why a file is not kept."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_KIND = "unknown_kind"
    UNREADABLE = "unreadable"
    TOO_MANY_PIXELS = "too_many_pixels"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    MACROS = "macros"
    VIRUS = "virus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One file of a complaint.

    `by_staff` is the user who added it, `representative` the number of whoever did so for the resident; both are empty
    for the resident. `authority_of`: it shows that the representative with that number may act, and only staff and
    whoever added it see it.
    """

    id: UUID
    kind: FileKind
    size: int
    digest: str
    name: str = ""
    by_staff: int | None = None
    representative: int | None = None
    authority_of: int | None = None
    state: FileState = FileState.CHECKING
    why_refused: WhyRefused | None = None
    removed: bool = False
    of_former_lead: bool = False
    """Of a group: added by somebody who led it before, and whose it stays."""

    @property
    def can_be_read(self) -> bool:
        return not self.removed and self.state in SERVED

    @property
    def shared_name(self) -> str:
        """The name of what is downloaded: pictures are shared as JPEG."""
        return ending_in(".jpg", self.name) if self.kind in PICTURES else self.original_name

    @property
    def original_name(self) -> str:
        """The name of the file as it was sent. A text called "letter.hta" would be run by whoever opens it."""
        return ending_in(FORMATS[self.kind].ending, self.name)


# No path, no control characters, and nothing that turns the order of letters round: "gpj.exe" must read as it is.
_NOT_IN_NAMES = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\u3164\ufeff\uffa0"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)


def file_name(told: str) -> str:
    """What a file is called here, from what a browser said: its last part, short enough to be read."""
    last = re.split(r"[/\\]", _NOT_IN_NAMES.sub("", told))[-1]
    name = " ".join(last.split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST_NAME or not dot or len(ending) > 10:
        return name[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def ending_in(ending: str, name: str) -> str:
    """The name with the ending that its content has, so that a device opens it as what it is."""
    if name.lower().endswith((ending, ".jpeg") if ending == ".jpg" else ending):
        return name
    stem = name.rpartition(".")[0] or name or "file"
    return stem + ending


def may_remove(actor: Actor, added: Evidence) -> bool:
    """Residents and representatives take back what is theirs, staff what they added; a lead what a colleague added."""
    if added.representative is not None:
        return actor.role is Role.REPRESENTATIVE and added.representative == actor.representative
    if actor.role is Role.RESIDENT or added.by_staff is None:
        return actor.role is Role.RESIDENT and added.by_staff is None
    return Role.LEAD in actor.roles or added.by_staff == actor.user_id
