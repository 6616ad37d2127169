"""Rule files: what matches, and every mistake told with its file and rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.cleaning.rulebook import RuleBook, load_rules
from copydesk.errors import RuleError

RULE = """
[[rule]]
id = "newsletter-prompt"
why = "Sign-up prompt between paragraphs"
drop = "line"
{match}
"""


def book(folder: Path, match: str) -> RuleBook:
    (folder / "own.toml").write_text(RULE.format(match=match), "utf-8")
    return load_rules([folder])


@pytest.mark.parametrize(
    ("match", "drops", "keeps"),
    [
        ('equals = ["Sign up, Ann"]', "•  SIGN  UP, ann", "Sign up, Ann and Bob"),
        ('starts = ["Sign up, Ann"]', "Sign up, Ann: the news at 7", "Sign up, Anna: the news at 7"),
        ('contains = ["up, ann"]', "Do sign up, Ann, today", "Do sign up, Anna"),
        ("regex = ['^sign up, \\w+$']", "Sign up, Ann", "Sign up, Ann and Bob"),
        ('starts = ["Sign up, Ann"]\nmax_chars = 20', "Sign up, Ann", "Sign up, Ann, said the man at the door"),
        ('contains = ["登録してね"]', "いますぐ登録してねお願い", "登録した"),
    ],
)
def test_ways_to_match(tmp_path: Path, match: str, drops: str, keeps: str) -> None:
    found = book(tmp_path, match).match(drops)
    assert found is not None
    assert found.id == "newsletter-prompt"
    assert book(tmp_path, match).match(keeps) is None


@pytest.mark.parametrize(
    ("match", "said"),
    [
        ('equals = ["a"]\nwhen = "now"', "unknown key when"),
        ("", "0 ways to match"),
        ('equals = ["a"]\nstarts = ["abc"]', "2 ways to match"),
        ('starts = ["ab"]', "shorter than 3 characters"),
        ('equals = "a"', "equals is no list of texts"),
        ("regex = ['(?=a)b']", "unsafe or broken regex"),
        ("regex = ['(a']", "unsafe or broken regex"),
        ("regex = ['a*']", "matches every line"),
        ('equals = ["a"]\nmax_chars = 0', "max_chars is no number"),
        ('equals = ["a"]\ndrops = ["b"]', "should drop 'b' and does not"),
        ('equals = ["a"]\nkeeps = ["A"]', "should keep 'A' and does not"),
    ],
)
def test_mistakes_name_file_and_rule(tmp_path: Path, match: str, said: str) -> None:
    with pytest.raises(RuleError) as error:
        book(tmp_path, match)
    assert said in str(error.value)
    assert str(tmp_path / "own.toml") in str(error.value)
    assert '"newsletter-prompt"' in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rule = 3", "unexpected key: rule"),
        ("[rules]\na = 1", "unexpected key: rules"),
        ("= broken", "can't be read"),
        ('[[rule]]\nwhy = "x"', "has no id"),
        ('[[rule]]\nid = "a"\nwhy = "x"\ndrop = "page"\nequals = ["a"]', "drop can't be 'page'"),
    ],
)
def test_broken_files(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "own.toml").write_text(text, "utf-8")
    with pytest.raises(RuleError, match=said):
        load_rules([tmp_path])


def test_one_id_twice_in_a_folder_is_an_error(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(RULE.format(match='equals = ["a"]'), "utf-8")
    with pytest.raises(RuleError, match="there twice"):
        load_rules([tmp_path])


def test_a_sites_rule_replaces_a_built_in_one(tmp_path: Path) -> None:
    assert load_rules().match("Smiley face")
    own = RULE.replace("newsletter-prompt", "template-smiley").format(match='equals = ["Frowny face"]')
    (tmp_path / "own.toml").write_text(own, "utf-8")
    changed = load_rules([tmp_path])
    assert changed.match("Smiley face") is None
    assert changed.match("Frowny face")


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    own = RULE.format(match='equals = ["Frowny face"]').replace("\n", "\r\n")
    (tmp_path / "own.toml").write_bytes(b"\xef\xbb\xbf" + own.encode())
    assert load_rules([tmp_path]).match("Frowny face")


def test_a_document_is_matched_as_its_lines_are() -> None:
    rules = load_rules()
    lines = [
        "Smiley face",
        "A story about a smiley face.",
        "12 Comments",
        "",
        "© 2024 Example News",
        "Read also",
        "x" * 5000,
    ]
    assert rules.match_all(lines) == [rules.match(line) for line in lines]


def test_a_missing_folder_is_passed_over(tmp_path: Path) -> None:
    assert len(load_rules([tmp_path / "none"]).rules) == len(load_rules().rules)
