"""Runs other extractors over saved pages; needs nothing of Copydesk, and runs in an environment of its own.

    python peers.py FOLDER

FOLDER holds `{id}.html` in UTF-8. What they find is printed as JSON, a line for each page and extractor: `peer`, `id`,
`text`, `headline`, `authors`, `day`, `headings` (left out where it tells none) and `seconds` of processor time. An
extractor that raises has found nothing; one that is not installed is left out, and told.
"""

from __future__ import annotations

import json
import re
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

Found = dict[str, Any]

HEADINGS = re.compile(r"h[2-6]$")


def trafilatura(page: str) -> Found:
    """Trafilatura with its metadata, comments left out."""
    found = import_module("trafilatura").bare_extraction(page, with_metadata=True, include_comments=False)
    heads = [" ".join("".join(head.itertext()).split()) for head in found.body.iter("head")]
    return {
        "text": found.text,
        "headline": found.title,
        "authors": [found.author] if found.author else [],
        "day": found.date,
        "headings": heads,
    }


def readability(page: str) -> Found:
    """readability-lxml, which tells text and title alone."""
    document = import_module("readability").Document(page)
    tree = import_module("lxml.html").fromstring(document.summary(html_partial=True))
    heads = [" ".join(e.text_content().split()) for e in tree.iter() if HEADINGS.match(str(e.tag))]
    return {"text": " ".join(tree.itertext()), "headline": document.short_title(), "headings": heads}


def resiliparse(page: str) -> Found:
    """Resiliparse's main content as plain text."""
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    return {"text": extract(page, main_content=True, alt_texts=False)}


def newspaper(page: str) -> Found:
    """newspaper4k; it is given the page and fetches nothing."""
    library = import_module("newspaper")
    settings = library.Config()
    settings.fetch_images = False
    article = library.Article("https://news.example/story", config=settings)
    article.download(input_html=page)
    article.parse()
    day = article.publish_date
    return {
        "text": article.text,
        "headline": article.title,
        "authors": article.authors,
        "day": day.isoformat() if day else None,
    }


def goose(page: str) -> Found:
    """goose3."""
    article = import_module("goose3").Goose({"enable_image_fetching": False}).extract(raw_html=page)
    return {
        "text": article.cleaned_text,
        "headline": article.title,
        "authors": list(article.authors),
        "day": str(article.publish_date or "")[:10] or None,
    }


PEERS: dict[str, tuple[str, Callable[[str], Found]]] = {
    "trafilatura": ("trafilatura", trafilatura),
    "readability-lxml": ("readability", readability),
    "resiliparse": ("resiliparse.extract.html2text", resiliparse),
    "newspaper4k": ("newspaper", newspaper),
    "goose3": ("goose3", goose),
}
"""Extractors by name: the module that is needed, and what runs it."""


def run(name: str, work: Callable[[str], Found], folder: Path) -> None:
    """Print what one extractor finds in all pages."""
    for path in sorted(folder.glob("*.html")):
        page = path.read_text("utf-8")
        started = time.process_time()
        try:
            found = work(page)
        except Exception as error:  # any of them is the extractor's result
            print(f"{name}: {path.stem}: {type(error).__name__}", file=sys.stderr)
            found = {}
        print(json.dumps({"peer": name, "id": path.stem, "seconds": time.process_time() - started, **found}))


def main() -> None:
    """Run all extractors that are installed."""
    warnings.simplefilter("ignore")
    for name, (module, work) in PEERS.items():
        try:
            import_module(module)
        except ImportError as error:
            print(f"{name}: left out, {error}", file=sys.stderr)
            continue
        run(name, work, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
