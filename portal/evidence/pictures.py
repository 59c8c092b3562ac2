"""The copy in which a photo is shown: JPEG, upright, and nothing in it but the picture.

Where a photo was taken, when and with which telephone stands in it unseen. The copy is drawn anew from the points of
the picture, so that nothing else can come along, whatever a file was made to hold.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from portal.domain.evidence import FileKind, WhyRefused
from portal.evidence.verdict import Unfit

MOST_PIXELS = 120_000_000
"""Telephones make up to 108 million. One of 2,500 million would take ten gigabytes."""

LONGEST_SIDE = 4000
QUALITY = 88

_READERS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP", FileKind.HEIC: "HEIF"}
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, RuntimeError, EOFError, MemoryError)
"""What the readers raise at files that are not what they say."""


def share(original: Path, kind: FileKind, copy: Path) -> None:
    """Write the shared copy. Raises `Unfit` for what cannot be opened as this kind, or is too large to open."""
    pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is unpacked
    try:
        with Image.open(original, formats=[_READERS[kind]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unfit(WhyRefused.TOO_MANY_PIXELS)
            _drawn(picture).save(copy, "JPEG", quality=QUALITY, optimize=True)
    except _BROKEN as broken:
        raise Unfit(WhyRefused.UNREADABLE) from broken


def _drawn(picture: Image.Image) -> Image.Image:
    # A JPEG is unpacked no larger than is needed.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = _usual_colours(ImageOps.exif_transpose(picture))
    drawn = Image.new("RGB", upright.size, "white")
    drawn.paste(upright.convert("RGB"), mask=upright.getchannel("A") if "A" in upright.getbands() else None)
    return drawn


def _usual_colours(picture: Image.Image) -> Image.Image:
    """The colours as a screen without the camera's own colour table shows them. A table that is broken is left out."""
    table = picture.info.get("icc_profile")
    if picture.mode not in {"RGB", "RGBA"}:
        picture = picture.convert("RGBA")
    if not table:
        return picture
    try:
        return (
            ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(BytesIO(table)),
                ImageCms.createProfile("sRGB"),
                outputMode=picture.mode,
            )
            or picture
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
