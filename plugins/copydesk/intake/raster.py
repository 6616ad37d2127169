"""Reads pictures that somebody else made, and writes them anew: what comes out holds pixels and nothing else.

A picture is hostile until it has been decoded: formats that can hold scripts or addresses (SVG) are not among those
that are read, sizes are known before a pixel is, and no metadata is taken along.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from warnings import catch_warnings

from PIL import Image, ImageOps

from copydesk.errors import RefusedPicture
from copydesk.model import Picture

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
"""Formats that are read, as Pillow calls them. Of one that moves, the first picture: readers could not stop it (WCAG
2.2, criterion 2.2.2)."""

SIGNATURES = ((b"\xff\xd8\xff", 0), (b"\x89PNG\r\n\x1a\n", 0), (b"GIF8", 0), (b"WEBP", 8), (b"ftypavi", 4))
"""What files of these formats begin with, and at which byte."""

MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
"""Bytes and pixels of the largest picture that is read: 120 megabytes of memory."""

WIDEST, HIGHEST = 2880, 4320
"""Pixels of the largest picture that is written: twice the widest that a page shows."""

LEAST_WIDTH, LEAST_HEIGHT = 120, 60
"""Pixels below which a picture is a sign or a mark and shows nothing of the story."""

QUALITY = 88
_ORIENTATION = 0x0112  # Exif 2.32, table 4


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture that was written anew, its bytes, and the number of pixels that were read for it."""

    picture: Picture
    data: bytes
    pixels: int


def raster(data: bytes, name: str) -> Raster:
    """Return a picture written anew as JPEG, or as PNG where it was drawn. Raises RefusedPicture with the reason."""
    _check(data, name)
    try:
        with catch_warnings(action="error"), Image.open(io.BytesIO(data), formats=FORMATS) as image:
            drawn = image.format in ("PNG", "GIF")
            _check_size(image, name)
            if image.format == "JPEG":
                image.draft("RGB", (WIDEST, HIGHEST))
            image.load()
            pixels = image.width * image.height
            return _written(_upright(image), drawn, pixels)
    except RefusedPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise RefusedPicture("has too many pixels", name, reason="too-large") from error
    except Exception as error:  # each decoder has errors of its own, none of which says anything but this
        what = f"is a damaged picture ({type(error).__name__})"  # their words may differ from run to run
        raise RefusedPicture(what, name, reason="broken") from error


def _check(data: bytes, name: str) -> None:
    if not data:
        raise RefusedPicture("is an empty file", name, reason="broken")
    if len(data) > MOST_BYTES:
        raise RefusedPicture(f"is larger than {MOST_BYTES:,} bytes", name, reason="too-large")
    if not any(data[place:].startswith(mark) for mark, place in SIGNATURES):
        drawn = b"<svg" in data[:4096].lower()
        what = "is a drawing (SVG), which can hold scripts" if drawn else "is no picture of a kind that is read"
        raise RefusedPicture(what, name, reason="svg" if drawn else "no-picture")


def _check_size(image: Image.Image, name: str) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise RefusedPicture(f"has {width:,} by {height:,} pixels, too many", name, reason="too-large")
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        raise RefusedPicture(f"has {width} by {height} pixels: a sign or a gap", name, reason="small")


def _upright(image: Image.Image) -> Image.Image:
    """Return the first picture of a file as it is to be seen, no larger than pages show it."""
    upright = ImageOps.exif_transpose(image) if image.getexif().get(_ORIENTATION, 1) != 1 else image
    clear = "A" in upright.getbands() or "transparency" in upright.info
    if upright.mode.startswith("I"):  # sixteen bits a pixel, which `convert` would cut off and not scale
        upright = upright.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    upright = upright.convert("RGBA" if clear else "L" if upright.mode in ("1", "L") else "RGB")
    upright.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    upright.info.clear()
    return upright


def _written(image: Image.Image, drawn: bool, pixels: int) -> Raster:
    target = io.BytesIO()
    if drawn or image.mode == "RGBA":
        kind = "image/png"
        image.save(target, "PNG", compress_level=9)
    else:
        kind = "image/jpeg"
        image.save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    data = target.getvalue()
    digest = hashlib.sha256(data).hexdigest()
    return Raster(Picture(digest, kind, image.width, image.height, len(data)), data, pixels)
