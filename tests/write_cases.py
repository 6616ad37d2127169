"""Writes what is expected of each sample seed anew, for a person to read through before it is committed.

    .venv/bin/python tests/write_cases.py

`tests/cases/<slug>/article.json` is the article, `dropped.txt` the lines that are furniture. Only the article is
written: which lines are furniture is a person's word, never the program's.
"""

from __future__ import annotations

import json
from pathlib import Path

from copydesk.cleaning.rulebook import load_rules
from copydesk.desk.overrides import load_override
from copydesk.model import Article
from copydesk.pipeline import clean
from copydesk.render.record import to_record

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
FIRST_SEED = "000_3532161375008661.txt"


def seeds() -> dict[str, str]:
    """Return the name of each sample seed by its case's slug."""
    found = sorted(path.relative_to(ROOT / "seeds").as_posix() for path in (ROOT / "seeds").rglob("*.*"))
    return {"belarus" if name == FIRST_SEED else Path(name).stem: name for name in found}


def article_of(name: str) -> Article:
    """Return the article of a sample seed as the site publishes it, its editor's corrections included."""
    override = load_override(ROOT / "content" / "overrides", name)
    return clean((ROOT / "seeds" / name).read_bytes(), name, load_rules(), override)


def as_case(article: Article) -> str:
    """Return the article as a case holds it."""
    return json.dumps(to_record(article), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for slug, name in seeds().items():
        (CASES / slug).mkdir(parents=True, exist_ok=True)
        (CASES / slug / "article.json").write_text(as_case(article_of(name)), "utf-8")
