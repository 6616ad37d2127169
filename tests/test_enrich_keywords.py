"""Keywords: names and terms as a reader would click them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.enrich.keywords import MOST, keywords_of, topics_of
from copydesk.enrich.words import words_of
from newarticle import hostile_text
from newsite import SAMPLE

SEED = SAMPLE / "seeds" / "000_3532161375008661.txt"


def seed_parts() -> tuple[str, list[str], list[str]]:
    lines = [line for line in SEED.read_text("utf-8").splitlines() if line]
    headline = next(line for line in lines if line.startswith("Belarus Extends"))
    return headline, [s for s in lines if 40 < len(s) < 80], [p for p in lines if len(p) > 120]


def test_names_and_terms_of_a_real_article() -> None:
    found = keywords_of(*seed_parts(), "en")
    assert {"Belarus", "Trump administration", "human rights", "Alexander Lukashenko"} <= set(found)
    assert not {"Trump", "Lukashenko", "administration", "rights", "The"} & set(found)


def test_last_names_count_for_the_full_name() -> None:
    texts = ["The mayor, Ann Lee, spoke. Then Lee left, as Lee does. They say that Lee won."]
    assert keywords_of("A mayor speaks", (), texts, "en") == ("Ann Lee",)


def test_titles_are_no_part_of_names() -> None:
    texts = ["On Monday President Maria Sandu met Sen. John Doe. Later Sandu and Doe spoke again, and Sandu smiled."]
    assert set(keywords_of(None, (), texts, "en")) == {"Maria Sandu", "John Doe"}


def test_possessives_and_forms_are_one_keyword() -> None:
    texts = ["We saw Israel’s army. In Israel and in the Israeli press, Israel's voters know Israel."]
    assert keywords_of("Voters in Israel", (), texts, "en") == ("Israel",)


def test_names_with_connectors_and_function_words() -> None:
    texts = ["They said the Bank of America and Just Stop Oil met. Now the Bank of America says Just Stop Oil lied."]
    assert set(keywords_of(None, (), texts, "en")) == {"Bank of America", "Just Stop Oil"}


def test_weekdays_and_months_are_no_keywords() -> None:
    texts = ["It rained on Tuesday in June. Yes, on Tuesday in June, and again on Tuesday in June in Harrow Bay."]
    assert keywords_of(None, (), texts, "en") == ("Harrow Bay",)


@pytest.mark.parametrize(
    ("language", "headline", "text", "expected"),
    [
        (
            "de",
            "Wahl in Wien",
            "In der Stadt Wien wählt man. Der Sprecher Karl Huber sagt in Wien, dass Huber geht.",
            "Wien",
        ),
        (
            "fr",
            "La pêche",
            "On pêche dans l'Atlantique. Oui, dans l'Atlantique, et toujours dans l'Atlantique.",
            "Atlantique",
        ),
        ("ja", "地震", "宮崎県で地震があった。気象庁によると、宮崎県の地震は強い。", "地震"),
        ("zh", "港口铁路", "旧港口铁路重开。市民说港口铁路很好。关于港口铁路，市长说：“港口铁路会赚钱。”", "港口铁路"),
        ("ar", "الميناء", "قال عمدة إن الميناء مفتوح. الميناء قديم جدا. الميناء كبير.", "الميناء"),
        ("hi", "हिन्दी समाचार", "हिन्दी पुरानी है। हिन्दी बड़ी है। हिन्दी अच्छी है।", "हिन्दी"),
    ],
)
def test_other_languages(language: str, headline: str, text: str, expected: str) -> None:
    assert expected in keywords_of(headline, (), [text], language)


def test_words_keep_their_marks() -> None:
    assert [*filter(None, words_of("हिन्दी किताबें").texts)] == ["हिन्दी", "किताबें"]


def test_addresses_of_the_web_are_no_words() -> None:
    words = words_of("see https://a.example/b-c or www.d.example or e@f.example now")
    assert [*filter(None, words.texts)] == [
        "see",
        "or",
        "or",
        "now",
    ]


@given(st.none() | hostile_text, st.lists(hostile_text, max_size=4), st.sampled_from(["en", "de", "ja", "xx", None]))
def test_any_text(headline: str | None, texts: list[str], language: str | None) -> None:
    found = keywords_of(headline, (), texts, language)
    assert len(found) <= MOST
    assert len({word.casefold() for word in found}) == len(found)
    assert all(word.strip() == word and word for word in found)


@pytest.mark.parametrize(
    ("title", "keywords", "language", "topics"),
    [
        ("Ten kinds of bread", ["bread", "types", "Ann Lee", "rye flour"], "en", ["bread", "Ann Lee", "rye flour"]),
        ("What bread costs", ["cost", "average"], "en", ["cost"]),
        ("The harbour’s wall", ["harbour", "box"], "en", ["harbour"]),
        ("Zwei Kinder, ein Boot", ["Kinder", "Leben", "Rotes Kreuz"], "de", ["Kinder", "Rotes Kreuz"]),
        ("港口重新开放", ["港口", "市长"], "zh", ["港口", "市长"]),
        ("", ["average", "BBC"], None, ["BBC"]),
    ],
)
def test_common_words_are_topics_where_the_title_has_them(
    title: str, keywords: list[str], language: str | None, topics: list[str]
) -> None:
    assert topics_of(title, keywords, language) == tuple(topics)


def test_same_keywords_whatever_the_hash_seed() -> None:
    code = "from test_enrich_keywords import *; print(keywords_of(*seed_parts(), 'en'))"
    paths = os.pathsep.join([*sys.path, str(Path(__file__).parent)])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "A b. " * 40_000, "www." * 50_000, "x@" * 50_000, "A-" * 60_000, "港口" * 60_000]
)
def test_no_text_takes_long(text: str) -> None:
    keywords_of("x", (), ["warm up"], "en")
    start = time.perf_counter()
    keywords_of("x", (), [text], "en")
    assert time.perf_counter() - start < 5
