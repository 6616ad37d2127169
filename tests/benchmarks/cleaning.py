"""Measures how many text dumps a second are cleaned on one core, beside jusText and a rule on line length.

    make bench [N=1000] [DATA=folder of .txt files]

jusText gets each line as a paragraph, with its English stop words; its output is not compared here.
"""

from __future__ import annotations

import argparse
import html
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import justext
from corpus import dump

from copydesk.cleaning.label import label
from copydesk.cleaning.rulebook import load_rules
from copydesk.errors import RefusedSeed
from copydesk.intake import read
from copydesk.pipeline import clean

ROUNDS = 3
RULES = load_rules()
STOP_WORDS = justext.get_stoplist("English")


def whole(data: bytes) -> None:
    """Clean a dump as the site does: intake to enrich."""
    try:
        clean(data, "a.txt", RULES)
    except RefusedSeed:
        return


def labels_only(data: bytes) -> None:
    """Read a dump and label its lines."""
    try:
        label(read(data, "a.txt"), RULES)
    except RefusedSeed:
        return


def by_justext(data: bytes) -> None:
    """Let jusText classify the lines."""
    lines = "".join(
        f"<p>{html.escape(line)}</p>" for line in data.decode("utf-8", "replace").splitlines() if line.strip()
    )
    justext.justext(f"<html><body>{lines or '<p>-</p>'}</body></html>", STOP_WORDS)


def by_length(data: bytes) -> None:
    """Keep long lines that end as sentences do."""
    for line in data.decode("utf-8", "replace").splitlines():
        _ = len(line) > 80 and line.rstrip().endswith((".", "!", "?", "”", '"'))


def rate(work: Callable[[bytes], None], documents: Sequence[bytes]) -> float:
    """Return documents a second of processor time, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for data in documents:
            work(data)
        best = min(best, time.process_time() - start)
    return len(documents) / best


def main() -> None:
    """Print the rates and their ratios to jusText's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--data", type=Path)
    asked = parser.parse_args()
    if asked.data:
        documents = [path.read_bytes() for path in sorted(asked.data.rglob("*.txt"))][: asked.documents]
    else:
        documents = [dump(number).encode() for number in range(asked.documents)]
    rates = {
        "Copydesk, labels": rate(labels_only, documents),
        "Copydesk, whole pipeline": rate(whole, documents),
        "jusText, labels": rate(by_justext, documents),
        "line length, labels": rate(by_length, documents),
    }
    print(f"{len(documents)} dumps, {sum(map(len, documents)) / len(documents) / 1000:.1f} kB each; one core")
    for name, value in rates.items():
        print(f"  {name:26} {value:9.0f} dumps/s   {value / rates['jusText, labels']:6.1f} × jusText")


if __name__ == "__main__":
    main()
