"""The editor's side: overrides, what they can't mean any more, explain, adopt."""

from __future__ import annotations

import io
import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from rich.console import Console

from copydesk.cleaning.rulebook import RuleBook, load_rules
from copydesk.desk.adopt import adopt
from copydesk.desk.explain import as_lines, as_record, as_table, shown
from copydesk.desk.overrides import OverrideFolder, file_names, load_override, stem
from copydesk.errors import CopydeskError, OverrideError
from copydesk.model import Article, Role, Status
from copydesk.pipeline import clean

SEED = """Menu
Council Reopens the Harbour Line
The council of Harrow Bay voted on Tuesday to reopen the old harbour line, ending a dispute of nine years.
A slow start
Members of both parties said that the trains, which last ran in 1987, would carry four thousand passengers.
Leave A Reply
"""


@cache
def rules() -> RuleBook:
    return load_rules()


def edited(folder: Path, text: str, seed: str = SEED) -> Article:
    (folder / "story.toml").write_text(text, "utf-8")
    return clean(seed.encode(), "story.txt", rules(), load_override(folder, "story.txt"))


def roles(article: Article) -> dict[int, str]:
    return {line.number: line.label.role.value for line in article.ledger.lines()}


def test_facts_are_corrected(tmp_path: Path) -> None:
    article = edited(
        tmp_path,
        'headline = "The Line Is Back"\ndek = "After nine years"\nauthors = ["Ines Varga"]\ndate = 2026-03-02\n'
        'section = "Local"\ntags = ["Transport"]\nlanguage = "en-GB"\nstatus = "hidden"\n',
    )
    assert (article.headline, article.title, article.dek) == (
        "The Line Is Back",
        "The Line Is Back",
        "After nine years",
    )
    assert (article.authors, article.published, article.section_name) == (("Ines Varga",), date(2026, 3, 2), "Local")
    assert (article.tags, article.language, article.status) == (("Transport",), "en-GB", Status.HIDDEN)
    assert article.provenance.headline_from == "the editor"
    assert article.warnings == ()


def test_lines_are_kept_and_dropped(tmp_path: Path) -> None:
    article = edited(tmp_path, '[[keep]]\ntext = "Menu"\nrole = "dek"\n[[drop]]\nline = 4\ntext = "A slow start"\n')
    assert roles(article)[1] == "dek"
    assert article.dek == "Menu"
    assert roles(article)[4] == "furniture"
    reasons = {line.number: line.label.reason for line in article.ledger.lines()}
    assert (reasons[1], reasons[4]) == ("override", "override")


def test_what_an_editor_calls_a_line_it_is(tmp_path: Path) -> None:
    assert roles(edited(tmp_path, ""))[4] == "heading"
    assert roles(edited(tmp_path, '[[keep]]\ntext = "A slow start"\n'))[4] == "heading"
    article = edited(tmp_path, '[[keep]]\ntext = "A slow start"\nrole = "paragraph"\n')
    assert roles(article)[4] == "paragraph"
    assert not article.headings


def test_an_entry_finds_its_line_when_the_lines_move(tmp_path: Path) -> None:
    article = edited(tmp_path, '[[drop]]\nline = 4\ntext = "A slow start"\n', "Log in\n" + SEED)
    assert roles(article)[5] == "furniture"
    assert article.warnings == ('story.toml: "A slow start" stands on line 5 now, not on line 4',)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('text = "No such line"', '"No such line" matches no line any more, so its entry does nothing'),
        ("line = 99", "line 99 has no text, so its entry does nothing"),
    ],
)
def test_an_entry_that_matches_nothing_is_told(tmp_path: Path, entry: str, said: str) -> None:
    assert edited(tmp_path, f"[[drop]]\n{entry}\n").warnings == (f"story.toml: {said}",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("= x", "can't be read"),
        ('headlin = "x"', "unknown key 'headlin'. Did you mean 'headline'?"),
        ("headline = 3", "headline is 3, not a text"),
        ('authors = "Ann"', "authors is 'Ann', not a list"),
        ('date = "soon"', "date is 'soon', not a day"),
        ('[[keep]]\nline = 1\nrole = "headlin"', "It may be: headline, dek, byline, dateline, heading"),
        ('language = "klingon"', "language is 'klingon', no language's code"),
        ('language = "German"', 'Write language = "de"'),
        ('status = "gone"', "It may be: published, hidden, withdrawn"),
        ('[[keep]]\nrole = "dek"', "story.toml"),
        ("[[keep]]\nline = 0", "story.toml"),
        ('[[keep]]\nline = 1\nrole = "furniture"', "story.toml"),
        ("keep = 3", "story.toml"),
    ],
)
def test_mistakes_name_the_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(OverrideError) as error:
        edited(tmp_path, text)
    assert said in str(error.value)
    assert "story.toml" in str(error.value)


