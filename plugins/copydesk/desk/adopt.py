"""Takes a seed over by hand: its cleaned article as Markdown in `content/`, from then on the editor's."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from copydesk.desk.overrides import stem
from copydesk.errors import CopydeskError
from copydesk.model import Article
from copydesk.render.markdown import to_markdown
from copydesk.wholefile import write_whole

IMAGES = "images"
"""Folder in `content` with the pictures that authors put there."""


def adopt(article: Article, content: Path) -> Path:
    """Write the article below `content`, in the seed's folder there, and return the file's path.

    The file's header names the seed, its SHA-256 and the article's id: the site publishes the file in the seed's
    place, and feed readers see no new item. Raises CopydeskError where the file is there already.
    """
    seed = PurePosixPath(article.provenance.seed)
    path = content / seed.parent / f"{stem(seed.name)}.md"
    if path.exists():
        remedy = "Edit that file, or move it away to begin again from the seed"
        raise CopydeskError("is there already", str(path), remedy=remedy)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, to_markdown(article, f"{{static}}/{IMAGES}"))
    return path
