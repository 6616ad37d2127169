"""The pipeline: bytes of a seed in, a cleaned article out, one stage after the other."""

from __future__ import annotations

import gc
from dataclasses import replace

from copydesk.cleaning.evidence import SHIPPED, Taggers
from copydesk.cleaning.label import label
from copydesk.cleaning.leaning import Leaning
from copydesk.cleaning.media import label_media
from copydesk.cleaning.rulebook import Rules
from copydesk.cleaning.siblings import NOTHING_FAMILIAR, Familiar
from copydesk.desk.overrides import correct, overrule, overrule_media
from copydesk.enrich.article import enrich
from copydesk.intake import read
from copydesk.intake.album import Album
from copydesk.model import Article, Override
from copydesk.structure.article import structure

NEW_OBJECTS = 50_000
"""Objects more than were freed after which the garbage collector looks for circles; Python's own number is 700."""


def collect_less() -> None:
    """Let the garbage collector look less often in a process that cleans: it makes many objects, and no circles."""
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 100)


def clean(
    data: bytes,
    name: str,
    rules: Rules,
    override: Override | None = None,
    leaning: Leaning = Leaning.BALANCED,
    album: Album | None = None,
    taggers: Taggers = SHIPPED,
    familiar: Familiar = NOTHING_FAMILIAR,
) -> Article:
    """Return the article that the seed `data` holds, as the rules, the evidence and at last the editor see it.

    `name` is the seed's path below the seeds folder; `album` takes the pictures, those that the page itself holds
    where there is none; `familiar` are the lines that other pages of its source have, too. Raises RefusedSeed where
    there is no article in it.
    """
    return enrich(extract(data, name, rules, override, leaning, album, taggers, familiar))


def extract(
    data: bytes,
    name: str,
    rules: Rules,
    override: Override | None = None,
    leaning: Leaning = Leaning.BALANCED,
    album: Album | None = None,
    taggers: Taggers = SHIPPED,
    familiar: Familiar = NOTHING_FAMILIAR,
) -> Article:
    """Return the same article as `clean`, without what only its own text tells about it."""
    source = read(data, name)
    album = album or Album()
    labelled = label(source, rules, leaning, taggers, familiar)
    warnings: tuple[str, ...] = ()
    if override:
        labelled, warnings = overrule(labelled, override)
    media = label_media(source, labelled)
    if override:
        media, more = overrule_media(media, override)
        warnings += more
    article = structure(source, labelled, album.take(media, source))
    article = correct(article, override) if override else article
    return replace(article, warnings=(*article.warnings, *album.warnings, *warnings))


def ask(rules: Rules, data: bytes, name: str) -> None:
    """Ask rules what they say of a seed, as cleaning it does. Raises RefusedSeed."""
    rules.match_all([block.text for block in read(data, name).blocks])
