"""What a site's sources repeat becomes rules that an editor can read, and that the next build obeys."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from copydesk.cleaning.rulebook import load_rules
from copydesk.cli import main
from copydesk.commands.learn import PREFIX, Repeated, as_rules

SHARED = 'Subscribe to the "Harbour \\ Gazette" now'
CONFIGURATION = 'SITENAME = "Gazette"\nPATH = "content"\nPLUGINS = ["copydesk"]\n'


def story(number: int) -> str:
    """Return a sentence that no other story has."""
    return f"On day {number} the council of quay {number} voted to mend its wall before the storms of autumn come."


def site(folder: Path) -> Path:
    """Make a site of four scrapes of one source that share a line."""
    (folder / "seeds").mkdir(parents=True)
    (folder / "content").mkdir()
    (folder / "pelican.conf.py").write_text(CONFIGURATION, "utf-8")
    for n in range(4):
        lines = [
            f"URL: https://gazette.example/{n}",
            SHARED,
            f"Wall {n} to be mended",
            *map(story, range(9 * n, 9 * n + 6)),
        ]
        (folder / "seeds" / f"{n}.txt").write_text("\n\n".join(lines), "utf-8")
    return folder


def learn(folder: Path) -> str:
    """Run `copydesk learn` on a site, and return the file that it wrote."""
    try:
        main(["learn", str(folder / "seeds")])
    except SystemExit as end:
        assert not end.code
    return (folder / "content" / "rules" / "learned.toml").read_text("utf-8")


def test_what_pages_share_becomes_a_rule_that_drops_it(tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    rules = tomllib.loads(learn(folder))["rule"]
    assert [rule["equals"] for rule in rules] == [[SHARED.casefold()]]
    assert rules[0]["why"] == "stands on at least 3 other pages of gazette.example"
    found = load_rules([folder / "content" / "rules"]).match(SHARED)
    assert found
    assert found.id == f"{PREFIX}gazette.example-3"


def test_learning_again_learns_the_same(tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    assert learn(folder) == learn(folder)


def test_nothing_of_a_story_is_learned(tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    assert "council" not in learn(folder)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip), min_size=1))
def test_any_line_can_stand_in_the_file(lines: list[str]) -> None:
    text = as_rules(Repeated("a.example", line, 2) for line in lines)
    assert tomllib.loads(text)["rule"][0]["equals"] == lines
