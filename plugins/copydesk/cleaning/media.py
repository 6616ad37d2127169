"""Label every picture and embed of a page: keep or drop, and why. The page's text has been judged before.

A picture belongs to the article if the text around it does: the smallest part of the page that holds it and other text
is looked at. What it is called, how large it is and where it leads tell the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from copydesk.cleaning.credits import told
from copydesk.cleaning.surroundings import CREDITS, Surroundings
from copydesk.intake.links import host_of
from copydesk.model import Label, LabelledBlock, LabelledMedia, Media, MediaKind, Role, Source

LEAST = 60
"""Pixels of width or height, as the page says, below which a picture is a sign or a mark."""

PIXEL = 3
"""Pixels up to which it is there to count readers."""

SHARE = 0.5
"""Share of letters around a picture that are the article's, from which it is too."""

AMBIENT = 1 / 3
"""Share of the article's lines whose hints are those of all that stands there."""

AWAY = 2
"""Lines, captions left aside, that may part a picture from the article's first and last line."""

MOST_CAPTION_LINES, LONGEST_CAPTION = 4, 1200
"""Lines and characters that a caption has at most."""

_LANDMARKS = {
    "nav": "in the page's navigation", "footer": "in the page's footer", "form": "in a form", "button": "on a button",
    "dialog": "in a window of the page", "aside": "in a box beside the text",
}  # fmt: skip
_HINTS = {
    "hidden": "in a part of the page that is not shown", "advert": "in an advertisement",
    "comments": "among the comments", "social": "among links to share the page",
    "subscribe": "in a prompt to subscribe or log in", "window": "in a window or notice of the page",
    "navigation": "in the page's navigation", "author": "a portrait of who wrote it", "related": "among other articles",
}  # fmt: skip
_NAMED = {
    "portrait": "a portrait of who wrote it, by its name", "sign": "a sign or a mark, by its name",
    "counter": "there to count readers or to fill a gap, by its name",
}  # fmt: skip
_NOT_IN_FIGURES = frozenset(("related", "sign", "counter", "author"))
_PICTURE_FILES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")


def label_media(source: Source, labelled: Sequence[LabelledBlock]) -> tuple[LabelledMedia, ...]:
    """Return the media of a source with their labels; `labelled` are its lines, those of the editor included.

    Captions are told even of what is dropped, so that an editor can keep it with its caption.
    """
    if not source.media:
        return ()
    page = _Page(labelled, source.url or "", source.declared.authors)
    captions = [page.caption(one) for one in source.media]
    found = [
        LabelledMedia(one, page.label(one, caption), caption)
        for one, caption in zip(source.media, captions, strict=True)
    ]
    return tuple(_each_caption_once(list(_each_picture_once(found, by_words=source.is_markdown))))


def _each_picture_once(found: Sequence[LabelledMedia], *, by_words: bool) -> Iterator[LabelledMedia]:
    """Yield the media, of those that are the same one alone as kept: the first, or the first that has a caption.

    In Markdown, where a picture is hardly more than its words, those with the same words at one place are the same.
    """
    best: dict[object, int] = {}
    marks = [tuple(_marks(one, by_words)) for one in found]
    for n, one in enumerate(found):
        for mark in marks[n]:
            if mark not in best or (one.caption and not found[best[mark]].caption):
                best[mark] = n
    for n, one in enumerate(found):
        if any(best[mark] != n for mark in marks[n]):
            again = Label(False, Role.FURNITURE, "media:again", "it stands there another time", 0.9)
            yield replace(one, label=again)
        else:
            yield one


def _marks(one: LabelledMedia, by_words: bool) -> Iterator[object]:
    """Yield what a picture that is kept may have in common with the same one: its file, its words at its place."""
    if one.label.keep:
        yield from one.media.addresses[:1]
        if by_words and one.media.words:
            yield (one.media.place, one.media.words)


