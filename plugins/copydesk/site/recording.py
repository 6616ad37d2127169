"""Makes the records by which the next build knows a story again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from copydesk.site.days import microseconds, seconds_of
from copydesk.site.deferred import DeferredArticle
from copydesk.site.digests import article_told, tied_told
from copydesk.site.newsroom import SeedArticle, section_of, topic_words
from copydesk.site.reads import Depth
from copydesk.site.relations import subject_told
from copydesk.site.seeds import Seed
from copydesk.site.sitefiles import origin_of
from copydesk.site.stories import HandRecord, StoryRecord, plain_list
from copydesk.site.ties import Tied, story_of


def moment_of(article: Any) -> int:
    """Return when an article was published or first seen, in microseconds since 1970."""
    if isinstance(article, DeferredArticle):
        return int(article.record.moment)
    return microseconds(article.date)


def hand_records(articles: Iterable[Any], related: Mapping[str, Sequence[str]]) -> dict[str, HandRecord]:
    """Return the records of listed articles by hand, by their ids; `related` is what each article is related to."""
    return {article.copydesk.id: _hand_record(article, related) for article in articles}


def _hand_record(article: Any, related: Mapping[str, Sequence[str]]) -> HandRecord:
    return HandRecord(
        since=moment_of(article),
        section=str(article.category),
        card=article_told(article, Depth.CARD),
        subject=subject_told(story_of(article)),
        related=list(related.get(article.copydesk.id, ())),
    )


class Recorder:
    """Makes the records of one build."""

    def __init__(self, looks: Mapping[str, str], siteurl: str, section: str) -> None:
        """Take how the files look that were read, the site's address, and the section of what has none of its own."""
        self._looks = looks
        self._site = siteurl
        self._section = section

    def retied(self, article: DeferredArticle, tied: Tied, related: Mapping[str, Sequence[str]]) -> StoryRecord:
        """Return the record of a story that is as it was; what it leads to may not be."""
        record: StoryRecord = article.record
        told = tied_told(article, tied)
        if told == record.ties:
            return record
        return record._replace(ties=told, related=plain_list(related.get(record.id, ())))

    def record(self, page: SeedArticle, tied: Tied, related: Mapping[str, Sequence[str]]) -> StoryRecord:
        """Return the record of a story that has a page."""
        facts = page.copydesk
        return self._plain(page._seed)._replace(
            id=facts.id,
            slug=page.slug,
            published=facts.published.isoformat() if facts.published else None,
            updated=facts.updated.isoformat() if facts.updated else None,
            moment=moment_of(page),
            tags=plain_list(page.tag_names),
            direction=facts.direction,
            source=facts.source_name,
            summary=facts.summary,
            dek=facts.dek,
            minutes=facts.reading_minutes,
            canonical=facts.canonical,
            corrected=bool(facts.corrections),
            pictured=bool(facts.picture or facts.pictures),
            indexed=facts.indexed,
            origin=json.dumps(origin_of(page, self._site), ensure_ascii=False),
            feed_bytes=page.feed_bytes,
            card=article_told(page, Depth.CARD),
            text=article_told(page, Depth.TEXT),
            ties=tied_told(page, tied),
            related=plain_list(related.get(facts.id, ())),
            features=story_of(page).features if page.status == "published" else b"",
        )

    def unpublished(self, seed: Seed) -> StoryRecord:
        """Return the record of a seed whose story stands on another one's page."""
        return self._plain(seed)

    def _plain(self, seed: Seed) -> StoryRecord:
        if seed.abstract is None:
            raise ValueError(f"{seed.name} was refused")
        article, abstract = seed.abstract.article, seed.abstract
        words = sorted(topic_words(article))
        told: dict[str, Any] = dict.fromkeys(StoryRecord._fields, "")
        told |= {
            "seed": seed.name,
            "file": seed.file,
            "number": seed.number,
            "look": self._looks.get(seed.file, ""),
            "sha256": seed.sha256,
            "key": seed.key,
            "id": article.id,
            "own_id": seed.own.id if seed.own else "",
            "first_seen": seconds_of(seed.first_seen),
            "own_first_seen": seconds_of(seed.own.first_seen if seed.own else seed.first_seen),
            "status": article.status.value,
            "title": article.title,
            "headline_found": article.provenance.headline_found,
            "section": section_of(seed, article, self._section),
            "authors": plain_list(article.authors),
            "language": article.language,
            "keywords": plain_list(article.keywords),
            "words": "\n".join(["", *words, ""]) if words else "",
            "was": plain_list(article.was),
            "others": plain_list(seed.others),
            "sketch": abstract.sketch,
            "story": abstract.story,
            "warnings": plain_list(article.warnings),
            "duplicate_of": seed.duplicate_of,
            "features": b"",
            **dict.fromkeys(("moment", "minutes", "corrected", "pictured", "indexed", "feed_bytes"), 0),
        }
        return StoryRecord(**told)
