"""Takes the pictures of an article in: each is looked for where it can be, read within bounds, and written anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from copydesk.errors import RefusedPicture
from copydesk.intake.links import joined
from copydesk.intake.picturefiles import IN_ADDRESS, InPage, PictureFiles, in_folder_of
from copydesk.intake.raster import Raster, raster
from copydesk.intake.tracking import without_tracking
from copydesk.model import Label, LabelledMedia, MediaKind, Picture, Role, Source

MOST = 60
"""Pictures of one article that are read."""

MOST_PIXELS = 200_000_000
"""Pixels of all pictures of one article."""

MISSING = RefusedPicture("is not there", reason="missing")


@dataclass(slots=True)
class Album:
    """The pictures of one article: where their files may be beside the page itself, and those that were taken.

    `links` tells whether a picture that is elsewhere becomes a link. `taken` are the files by their digests,
    `warnings` tell the editor of files that are here and can't be shown.
    """

    files: Sequence[PictureFiles] = ()
    links: bool = True
    taken: dict[str, bytes] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    _pixels: int = 0
    _known: dict[bytes, Raster | RefusedPicture] = field(default_factory=dict)
    _shown: set[str] = field(default_factory=set)

    def take(self, media: Sequence[LabelledMedia], source: Source) -> tuple[LabelledMedia, ...]:
        """Return the media of a source with the files of those that are kept, or why they can't be shown."""
        places = (InPage(source.files), *self.files)
        taken = tuple(self._take(one, source, places) if one.label.keep else one for one in media)
        for before, after in zip(media, taken, strict=True):
            if before.label.reason == "override" and before.label.keep and not after.label.keep:
                self.warnings.append(f"picture {after.media.name} is kept by the editor, but {after.label.why}")
        return taken

    def _take(self, one: LabelledMedia, source: Source, places: Sequence[PictureFiles]) -> LabelledMedia:
        page = source.name.rpartition("/")[2]
        away = (address for address in one.media.addresses if not in_folder_of(page, address))
        href = next(_on_the_web(away, source.url or ""), None)
        if one.media.kind is MediaKind.EMBED:
            return replace(one, href=href) if href else _dropped(one, "nowhere", "nothing tells where it can be seen")
        refusal = MISSING
        for address in one.media.addresses:
            try:
                name = IN_ADDRESS if address[:5].lower() == IN_ADDRESS else one.media.name
                picture = self._picture(address, source.url or "", name, places)
            except RefusedPicture as error:
                refusal = error if refusal is MISSING or error.reason != "small" else refusal
                continue
            if picture:
                if picture.digest in self._shown:
                    return _dropped(one, "again", "is shown before")
                self._shown.add(picture.digest)
                return replace(one, picture=picture)
        if refusal.reason not in ("missing", "small") and refusal.where != IN_ADDRESS:
            self.warnings.append(f"picture {refusal.where or one.media.name} is left out: {refusal.what}")
        return self._link(one, href, refusal)

    def _link(self, one: LabelledMedia, href: str | None, refusal: RefusedPicture) -> LabelledMedia:
        """Return a picture whose file is not here as a link, where it is somewhere and words tell what it shows."""
        if href is None:
            return _dropped(one, refusal.reason, refusal.what)
        if not self.links:
            return _dropped(one, "elsewhere", "its file is on another site")
        if not one.media.words and not one.caption:
            return _dropped(one, "elsewhere", "its file is on another site, and no words tell what it shows")
        return replace(one, href=href)

    def _picture(self, address: str, base: str, name: str, places: Sequence[PictureFiles]) -> Picture | None:
        """Return the picture at an address of a page at `base`, None where it is not here. Raises RefusedPicture."""
        data = next((found for place in places if (found := place.read(address, base)) is not None), None)
        if data is None:
            return None
        origin = hashlib.sha256(data).digest()
        if origin not in self._known:
            if len(self._known) >= MOST or self._pixels > MOST_PIXELS:
                raise RefusedPicture("is one of more than an article may have", name, reason="too-many")
            self._known[origin] = self._read(data, name)
        made = self._known[origin]
        if isinstance(made, RefusedPicture):
            raise made
        self.taken[made.picture.digest] = made.data
        return made.picture

    def _read(self, data: bytes, name: str) -> Raster | RefusedPicture:
        """Return a picture written anew, or why it can't be shown; what can't counts as one that was read, too."""
        try:
            made = raster(data, name)
        except RefusedPicture as error:
            return error
        self._pixels += made.pixels
        return made


def _on_the_web(addresses: Iterable[str], base: str) -> Iterator[str]:
    """Yield the addresses that are some on the web, for a page at `base`."""
    for address in addresses:
        whole = None if address[:5].lower() == IN_ADDRESS else joined(base, address)
        if whole and whole.startswith("http"):
            try:
                yield without_tracking(whole)[0]
            except ValueError:
                continue


def _dropped(one: LabelledMedia, reason: str, why: str) -> LabelledMedia:
    """Return a picture that can't be shown."""
    return replace(one, label=Label(False, Role.FURNITURE, f"media:{reason}", why), picture=None)
