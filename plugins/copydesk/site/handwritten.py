"""Articles and pages written by hand in `content/`: the same section anchors and facts as cleaned ones."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlparse

from pelican.contents import Category

from copydesk.enrich.reading import reading_minutes
from copydesk.model import Provenance
from copydesk.render.text import text_of_html
from copydesk.site.addresses import section_name
from copydesk.site.facts import Facts, source_name
from copydesk.site.pictures import OwnPicture, pictures_of
from copydesk.site.writtentexts import WrittenTexts

FILES = frozenset({"filename", "static", "attach"})
"""Pelican's marks in links to files below `content/`."""

NAMESPACE = uuid.UUID("6d0b2f0c-9a0e-5a39-8f1c-0d7f7a1d7f11")
"""Namespace of ids that are made from a hand-written file's path (RFC 9562, version 5)."""


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
        published=None if meta.get("copydesk_undated") else getattr(content, "date", None),
        updated=getattr(content, "modified", None),
        language=content.lang,
        direction=text.direction,
        word_count=text.words,
        reading_minutes=reading_minutes(text.words),
        headings=text.contents(),
        keywords=tuple(str(tag) for tag in getattr(content, "tags", ())),
        summary=text_of_html(meta["summary"]) if meta.get("summary") else text.summary,
        status=content.status,
        provenance=_provenance(meta),
        source_name=source_name(_text(meta, "source_url")),
        was=tuple(filter(None, (slug.strip() for slug in str(meta.get("was") or "").split(",")))),
        picture=pictures[0] if pictures else None,
        pictures=pictures,
    )


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


def _identity(content: Any, sitename: str) -> str:
    """Return the id that the file gives (an adopted article has its seed's), else one from the file's path."""
    given = _text(content.metadata, "id")
    return given or uuid.uuid5(NAMESPACE, f"{sitename}/{content.get_relative_source_path()}").urn


def _provenance(meta: Mapping[str, Any]) -> Provenance | None:
    seed = _text(meta, "seed")
    if not seed:
        return None
    sha256, url = _text(meta, "seed_sha256") or "", _text(meta, "source_url")
    return Provenance(seed, sha256, "adopted", "utf-8", url, "front matter", kept=0, dropped=0, doubtful=0)