def test_an_override_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "story.toml").write_bytes(b'\xef\xbb\xbfheadline = "Another"\r\n')
    override = load_override(tmp_path, "story.txt")
    assert override
    assert override.headline == "Another"


def test_names_of_override_files(tmp_path: Path) -> None:
    assert file_names("world/a.txt") == ("world/a.txt.toml", "world/a.toml")
    assert [stem(name) for name in ("a.txt", "a.html.gz", "v1.2.txt", ".hidden", "a")] == [
        "a",
        "a",
        "v1.2",
        ".hidden",
        "a",
    ]
    (tmp_path / "a.toml").write_text("")
    (tmp_path / "a.txt.toml").write_text("")
    with pytest.raises(OverrideError, match=r"both correct a\.txt"):
        load_override(tmp_path, "a.txt")
    assert OverrideFolder(tmp_path).orphans(["b.txt"]) == ["a.toml", "a.txt.toml"]
    assert OverrideFolder(tmp_path).orphans(["a.txt"]) == []


def test_explain_tells_every_line() -> None:
    ledger = clean(SEED.encode(), "story.txt", rules()).ledger
    record = as_record(ledger)
    lines = record["lines"]
    assert isinstance(lines, list)
    assert [line["text"] for line in lines] == SEED.split("\n")
    assert [line["label"] for line in lines] == ["drop", "keep", "keep", "keep", "keep", "drop", "keep"]
    assert {"number", "text", "label", "role", "reason"} <= set(lines[0])
    assert json.loads(json.dumps(record))["source"] == "story.txt"
    assert len(as_lines(ledger).splitlines()) == 6
    console = Console(width=100, file=io.StringIO())
    console.print(as_table(ledger))
    assert "Leave A Reply" in console.file.getvalue()  # type: ignore[attr-defined]


def test_nothing_that_is_shown_steers_a_terminal() -> None:
    assert shown("a\x1b[31mb\tc\u202e") == "a\\x1b[31mb c\\x202e"


def test_adopt_writes_once_and_never_over_an_editors_file(tmp_path: Path) -> None:
    article = clean(SEED.encode(), "world/story.txt", rules())
    path = adopt(article, tmp_path)
    assert path == tmp_path / "world" / "story.md"
    text = path.read_text("utf-8")
    assert article.id in text
    assert "world/story.txt" in text
    assert "## A slow start" in text
    with pytest.raises(CopydeskError, match="is there already"):
        adopt(article, tmp_path)
    assert [file.name for file in path.parent.iterdir()] == ["story.md"]


def test_the_headline_can_be_another_line(tmp_path: Path) -> None:
    article = edited(tmp_path, '[[keep]]\ntext = "A slow start"\nrole = "headline"\n')
    assert article.headline == "A slow start"
    assert [line.number for line in article.ledger.lines() if line.label.role is Role.HEADLINE] == [4]


def test_a_seed_of_a_name_as_long_as_can_be_has_its_override(tmp_path: Path) -> None:
    stem = "x" * 250
    (tmp_path / f"{stem}.toml").write_text('headline = "Another"')
    found = load_override(tmp_path, f"{stem}.html")
    assert found is not None
    assert found.headline == "Another"
