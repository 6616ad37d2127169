"""Writes what is expected of each sample seed anew, for a person to read through before it is committed.

    .venv/bin/python tests/write_cases.py

`tests/cases/<slug>/article.json` is the article, `dropped.txt` the lines that are furniture. Only the article is
written: which lines are furniture is a person's word, never the program's. `tests/pages/<page>.json` holds what became
of the pictures and embeds of a saved page.
"""

from __future__ import annotations

import json
from pathlib import Path

from copydesk.cleaning.rulebook import load_rules
from copydesk.desk.explain import as_record
from copydesk.desk.overrides import load_override
from copydesk.intake.album import Album
from copydesk.intake.picturefiles import BesidePage
from copydesk.model import Article
from copydesk.pipeline import clean
from copydesk.render.record import to_record
from copydesk.site.seedfolder import seed_files
from newsite import ROOT, SAMPLE

CASES = ROOT / "tests" / "cases"
PAGES = ROOT / "tests" / "pages"
FIRST_SEED = "000_3532161375008661.txt"


def seeds() -> dict[str, str]:
    """Return the name of each sample seed by its case's slug."""
    found = [file.name for file in seed_files(SAMPLE / "seeds")]
    return {"belarus" if name == FIRST_SEED else Path(name).stem: name for name in found}


def article_of(name: str) -> Article:
    """Return the article of a sample seed as the site publishes it, its editor's corrections included."""
    override = load_override(SAMPLE / "content" / "overrides", name)
    path = SAMPLE / "seeds" / name
    return clean(path.read_bytes(), name, load_rules(), override, album=Album((BesidePage(path),)))


def as_case(article: Article) -> str:
    """Return the article as a case holds it."""
    return json.dumps(to_record(article), ensure_ascii=False, indent=1) + "\n"


def saved_pages() -> list[Path]:
    """Return the saved pages with pictures: a page with its folder, one of SingleFile's kind, one by Chromium."""
    return sorted(path for path in PAGES.iterdir() if path.suffix in (".html", ".mhtml"))


def pictures_of(path: Path) -> str:
    """Return what becomes of a saved page's pictures and embeds: the ledger's word, and the figures of its article."""
    article = clean(path.read_bytes(), path.name, load_rules(), album=Album((BesidePage(path),)))
    blocks = [block for section in to_record(article)["sections"] for block in section["blocks"]]  # type: ignore[attr-defined]
    figures = [block for block in blocks if block["kind"] == "figure"]
    media = [[one["label"], one["name"][:80], one["rule"]] for one in as_record(article.ledger)["media"]]  # type: ignore[attr-defined]
    told = {"media": media, "figures": figures, "warnings": list(article.warnings)}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for page in saved_pages():
        page.with_suffix(f"{page.suffix}.json").write_text(pictures_of(page), "utf-8")
    for slug, name in seeds().items():
        (CASES / slug).mkdir(parents=True, exist_ok=True)
        (CASES / slug / "article.json").write_text(as_case(article_of(name)), "utf-8")
