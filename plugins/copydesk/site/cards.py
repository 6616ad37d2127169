"""Which articles get a card for link previews, where it stands, and what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from copydesk.render.text import text_of_html
from copydesk.site.code import code_digest
from copydesk.site.documents import Documents
from copydesk.store import key_of

FOLDER = "cards"
LIBRARIES = ("arabic-reshaper", "pillow", "python-bidi")
"""Libraries that have a say in what a card looks like."""


def card_path(article: Any) -> str:
    """Return the path of an article's card in the site; empty where it shows a picture of its own."""
    page = PurePosixPath(article.save_as)
    name = page.parent.name if page.name == "index.html" else page.stem
    return "" if article.copydesk.picture else f"{FOLDER}/{name}.png"


def put_card(article: Any, settings: Mapping[str, Any], documents: Documents) -> None:
    """See to an article's card, drawn anew only where it would show something else."""
    from copydesk.render.socialcard import Card, png

    facts = article.copydesk
    card = Card(
        headline=text_of_html(article.title),
        section=text_of_html(str(article.category)),
        paper=text_of_html(str(settings["SITENAME"])),
        rtl=facts.direction == "rtl",
    )
    documents.put(facts.card, key_of(code_digest(LIBRARIES), repr(card)), partial(png, card))
