"""The report: totals, what is told where, and names of files as hostile as their contents."""

import json
from pathlib import Path

import pytest

from copydesk.site.report import Report, SeedReport

SEEDS = (
    SeedReport("a.txt", "aa", "published", url="articles/a.html", kept=17, dropped=4, doubtful=2),
    SeedReport("b.txt", "bb", "duplicate", duplicate_of="a.txt", kept=17, dropped=5, doubtful=0),
    SeedReport("c\x1b[2J.txt", "cc", "refused", reason="c\x1b[2J.txt: is empty"),
)
REPORT = Report(SEEDS, ("content/x.md: can't be read",), ("a.txt: mended",), handwritten=3, seconds={"total": 1.234567})


def test_totals() -> None:
    assert REPORT.totals() == {
        "seeds": 3,
        "published": 1,
        "hidden": 0,
        "withdrawn": 0,
        "refused": 1,
        "passed over": 0,
        "duplicate": 1,
        "handwritten": 3,
        "kept": 34,
        "dropped": 9,
        "doubtful": 2,
    }


def test_json(tmp_path: Path) -> None:
    REPORT.write(tmp_path / "state" / "report.json")
    record = json.loads((tmp_path / "state" / "report.json").read_text("utf-8"))
    assert record["seeds"][0] == {
        "seed": "a.txt",
        "sha256": "aa",
        "status": "published",
        "url": "articles/a.html",
        "reason": None,
        "duplicate_of": None,
        "kept": 17,
        "dropped": 4,
        "doubtful": 2,
    }
    assert record["totals"] == REPORT.totals()
    assert record["seconds"] == {"total": 1.235}


def test_what_is_told_where(capsys: pytest.CaptureFixture[str]) -> None:
    REPORT.tell()
    out, err = capsys.readouterr()
    assert "3 seeds: 1 published, 1 duplicate, 1 refused" in out
    assert "doubtful: a.txt: 2 lines" in out
    assert "warning: a.txt: mended" in err
    assert "refused: c\\x1b[2J.txt: is empty" in err
    assert "refused: content/x.md" in err
    assert "\x1b" not in out + err
