"""The whole pipeline, bytes to article: the sample seeds, and what holds for every input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from copydesk.cleaning.rulebook import RuleBook, load_rules, rule_book
from copydesk.errors import RefusedSeed
from copydesk.model import Article, Role
from copydesk.pipeline import clean
from copydesk.render.text import body_text
from newsite import ROOT, SAMPLE
from write_cases import CASES, FIRST_SEED, article_of, as_case, seeds

FURNITURE = ["Smiley face", "Weather\xa0 \xa0\xa0 Live Markets", "Share.", "Leave A Reply"]
HEADLINE = "Belarus Extends Olive Branch to Trump Administration, Signaling Potential Diplomatic Shift"
SEED = (SAMPLE / "seeds" / FIRST_SEED).read_bytes()


@cache
def rules() -> RuleBook:
    return load_rules()


@pytest.mark.parametrize(("slug", "name"), seeds().items())
def test_sample_seeds(slug: str, name: str) -> None:
    article = article_of(name)
    dropped = [line.text.strip() for line in article.ledger.with_text() if not line.label.keep]
    assert dropped == (CASES / slug / "dropped.txt").read_text("utf-8").splitlines()
    assert as_case(article) == (CASES / slug / "article.json").read_text("utf-8")


def test_every_case_has_its_seed() -> None:
    assert sorted(path.name for path in CASES.iterdir()) == sorted(seeds())


def test_the_first_seed_exactly() -> None:
    article = clean(SEED, FIRST_SEED, rules())
    lines = [line for line in SEED.decode().split("\n") if line.strip()]
    body = [line for line in lines if line.strip() not in (HEADLINE, *FURNITURE)]
    assert article.headline == HEADLINE
    assert (article.language, article.authors, article.published, article.updated) == ("en", (), None, None)
    assert body_text(article) == "\n\n".join(line.strip() for line in body) + "\n"
    roles = [line.label.role for line in article.ledger.with_text() if line.label.keep]
    assert (roles.count(Role.PARAGRAPH), roles.count(Role.HEADING)) == (11, 5)
    assert [line.text.strip() for line in article.ledger.with_text() if not line.label.keep] == FURNITURE


def test_the_first_seed_by_evidence_alone() -> None:
    """Without any rule that knows its four furniture lines, at most one of them survives."""
    blind = rule_book(rule for rule in rules().rules if not any(rule_book([rule]).match(text) for text in FURNITURE))
    assert all(blind.match(text) is None for text in FURNITURE)
    article = clean(SEED, FIRST_SEED, blind)
    assert article.headline == HEADLINE
    kept = [line.text.strip() for line in article.ledger.with_text() if line.label.keep]
    assert len([text for text in kept if text in FURNITURE]) <= 1
    assert len([text for text in kept if text not in FURNITURE]) == 17


PROSE = "The council of Harrow Bay voted on Tuesday to reopen the old harbour line, ending a dispute of nine years."
LINES = [
    PROSE,
    PROSE.replace("council", "court"),
    "Members of both parties said that the trains would carry some four thousand passengers a day.",
    "「灯台を守るというより、島を見ている人がいると知ってほしい」と岡本さんは話す。",
    "وقال الحداد: «لا نستطيع أن نبني مكتبة في كل قرية، لكن النهر يمر بها جميعا».",
    "Harbour line to reopen",
    "A slow start",
    "What happens next?",
    "By Ines Varga",
    "12 March 2026",
    "Updated: 3 February 2026",
    "Share this article",
    "Read also",
    "Leave A Reply",
    "Menu",
    "- bread and butter",
    "1. The sender gives the number.",
    "2. The receiver repeats it.",
    "> We do not resign.",
    "* * *",
    "Correction: An earlier version gave the wrong year.",
    "Dr.",
    "…",
    "I",
    "",
]
documents = st.lists(st.sampled_from(LINES) | st.text(max_size=60), max_size=18).map("\n".join)


def article_or_none(text: str) -> Article | None:
    try:
        return clean(text.encode("utf-8", "ignore"), "a.txt", rules())
    except RefusedSeed:
        return None


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_kept_and_dropped_are_the_input(text: str) -> None:
    article = article_or_none(text)
    if article is None:
        return
    lines = list(article.ledger.lines())
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert tuple(line.text for line in lines) == article.ledger.source.lines
    with_text = article.ledger.with_text()
    assert article.ledger.kept + article.ledger.dropped == len(with_text)
    assert all(line.label.reason and line.label.why for line in with_text)
    body = "".join(body_text(article).split())
    for line in with_text:
        if line.label.keep and line.label.role not in (Role.HEADLINE, Role.DEK, Role.BYLINE, Role.DATELINE):
            assert "".join(line.text.split()) in body


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
@example("\n".join((*[PROSE] * 5, "12 March 2026", PROSE, PROSE, "1. The sender gives the number.", PROSE)))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    article = article_or_none(text)
    if article is None:
        return
    once = body_text(article)
    again = article_or_none(once)
    assert again is not None
    assert body_text(again) == once


def test_cleaning_twice_is_cleaning_once_for_the_sample_seeds() -> None:
    for name in seeds().values():
        if name.endswith(".html"):  # as a text, a page's table would be judged without the page
            continue
        once = body_text(clean((SAMPLE / "seeds" / name).read_bytes(), name, rules()))
        assert body_text(clean(once.encode(), name, rules())) == once


def test_hash_seed_time_zone_and_locale_change_no_byte(tmp_path: Path) -> None:
    outputs = []
    for seed, zone, locale in (("1", "Asia/Tokyo", "C"), ("2", "America/New_York", "C.UTF-8")):
        folder = tmp_path / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        command = [
            sys.executable,
            "-m",
            "copydesk",
            "clean",
            str(SAMPLE / "seeds"),
            "--format",
            "json,markdown,html,text",
        ]
        subprocess.run([*command, "--output", str(folder)], check=True, env=environment, cwd=ROOT)
        outputs.append({path.name: path.read_bytes() for path in folder.rglob("*.*")})
    assert outputs[0] == outputs[1]
    assert len(outputs[0]) == 4 * len(seeds()) + 1  # and one picture


def test_records_are_json_with_the_promised_keys() -> None:
    record = json.loads(as_case(article_of(FIRST_SEED)))
    promised = {"headline", "dek", "authors", "date", "language", "canonical", "sections", "keywords", "provenance"}
    assert promised <= set(record)
    assert set(record["sections"][0]) >= {"heading", "fragment", "blocks"}
