"""The pictures that articles show: the site's own files, in the sizes that screens need.

A picture that is larger than a phone's screen is also written as WebP in smaller widths, which the page offers beside
the original. Files that Pillow can't read are shown as they are.
"""

from __future__ import annotations

import hashlib
import io
import mimetypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from copydesk.model import Picture
from copydesk.render.html import written
from copydesk.render.pictures import FOLDER, SIZES, WIDTHS, path_of, variants_of
from copydesk.site.addresses import slug_of_name
from copydesk.site.writtentexts import ShownImage

if TYPE_CHECKING:  # loaded where a picture is: most sites of scrapes show none
    from bs4 import Tag
    from PIL import Image

STATIC = "{static}"
MOST_PIXELS = 60_000_000
"""Pictures with more are not made smaller: it would take the memory of the whole build."""

QUALITY = 80


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture among the site's files: its path in the site, media type, length in bytes, what it shows in words.

    `width` and `height` are in pixels, 0 where unknown; `variants` are further widths with their paths in the site.
    `file` is where an author put it; one of a scraped page has none, and is known by the `digest` of its bytes.
    """

    path: str
    media_type: str
    length: int
    alt: str
    file: Path | None = None
    width: int = 0
    height: int = 0
    variants: tuple[tuple[int, str], ...] = ()
    digest: str = ""


def scraped(picture: Picture, alt: str) -> OwnPicture:
    """Return a picture that was taken from a scraped page; `alt` is what it shows, in words."""
    return OwnPicture(
        path_of(picture),
        picture.media_type,
        picture.length,
        alt,
        width=picture.width,
        height=picture.height,
        variants=variants_of(picture),
        digest=picture.digest,
    )


def pictures_of(images: Iterable[ShownImage], source: PurePosixPath, content: Path) -> list[OwnPicture]:
    """Return the pictures that an article shows, in order: those that are files below `content`.

    `source` is the article's own path below it, from which relative paths are meant.
    """
    found = []
    for image in images:
        address = unquote(image.address)
        if not address.startswith(STATIC):
            continue
        meant = PurePosixPath(address.removeprefix(STATIC))
        path = content / (str(meant).lstrip("/") if meant.is_absolute() else source.parent / meant)
        kind = mimetypes.guess_type(path.name)[0] or ""
        if path.resolve().is_relative_to(content.resolve()) and path.is_file() and kind.startswith("image/"):
            found.append(_picture(path.resolve(), content.resolve(), kind, image.alt))
    return found


def _picture(path: Path, content: Path, kind: str, alt: str) -> OwnPicture:
    place = path.relative_to(content).as_posix()
    from PIL import Image, ImageOps

    plain = OwnPicture(place, kind, path.stat().st_size, alt, path)
    if kind == "image/svg+xml":
        return plain
    try:
        with Image.open(path) as image:
            width, height = ImageOps.exif_transpose(image).size if _turned(image) else image.size
            moving = getattr(image, "is_animated", False)
    except (OSError, ValueError, Image.DecompressionBombError):
        return plain
    stem = f"{FOLDER}/{slug_of_name(path.stem)}-{hashlib.sha256(path.read_bytes()).hexdigest()[:10]}"
    widths = () if moving or width * height > MOST_PIXELS else [wide for wide in WIDTHS if wide < width]
    variants = tuple((wide, f"{stem}-{wide}.webp") for wide in widths)
    return OwnPicture(place, kind, plain.length, alt, path, width, height, variants)


def fault(file: Path) -> str:
    """Return what is wrong with a picture's file, an empty text where it can be read to its end."""
    from PIL import Image

    try:
        with Image.open(file) as image:
            image.load()
    except Exception as error:  # each form of pictures has errors of its own
        return str(error) or type(error).__name__
    return ""


def _turned(image: Image.Image) -> bool:
    orientation = 0x0112  # Exif 2.32, table 4
    return bool(image.getexif().get(orientation, 1) != 1)


def variant(picture: bytes, width: int) -> bytes:
    """Return a picture at `width` pixels as WebP, without what the camera wrote into it."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(picture)) as image:
        upright = ImageOps.exif_transpose(image)
        upright = upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB")
        height = max(1, round(upright.height * width / upright.width))
        data = io.BytesIO()
        upright.resize((width, height), Image.Resampling.LANCZOS).save(data, "WEBP", quality=QUALITY, method=4)
    return data.getvalue()


def srcset(picture: OwnPicture, site: str) -> str:
    """Return a picture's widths with their addresses (HTML Living Standard, "srcset attributes")."""
    widths = [*picture.variants, (picture.width, picture.path)]
    return ", ".join(f"{site}/{quote(path)} {width}w" for width, path in widths)


def with_pictures(html: str, pictures: Sequence[OwnPicture], site: str) -> str:
    """Return an article's HTML in which pictures have their size, further widths, and wait until they are seen.

    The first one does not wait: it stands near the top.
    """
    own = (picture for picture in pictures if picture.width and picture.file)
    known = {f"{site}/{quote(picture.path)}": picture for picture in own}
    if not known:
        return html
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    for number, image in enumerate(soup.find_all("img", src=True)):
        picture = known.get(f"{site}/{quote(unquote(str(image['src']).removeprefix(f'{site}/')))}")
        if picture:
            for name, value in _attributes(picture, site, waits=number > 0):
                image[name] = value
            _unwrap(image)
    return written(soup)


def _attributes(picture: OwnPicture, site: str, *, waits: bool) -> Iterator[tuple[str, str]]:
    yield "width", str(picture.width)
    yield "height", str(picture.height)
    yield "decoding", "async"
    if waits:
        yield "loading", "lazy"
    if picture.variants:
        yield "srcset", srcset(picture, site)
        yield "sizes", SIZES


def _unwrap(image: Tag) -> None:
    """Make a paragraph that holds nothing but a picture a figure; its title is the caption."""
    paragraph = image.parent
    if not paragraph or paragraph.name != "p" or paragraph.get_text(strip=True) or len(paragraph.find_all()) != 1:
        return
    paragraph.name = "figure"
    caption = str(image.get("title") or "")
    if caption:
        from bs4 import BeautifulSoup

        del image["title"]
        line = BeautifulSoup("", "html.parser").new_tag("figcaption")
        line.string = caption
        paragraph.append(line)
