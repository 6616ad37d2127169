"""The picture of a hand-written article: the first of the site's own files that its text shows."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bs4 import BeautifulSoup

STATIC = "{static}"


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture among the site's files: its path in the site, media type, length in bytes, what it shows in words."""

    path: str
    media_type: str
    length: int
    alt: str


def picture_of(soup: BeautifulSoup, source: PurePosixPath, content: Path) -> OwnPicture | None:
    """Return the picture that an article shows first; None where it shows none that is a file below `content`.

    `source` is the article's own path below it, from which relative paths are meant.
    """
    for image in soup.find_all("img", src=True):
        address = str(image["src"])
        if not address.startswith(STATIC):
            continue
        meant = PurePosixPath(address.removeprefix(STATIC))
        path = content / (str(meant).lstrip("/") if meant.is_absolute() else source.parent / meant)
        kind = mimetypes.guess_type(path.name)[0] or ""
        inside = path.resolve().is_relative_to(content.resolve())
        if inside and path.is_file() and kind.startswith("image/"):
            place = path.resolve().relative_to(content.resolve()).as_posix()
            return OwnPicture(place, kind, path.stat().st_size, str(image.get("alt") or ""))
    return None
