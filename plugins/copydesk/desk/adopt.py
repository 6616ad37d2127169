"""Takes a seed over by hand: its cleaned article as Markdown in `content/`, from then on the editor's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from copydesk.desk.overrides import stem
from copydesk.errors import CopydeskError
from copydesk.model import Article
from copydesk.render.markdown import to_markdown
from copydesk.wholefile import write_whole

SEPARATOR = " ; "
"""Stands between names and addresses in a line of the header, which may hold all other signs."""

IMAGES = "images"
"""Folder in `content` with the pictures that authors put there."""


class Published(NamedTuple):
    """How an article is published: the slug of its address, its topics, other seeds on its page and their addresses."""

    slug: str
    tags: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    also_at: tuple[str, ...] = ()


def adopt(article: Article, content: Path, published: Published | None = None) -> Path:
    """Write the article below `content`, in the seed's folder there, and return the file's path.

    What readers know of it stays where it is `published`: its address, its topics, where else the story stands.
    The file's header names the seed, its SHA-256 and the article's id: the site publishes the file in the seed's
    place, and feed readers see no new item. Raises CopydeskError where the file is there already.
    """
    seed = PurePosixPath(article.provenance.seed)
    path = content / seed.parent / f"{stem(seed.name)}.md"
    if path.exists():
        remedy = "Edit that file, or move it away to begin again from the seed"
        raise CopydeskError("is there already", str(path), remedy=remedy)
    path.parent.mkdir(parents=True, exist_ok=True)
    told = published or Published("", article.tags)
    more = {"Slug": told.slug, "Seeds_alike": SEPARATOR.join(told.alike), "Also_at": SEPARATOR.join(told.also_at)}
    write_whole(path, to_markdown(replace(article, tags=told.tags), f"{{static}}/{IMAGES}", more))
    return path
