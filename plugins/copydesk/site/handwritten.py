"""Articles and pages written by hand in `content/`: the same section anchors and facts as cleaned ones."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlparse

from markupsafe import Markup, escape
from pelican.contents import Category

from copydesk.desk.adopt import SEPARATOR
from copydesk.enrich.reading import reading_minutes
from copydesk.model import Canonical, Provenance
from copydesk.render.text import text_of_html
from copydesk.settings import BUILD
from copydesk.site.addresses import section_name
from copydesk.site.facts import Facts, canonical_choice, source_name
from copydesk.site.filenames import name_of
from copydesk.site.pictures import OwnPicture, pictures_of
from copydesk.site.writtentexts import WrittenTexts

FILES = frozenset({"filename", "static", "attach"})
"""Pelican's marks in links to files below `content/`."""

NAMESPACE = uuid.UUID("6d0b2f0c-9a0e-5a39-8f1c-0d7f7a1d7f11")
"""Namespace of ids that are made from a hand-written file's path (RFC 9562, version 5)."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x1f\x7f<>\"{}|\\^`]+")
"""An absolute address (RFC 3987), as feeds want it for an id (RFC 4287, 4.2.6)."""

_IN_TITLES = (
    "a abbr b bdi bdo big br cite code del em font i ins kbd mark q s samp small span strong sub sup tt u var wbr"
)
_TAG = re.compile(rf"</?(?:{_IN_TITLES.replace(' ', '|')})(?:\s[^<>]*)?/?>", re.I)
"""Markup that people write in titles; what else looks like it is text."""


def complete(
    content: Any,
    first_seen: datetime,
    sitename: str,
    texts: WrittenTexts,
    usable: Callable[[OwnPicture], OwnPicture] = lambda picture: picture,
) -> None:
    """Give a Pelican article or page its `copydesk` facts, and what `texts` know of its text.

    `usable` returns a picture as far as it can be used.
    """
    for name in ("tags", "authors"):
        if wrappers := getattr(content, name, None):  # several may have one slug, and with it one page
            setattr(content, name, [*dict.fromkeys(wrappers)])
    content.title = content.metadata["title"] = _title(content.title)
    text = texts.of(content._content)
    content._content = text.page_html
    meta = content.metadata
    place = PurePosixPath(content.get_relative_source_path())
    pictures = tuple(map(usable, pictures_of(text.images, place, Path(content.settings["PATH"]))))
    content.copydesk_feed_html = text.feed_html
    content.copydesk = Facts(
        id=_identity(content, sitename),
        origin="handwritten",
        first_seen=first_seen,
        dek=_text(meta, "dek"),
        authors=tuple(text_of_html(author.name) for author in getattr(content, "authors", ())),
        published=None if meta.get("copydesk_undated") else _day_or_moment(getattr(content, "date", None)),
        updated=_day_or_moment(getattr(content, "modified", None)),
        language=content.lang.replace("_", "-"),
        direction=text.direction,
        word_count=text.words,
        reading_minutes=reading_minutes(text.words),
        headings=text.contents(),
        keywords=tuple(str(tag) for tag in getattr(content, "tags", ())),
        summary=text_of_html(meta["summary"]) if meta.get("summary") else text.summary,
        status=content.status,
        canonical=_canonical(content),
        corrections=text.corrections,
        provenance=_provenance(meta),
        source_name=source_name(_text(meta, "source_url")),
        others=names_in(meta, "also_at"),
        was=tuple(filter(None, (slug.strip() for slug in str(meta.get("was") or "").split(",")))),
        picture=pictures[0] if pictures else None,
        pictures=pictures,
    )


def _day_or_moment(told: datetime | None) -> date | datetime | None:
    """Return the day where a text by hand gives nothing else: Pelican takes its midnight for the moment."""
    return told.date() if told and told.time() == time() else told


def _canonical(content: Any) -> str:
    """Return what search engines shall take for the original of a text by hand: of an adopted one, as of its seed."""
    meta, own = content.metadata, content.settings[BUILD].settings
    given = str(_text(meta, "canonical") or "").lower()
    if given in set(Canonical):
        return given
    if not meta.get("seed"):
        return Canonical.SELF
    return canonical_choice(_text(meta, "source_url"), own.canonical, own.source_canonical)


def settle_ids(groups: Iterable[Sequence[Any]], taken: dict[str, str], sitename: str) -> list[str]:
    """Give texts an id of their own where the given one can't be used; return what to tell of them.

    `taken` are the ids that are given already, with the files that give them: those of the first groups come first.
    """
    told = []
    for group in groups:
        for content in sorted(group, key=lambda content: str(content.source_path)):
            path, given = content.get_relative_source_path(), _text(content.metadata, "id")
            if not given:
                continue
            if not _IRI.fullmatch(given):
                why = f'its Id "{given}" is no whole address (urn:uuid:…, https://…)'
            elif given in taken:
                why = f"its Id is that of {taken[given]}"
            else:
                taken[given] = path
                continue
            content.copydesk.id = _own_id(content, sitename)
            told.append(f"{path}: {why}, so it has one of its own. Take the line away, or give it another")
    return told


def name_section(content: Any) -> None:
    """Call the section of an article that has it from its folder as it is called for seeds in a folder of that name.

    Pelican gives an article none where sections have no pages (`CATEGORY_SAVE_AS`): it gets one all the same.
    """
    folder = PurePosixPath(content.get_relative_source_path()).parent.name
    named, is_name = getattr(content, "category", None), any(map(str.isalpha, folder))
    if is_name and (named is None or str(named) == folder):
        name = section_name(folder)
    elif named is None:
        name = content.settings["DEFAULT_CATEGORY"]
    else:
        return
    content.category = content.metadata["category"] = Category(name, content.settings)


def settle_address(content: Any) -> None:
    """Let a Pelican article or page stay at the address that it has: Pelican works it out again at each use."""
    content.override_url, content.override_save_as = content.url, content.save_as


def lost_links(content: Any) -> list[str]:
    """Return what there is to tell of links and pictures in a text by hand whose files are not below `content/`."""
    found = linked_files(content, content._content)
    lost = dict.fromkeys(path for kind, path in found if kind in FILES and not is_there(content, path))
    return [f"{content.get_relative_source_path()}: {path} is not there, so its link leads nowhere" for path in lost]


def linked_files(content: Any, text: str) -> Iterator[tuple[str, str]]:
    """Yield the files that a text by hand links to: by which of Pelican's marks, and their paths below `content/`."""
    for link in content._get_intrasite_link_regex().finditer(text):
        path = unquote(urlparse(unescape(link["value"])).path)
        yield link["what"], path.lstrip("/") if path.startswith("/") else f"{content.relative_dir}/{path}".lstrip("/")


