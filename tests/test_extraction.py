"""The score of saved pages, on one that is made here."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

from newsite import ROOT
from test_cleaning_pages import PROSE, SENTENCES

TITLE = "The tide mill grinds again"


def test_a_page_is_scored_beside_the_peers_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "truth").mkdir()
    page = f"<!doctype html><title>x</title><h1>{TITLE}</h1><time>3 March 2021</time>{PROSE}"
    (tmp_path / "html" / "a1.html.gz").write_bytes(gzip.compress(page.encode()))
    truth = {"id": "a1", "source": "a", "domain": "news.example", "title": TITLE, "body": "\n".join(SENTENCES)}
    truth |= {"date": "2021-03-03", "headings": ["None such"]}
    (tmp_path / "truth" / "a1.json").write_text(json.dumps(truth))
    command = [sys.executable, str(ROOT / "tests/benchmarks/extraction.py"), str(tmp_path), "--peers", sys.executable]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    own = next(line for line in done.stdout.splitlines() if "Copydesk" in line)
    assert own.split() == "a Copydesk 1 1.000 1.000 1.000 0.0 % 1.000 - 1.000 1.00 / 0.00".split()
    assert "goose3: left out" in done.stderr
    assert "no honest figures" in done.stdout
