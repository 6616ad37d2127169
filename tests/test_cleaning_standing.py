"""How lines stand to the article: shared words, place, and lines that come again inside longer ones."""

from __future__ import annotations

import numpy as np

from copydesk.cleaning.evidence import SHIPPED
from copydesk.cleaning.tagger.features import extract
from copydesk.cleaning.tagger.standing import STANDING_NAMES, standing_values

LINES = (
    "The Harbour Line Reopens — Bay Herald",
    "Menu",
    "NewsLocalThe Harbour Line Reopens",
    "The Harbour Line Reopens",
    "The council voted to reopen the harbour line on Tuesday, ending a long dispute about the harbour.",
    "Menu",
)


def column(name: str) -> list[float]:
    features = extract("\n".join(LINES), SHIPPED.dumps.salience)
    assert features is not None
    article = np.array([0, 0, 0, 0, 1, 0], np.float32)
    share = np.full(len(LINES), 1 / len(LINES), np.float32)
    values = standing_values(features, article, np.zeros(len(LINES), np.float32), share)
    return [float(value) for value in values[:, STANDING_NAMES.index(name)]]


def test_lines_inside_longer_ones_are_seen() -> None:
    assert column("begins a longer line") == [0, 0, 0, 1, 0, 0]
    assert column("begins with a shorter line") == [1, 0, 0, 0, 0, 0]
    assert column("ends a longer line but for the first word")[3] == 1
    assert column("last of equal lines") == [1, 0, 1, 1, 1, 1]


def test_the_place_before_the_article_and_the_words_shared_with_it() -> None:
    assert column("right before the tight article") == [0, 0, 0, 1, 0, 0]
    shared = column("words shared with the article")
    assert shared[3] > shared[1] == 0
