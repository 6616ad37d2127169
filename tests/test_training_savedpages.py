"""Labels of saved pages for training: aligned with the text nodes that people labelled."""

from __future__ import annotations

import random

import numpy as np
import pytest

from copydesk.intake import read
from copydesk.training.augment import Line
from copydesk.training.pages import Page
from copydesk.training.savedpages import aligned, disguised, shortened


@pytest.mark.parametrize(
    ("texts", "nodes", "labels", "found"),
    [
        (["Menu", "A story of bread."], ["Menu", "A story", "of bread."], [0, 1, 1], [0, 1]),
        (["Bread", "Bread", "Bread"], ["Bread", "Bread", "Bread"], [0, 1, 0], [0, 1, 0]),
        (["• One thing", "not there at all", "Another"], ["One thing", "Another"], [1, 0], [1, 0, 0]),
        (["Half a line, and the rest"], ["Half a line", "and the rest."], [1, 0], [0.47]),
        (["Straße"], ["hidden words that no page shows", "STRASSE"], [0, 1], [1]),
        ([], ["x"], [1], []),
    ],
)
def test_lines_take_the_labels_of_their_letters(
    texts: list[str], nodes: list[str], labels: list[float], found: list[float]
) -> None:
    assert aligned(texts, nodes, labels) == pytest.approx(found, abs=0.01)


def test_short_pages_keep_the_article_s_beginning() -> None:
    article = np.array([0] * 30 + [1] * 40 + [0] * 30, np.float32)
    for seed in range(20):
        kept = sorted(set(range(100)) - shortened(article, random.Random(seed)))
        body = [n for n in kept if article[n]]
        assert body == list(range(30, 30 + len(body)))
        assert 3 <= len(body) <= 20
        assert 0 < len(kept) - len(body) <= 24


def test_only_furniture_outside_the_article_is_disguised() -> None:
    sentence = "Of the first wheel only the iron shaft remained, and a drawing of a bird on a wheel."
    other = Page("x", "fu", "other", frozenset(), "nodes", (Line(sentence, 1.0, False, False),), True)
    body = "<article><p>One.</p><p>Share</p><p>Two.</p></article>" + "<footer><p>Legal</p></footer>" * 40
    source = read(f"<!doctype html><h1>A</h1>{body}".encode(), "a.html")
    article = np.array([text in ("One.", "Two.") for text in source.lines], np.float32)
    told = disguised(source, article, random.Random(1), [other]).lines
    assert told[:4] == ("A", "One.", "Share", "Two.")
    assert set(told[4:]) == {"Legal", sentence}