def is_there(content: Any, path: str) -> bool:
    """Tell whether the file below `content/` is there that a text by hand links to."""
    try:
        return (Path(content.settings["PATH"]) / path).is_file()
    except (OSError, ValueError):
        return False


def _text(meta: Mapping[str, Any], key: str) -> str | None:
    value = str(meta.get(key) or "").strip()
    return value or None


def names_in(meta: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return the names or addresses in a line of a header, as `adopt` writes them."""
    return tuple(filter(None, (part.strip() for part in str(meta.get(key) or "").split(SEPARATOR))))


def _title(title: str) -> Markup:
    """Return a title without markup, escaped as those of seeds are: themes without autoescaping print it as it is."""
    return escape(" ".join(unescape(_TAG.sub("", title)).split()))


def _identity(content: Any, sitename: str) -> str:
    """Return the id that the file gives (an adopted article has its seed's), else one from the file's path."""
    return _text(content.metadata, "id") or _own_id(content, sitename)


def _own_id(content: Any, sitename: str) -> str:
    return uuid.uuid5(NAMESPACE, f"{sitename}/{name_of(content.get_relative_source_path())}").urn


def _provenance(meta: Mapping[str, Any]) -> Provenance | None:
    seed = _text(meta, "seed")
    if not seed:
        return None
    sha256, url = _text(meta, "seed_sha256") or "", _text(meta, "source_url")
    return Provenance(seed, sha256, "adopted", "utf-8", url, "front matter", kept=0, dropped=0, doubtful=0)
