"""Gathers a page's pictures, and what it embeds of other sites, while the page is read.

They are found beside the lines: what the page's text is does not depend on them. The names are in `media.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from copydesk.intake.links import joined
from copydesk.intake.markup import Around, hints_of
from copydesk.intake.mediaaddresses import LONGEST_ADDRESS, addresses_of, in_set, seen_at
from copydesk.model import Lines, Media, MediaKind

TAGS = frozenset("img source video audio iframe figure figcaption noscript".split())
"""Elements that are looked at here."""

MOST = 1000
"""Pictures and embeds of a page that are looked at, the first ones."""

MOST_AROUND = 12
"""Elements around each, the nearest ones."""

LONGEST_WORDS = 1000
"""Characters of a text that are read."""

SHORT = 30
"""Characters of its words that can tell that a picture is a sign or a mark ("The paper's logo")."""

_DATA = tomllib.loads(Path(__file__).with_name("media.toml").read_text("utf-8"))
NAMES: dict[str, frozenset[str]] = {kind: frozenset(_DATA[kind]) for kind in ("sign", "portrait", "counter")}
"""Words in names by what a picture of that name is."""

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SIZE = re.compile(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$")
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|avif|svg)|(?:IMG|DSC|image|img)[-_ ]?\d+", re.I)


@dataclass(slots=True)
class _Shown:
    """A picture or an embed, its surroundings still open."""

    kind: MediaKind
    place: int
    addresses: list[str]
    words: str
    width: int
    height: int
    link: str
    around: Around
    names: frozenset[str]
    containers: tuple[int, ...]
    figure: int | None


@dataclass(slots=True)
class MediaFinder:
    """Gathers pictures and embeds; elements are known by their numbers, as `Around` counts them."""

    found: list[_Shown] = field(default_factory=list)
    watched: set[int] = field(default_factory=set)
    _lines: dict[int, Lines] = field(default_factory=dict)
    _captions: dict[int, int] = field(default_factory=dict)
    _sources: list[str] = field(default_factory=list)
    _noscript: int = 0

    def start(
        self, tag: str, attributes: Mapping[str, str], open_now: Sequence[Around], place: int, link: Mapping[str, str]
    ) -> None:
        """Begin an element of TAGS; `open_now` are the elements around it, `place` is the number of lines before it.

        `link` are the attributes of the link that it stands in.
        """
        if tag == "img":
            self._take(
                MediaKind.PICTURE, [*self._sources, *addresses_of(attributes)], attributes, open_now, place, link
            )
            self._sources.clear()
        elif tag == "source":
            self._source(attributes, open_now)
        elif tag == "figcaption":
            if (figure := _figure(open_now)) is not None:
                self.watched.add(open_now[-1].number)
                self._captions.setdefault(figure, open_now[-1].number)
        elif tag == "noscript":
            self._noscript += 1
        elif tag != "figure":
            self._take(MediaKind.EMBED, seen_at(tag, attributes), attributes, open_now, place, link)

    def end(self, tag: str) -> None:
        """End an element of TAGS."""
        if tag == "noscript" and self._noscript:
            self._noscript -= 1

    def closed(self, number: int, first: int, last: int) -> None:
        """Note which lines are in the element of that number, one of those that are `watched`."""
        self._lines[number] = Lines(first, last)

    def media(self, base: str, whole: Lines) -> tuple[Media, ...]:
        """Return what was found; `base` is the address that the page names as its base, `whole` all of its lines."""
        return tuple(self._media(shown, base, whole) for shown in self.found)

    def _take(
        self,
        kind: MediaKind,
        addresses: Sequence[str],
        attributes: Mapping[str, str],
        open_now: Sequence[Around],
        place: int,
        link: Mapping[str, str],
    ) -> None:
        if len(self.found) >= MOST or self._is_again(addresses, place):
            return
        containers = tuple(around.number for around in open_now[: -MOST_AROUND - 1 : -1])
        self.watched.update(containers)
        named = f"{attributes.get('class', '')} {attributes.get('id', '')} {link.get('class', '')}"
        words = " ".join((attributes.get("alt") or attributes.get("title") or "")[:LONGEST_WORDS].split())
        self.found.append(
            _Shown(
                kind,
                place,
                list(dict.fromkeys(addresses)),
                "" if _FILE_NAME.fullmatch(words) else words,
                _size(attributes.get("width", "")),
                _size(attributes.get("height", "")),
                link.get("href", "")[:LONGEST_ADDRESS],
                open_now[-1],
                hints_of(named, "") | _named(f"{named} {words[:SHORT]}", addresses),
                containers,
                _figure(open_now),
            )
        )

    def _is_again(self, addresses: Sequence[str], place: int) -> bool:
        """Tell whether it is what the last picture shows where scripts don't run, and take its addresses over."""
        if not self._noscript or not self.found or self.found[-1].place != place:
            return False
        self.found[-1].addresses += [address for address in addresses if address not in self.found[-1].addresses]
        return True

    def _source(self, attributes: Mapping[str, str], open_now: Sequence[Around]) -> None:
        """Take a further address of the picture to come, or of the film that is open."""
        if any(around.element == "picture" for around in open_now[-2:]):
            self._sources += in_set(attributes.get("srcset", ""))
        elif self.found and self.found[-1].kind is MediaKind.EMBED and open_now[-1].element in ("video", "audio"):
            self.found[-1].addresses += seen_at("source", attributes)

    def _media(self, shown: _Shown, base: str, whole: Lines) -> Media:
        around = [self._lines.get(number, whole) for number in shown.containers]
        figure = None if shown.figure is None else self._lines.get(shown.figure, whole)
        caption = self._captions.get(shown.figure) if shown.figure is not None else None
        return Media(
            kind=shown.kind,
            place=shown.place,
            addresses=tuple(dict.fromkeys((*shown.addresses, *_joined(base, shown.addresses)))),
            words=shown.words,
            width=shown.width,
            height=shown.height,
            link=shown.link,
            hints=shown.around.hints | shown.around.own,
            landmarks=shown.around.landmarks,
            names=shown.names,
            figure=figure,
            caption=None if caption is None else self._lines.get(caption),
            around=tuple(dict.fromkeys(lines for lines in around if lines.last >= lines.first)),
        )


def _figure(open_now: Sequence[Around]) -> int | None:
    """Return the number of the nearest figure."""
    return next((around.number for around in reversed(open_now) if around.element == "figure"), None)


def _joined(base: str, addresses: Iterable[str]) -> list[str]:
    """Return addresses that the page's base makes others of; a folder beside the page has none."""
    whole = (joined(base, address) for address in addresses if base and not address.startswith("data:"))
    return [address for address in whole if address]


def _size(value: str) -> int:
    found = _SIZE.match(value)
    return int(found[1]) if found else 0


def _named(names: str, addresses: Sequence[str]) -> frozenset[str]:
    """Return what a picture's own names and its files' names tell that it is."""
    files = (address.partition("?")[0].rpartition("/")[2] for address in addresses if not address.startswith("data:"))
    words = {word.lower() for word in _WORD.findall(f"{names[:400]} {' '.join(files)[:400]}")}
    return frozenset(kind for kind, known in NAMES.items() if words & known)
