"""Which stories are about the same, most of them as the last build had them: what a change may touch is asked anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from copydesk.enrich.related import Story, relate, touched_by
from copydesk.site.deferred import DeferredArticle
from copydesk.site.newsroom import SeedArticle
from copydesk.site.stories import HandRecord, StoryRecord, list_of
from copydesk.site.ties import story_of
from copydesk.store import key_of

Related = Mapping[str, Sequence[str]]
"""The ids of related stories, the nearest first, by a story's id."""


def relations(
    published: Sequence[Any], records: Mapping[str, StoryRecord], by_hand: Mapping[str, HandRecord], most: int
) -> tuple[Related, Collection[str]]:
    """Return what is related to each of the `published` articles, and the ids of those for which that may be new.

    `records` are those of the last build's seeds, `by_hand` those of what was written by hand.
    """
    stories = [_story(article) for article in published]
    before = {record.id: record for record in records.values() if record.listed}
    known = {id: list_of(record.related) for id, record in before.items()}
    known |= {id: tuple(record.related) for id, record in by_hand.items()}
    same_hands = {id: record.subject for id, record in by_hand.items()} == {
        article.copydesk.id: subject_told(story)
        for article, story in zip(published, stories, strict=True)
        if not isinstance(article, SeedArticle)
    }
    if not same_hands or len(stories) != len(known):  # how rare a keyword is depends on the number of stories
        found = relate(stories, most)
        return found, {id for id, near in found.items() if id not in known or list(known[id]) != near}
    gone = known.keys() - {story.id for story in stories}
    fresh = {place for place, story in enumerate(stories) if story.id not in known or _is_fresh(story, before)}
    changed = [_difference(stories[place], before.get(stories[place].id)) for place in sorted(fresh)]
    features = b"".join((*changed, *(before[id].features for id in sorted(gone))))
    anew = relate(stories, most, fresh | touched_by(stories, features, len(fresh)))
    return {id: near for id, near in known.items() if id not in gone} | anew, anew.keys()


def subject_told(story: Story) -> str:
    """Return a digest of what a story is related by."""
    return key_of(story.features.hex(), repr(story.appeared))


def _story(article: Any) -> Story:
    if isinstance(article, DeferredArticle):
        return Story(article.record.id, article.record.features, float(article.record.first_seen))
    return story_of(article)


def _is_fresh(story: Story, before: Mapping[str, StoryRecord]) -> bool:
    record = before.get(story.id)
    return record is not None and record.features is not story.features


def _difference(story: Story, record: StoryRecord | None) -> bytes:
    """Return the features by which a story is related otherwise than it was; all where it appeared otherwise."""
    if record is None or float(record.first_seen) != story.appeared:
        return story.features + (record.features if record else b"")
    old, new = ({told[at : at + 8] for at in range(0, len(told), 8)} for told in (record.features, story.features))
    return b"".join(sorted(old ^ new))