def _each_caption_once(found: Sequence[LabelledMedia]) -> Iterator[LabelledMedia]:
    """Yield the media, each line as a caption of one: of several in a figure, of the last that is kept."""
    last = {
        line: n
        for kept in (False, True)
        for n, one in enumerate(found)
        if one.label.keep is kept
        for line in one.caption
    }
    for n, one in enumerate(found):
        yield replace(one, caption=tuple(line for line in one.caption if last[line] == n))


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Why a picture goes."""

    reason: str
    why: str
    confidence: float = 0.9


class _Page:
    """A page whose lines are judged."""

    def __init__(self, labelled: Sequence[LabelledBlock], url: str, authors: Sequence[str]) -> None:
        self._blocks = {lb.block.first: lb for lb in labelled}
        bylines = (lb.block.text for lb in labelled if lb.label.keep and lb.label.role is Role.BYLINE)
        self._authors = frozenset(name.casefold() for name in (*authors, *(n for text in bylines for n in told(text))))
        self._host = host_of(url)
        kept = [lb for lb in labelled if lb.label.keep and lb.label.role not in CREDITS]
        self._first = min((lb.block.first for lb in kept), default=0)
        self._last = max((lb.block.last for lb in kept), default=0)
        hints = Counter(hint for lb in kept if lb.block.markup for hint in lb.block.markup.hints)
        landmarks = Counter(name for lb in kept if lb.block.markup for name in lb.block.markup.landmarks)
        self._sums = Surroundings(labelled)
        self._ambient = {name for name, count in (hints + landmarks).items() if count >= AMBIENT * len(kept)}

    def label(self, media: Media, caption: Sequence[int]) -> Label:
        """Return the verdict on a picture or an embed with the lines of its caption."""
        checks = (self._by_itself, self._by_surroundings, self._by_text, self._by_place)
        found = (
            next(filter(None, (check(media, caption) for check in checks)), None)
            if self._last
            else _Verdict("alone", "there is no article text")
        )
        if found:
            return Label(False, Role.FURNITURE, f"media:{found.reason}", found.why, found.confidence)
        place = "in a figure" if media.figure else "between lines"
        return Label(True, Role.FIGURE, "media:text", f"{place} of the article's text", 0.95 if media.figure else 0.8)

    def caption(self, media: Media) -> tuple[int, ...]:
        """Return the lines that say what a picture shows and who made it."""
        for lines in filter(None, (media.caption, media.figure, *media.around[:1])):
            inside = (n for n in range(lines.first, lines.last + 1) if n in self._blocks)
            numbers = tuple(islice(inside, MOST_CAPTION_LINES + 1))
            if not 0 < len(numbers) <= MOST_CAPTION_LINES:
                continue
            letters = sum(len(self._blocks[n].block.text) for n in numbers)
            own = lines in (media.caption, media.figure) or all(map(self._is_caption, numbers))
            if own and letters <= LONGEST_CAPTION:
                return numbers
        return ()

    def _is_caption(self, number: int) -> bool:
        markup = self._blocks[number].block.markup
        return markup is not None and "caption" in markup.hints and "caption" not in self._ambient

    def _by_itself(self, media: Media, _: Sequence[int]) -> _Verdict | None:
        """Tell what is no article's by its name or size."""
        if not media.addresses:
            what = "of a kind that is not known" if media.kind is MediaKind.EMBED else "without an address"
            return _Verdict("nowhere", f"{media.kind.value} {what}")
        if media.kind is MediaKind.EMBED:
            return None
        sizes = [size for size in (media.width, media.height) if size]
        if sizes and min(sizes) <= PIXEL:
            return _Verdict("pixel", "a dot that counts readers", 1.0)
        if sizes and max(sizes) < LEAST:
            return _Verdict("small", "a sign or a mark, by its size")
        for name, why in _NAMED.items():
            if name in media.names and not (media.figure and name in _NOT_IN_FIGURES):
                return _Verdict(name, why)
        if not media.figure and media.words.casefold() in self._authors:
            return _Verdict("portrait", "a portrait of who wrote it, by its words")
        return None

    def _by_surroundings(self, media: Media, _: Sequence[int]) -> _Verdict | None:
        """Tell what stands in a part of the page that the article's text does not stand in."""
        for name, why in _LANDMARKS.items():
            if name in media.landmarks and name not in self._ambient:
                return _Verdict("surroundings", why)
        for name, why in _HINTS.items():
            around = name in media.hints or name in media.names
            if around and name not in self._ambient and not (media.figure and name in _NOT_IN_FIGURES):
                return _Verdict("surroundings", why)
        if media.link and not media.figure and self._leads_away(media.link):
            return _Verdict("link", "it leads to another site")
        return None

    def _leads_away(self, link: str) -> bool:
        host = host_of(link)
        return bool(host and self._host) and host != self._host and not link.lower().endswith(_PICTURE_FILES)

    def _by_text(self, media: Media, caption: Sequence[int]) -> _Verdict | None:
        """Tell what stands with text that is not the article's: in the smallest part of the page with other text."""
        for lines in media.around:
            text = self._sums.between(lines, caption, rules=media.figure is None)
            if not text.lines:
                continue
            if text.kept and text.kept == text.credits:
                return _Verdict("byline", "beside the names of who wrote it")
            if text.kept_letters >= SHARE * text.letters or text.headlines:
                return None
            if text.kept and self._is_between(media, caption):
                return None
            return _Verdict("surroundings", "its text around it is not the article's", 0.8)
        return None

    def _is_between(self, media: Media, caption: Sequence[int]) -> bool:
        """Tell whether the lines right before and after it are the article's."""
        before = next((n for n in range(media.place, 0, -1) if n not in caption), 0)
        after = next((n for n in range(media.place + 1, self._last + 1) if n not in caption), 0)
        return all((lb := self._blocks.get(n)) is not None and lb.label.keep for n in (before, after))

    def _by_place(self, media: Media, caption: Sequence[int]) -> _Verdict | None:
        """Tell what stands too far before or after the article; right beside it a figure may."""
        if self._first <= media.place < self._last:
            return None
        before = media.place < self._first
        between = range(media.place + 1, self._first) if before else range(self._last + 1, media.place + 1)
        away = sum(1 for _ in islice((n for n in between if n in self._blocks and n not in caption), AWAY + 1))
        if away <= AWAY and (media.figure or media.caption or before):
            return None
        return _Verdict("before" if before else "after", f"{'before' if before else 'after'} the article's text", 0.8)
