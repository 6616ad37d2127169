"""Mutates seeds, records, overrides, rules and markup, and looks for crashes, hangs and broken promises.

`make fuzz` runs every target; a case that breaks something is kept as a file and named. With atheris installed,
`--guided` lets it choose the mutations by the code that they reach.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "plugins")]

from campaigns.corpus import bad_seeds  # noqa: E402
from copydesk.cleaning.label import label  # noqa: E402
from copydesk.cleaning.leaning import Leaning  # noqa: E402
from copydesk.cleaning.rulebook import load_rules  # noqa: E402
from copydesk.cleaning.rulefile import read_rules  # noqa: E402
from copydesk.desk.overridefile import parse_override  # noqa: E402
from copydesk.errors import CopydeskError  # noqa: E402
from copydesk.intake import read  # noqa: E402
from copydesk.intake.pieces import pieces  # noqa: E402
from copydesk.pipeline import clean  # noqa: E402
from copydesk.render.allowlist import safe_html  # noqa: E402
from copydesk.render.html import body_html, feed_html  # noqa: E402
from copydesk.render.markdown import to_markdown  # noqa: E402
from copydesk.render.record import to_record  # noqa: E402
from copydesk.render.text import body_text  # noqa: E402

SECONDS = 2.0
"""Longer than this a case hangs; mutated seeds are small, and this machine may be busy."""

MOST = 60_000
"""Bytes of a file that is mutated: small ones are tried more often."""

ROOT = HERE.parents[1]
TOKENS = [
    b"<", b">", b"</p>", b"<table>", b'"', b"\0", b"\xff\xfe", b"{", b"}", b"[", b"]", b"\n", b"&#x110000;", b"<script>", b"<![CDATA[",
    b"charset=utf-16", b"\r\n\r\n", b"<li>", b"<ol>", b"</ol>", b"1" * 50, b"\\ud800", b"null", b"-1e999", b"<blockquote>", b"[[rule]]", b"=",
    b'{"@type":"NewsArticle","author":[[[]]],"datePublished":9}', b"\xe2\x80\xae", b"\xf0\x9f\x98\x80", b"]]>", b"was = ['a']", b"regex = ['(a+)+']",
]  # fmt: skip


def seeds_of(data: bytes, folder: Path, name: str) -> None:
    """Read and clean a file as a build does; nothing but Copydesk's own refusals may come of it."""
    path = folder / name
    path.write_bytes(data)
    for piece in pieces(path, name, 5_000_000):
        if piece.refusal is None:
            try:
                clean(piece.data, piece.name, RULES)
            except CopydeskError:
                continue


def ledger(data: bytes, folder: Path, name: str) -> None:
    """Every line stands in the ledger once, whatever the input."""
    try:
        source = read(data, name)
        labelled = label(source, RULES, Leaning.BALANCED)
    except CopydeskError:
        return
    places = [n for each in labelled for n in range(each.block.first, each.block.last + 1)]
    assert places == sorted(set(places)), "a line stands in the ledger twice"
    assert all(text.strip() == "" for n, text in enumerate(source.lines, 1) if n not in set(places)), "a line is lost"


def rendered(data: bytes, folder: Path, name: str) -> None:
    """What is rendered passes the list of what is allowed unchanged but for what the list writes otherwise."""
    try:
        article = clean(data, name, RULES)
    except CopydeskError:
        return
    for html in (body_html(article), feed_html(article)):
        lowered = html.lower()
        assert "<script" not in lowered and "javascript:" not in [*_links(lowered)], "something may run"
        assert safe_html(html).count("<p") == html.count("<p"), "the list takes something away"
    to_markdown(article), to_record(article), body_text(article)


def _links(html: str) -> Iterator[str]:
    for part in html.split('href="')[1:]:
        yield part.split(":")[0] + ":"


def overrides(data: bytes, folder: Path, name: str) -> None:
    """An override is read, or refused by name."""
    path = folder / "override.toml"
    path.write_bytes(data)
    try:
        parse_override(path, "override.toml")
    except CopydeskError as error:
        assert "override.toml" in str(error)


def rules(data: bytes, folder: Path, name: str) -> None:
    """A file of rules is read, or refused by name."""
    path = folder / "rules.toml"
    path.write_bytes(data)
    try:
        read_rules(path)
    except CopydeskError as error:
        assert "rules.toml" in str(error)


def _files() -> list[bytes]:
    own = [path.read_bytes() for path in sorted((ROOT / "seeds").rglob("*.*"))]
    forms = [path.read_bytes() for path in sorted((ROOT / "tests" / "forms").rglob("*.*"))]
    hostile = [seed.data for seed in bad_seeds()]
    return [data[:MOST] for data in (*own, *forms, *hostile, *map(gzip.compress, own[:2]))]


def _toml(folder: str) -> list[bytes]:
    found = [path.read_bytes() for path in sorted((ROOT / folder).rglob("*.toml"))]
    whole = b'headline = "A"\nauthors = ["B"]\ndate = 2026-01-02\nwas = ["c"]\nstatus = "hidden"\n[[keep]]\nline = 3\ntext = "x"\n[[drop]]\nline = 4\n'
    return [*found, whole]


RULES = load_rules()
TARGETS: dict[str, tuple[Callable[[bytes, Path, str], None], Callable[[], list[bytes]]]] = {
    "intake": (seeds_of, _files),
    "ledger": (ledger, _files),
    "overrides": (overrides, lambda: _toml("content/overrides")),
    "render": (rendered, _files),
    "rules": (rules, lambda: _toml("plugins/copydesk/cleaning/rules")),
}
NAMES = ("f", "f.txt", "f.html", "f.jsonl", "f.csv", "f.html.gz", "f.zst", "f.warc")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with a few bytes changed, put in, taken out, doubled."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 2, 5, 20])):
        if not changed:
            break
        place, kind = chance.randrange(len(changed)), chance.random()
        if kind < 0.3:
            changed[place] = chance.randrange(256)
        elif kind < 0.55:
            changed[place:place] = chance.choice(TOKENS)
        elif kind < 0.7:
            del changed[place : place + chance.randrange(1, 400)]
        elif kind < 0.85:
            start = chance.randrange(len(changed))
            changed[place:place] = changed[start : start + chance.randrange(1, 300)]
        elif kind < 0.92:
            del changed[place:]
        else:
            changed[place:place] = chance.choice(TOKENS) * chance.choice([1, 10, 1000])
    return bytes(changed)


def fuzz(target: str, seed: int, seconds: float, keep: Path) -> tuple[int, list[str]]:
    """Try mutations for some seconds; return how many, and what broke. Cases that break are written to `keep`."""
    run, files = TARGETS[target]
    chance, known, faults, cases = random.Random(seed), files(), [], 0
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            data, name = mutated(chance.choice(known), chance), chance.choice(NAMES)
            cases += 1
            fault = one(run, data, Path(folder), name)
            if fault:
                (keep / f"{target}-{seed}-{cases}").write_bytes(data)
                faults.append(f"{target}-{seed}-{cases} ({name}): {fault}")
    return cases, faults


def one(run: Callable[[bytes, Path, str], None], data: bytes, folder: Path, name: str) -> str:
    """Return what one case broke; empty where it broke nothing."""
    started = time.process_time()
    try:
        run(data, folder, name)
    except Exception as error:  # whatever it is, it is what is looked for
        return f"{type(error).__name__}: {error}\n{''.join(traceback.format_tb(error.__traceback__)[-2:])}"
    spent = time.process_time() - started
    return f"took {spent:.1f} s" if spent > SECONDS else ""


def guided(target: str, keep: Path) -> None:
    """Let atheris choose the mutations, until it is stopped or something breaks."""
    import atheris

    run, files = TARGETS[target]
    folder = Path(tempfile.mkdtemp())
    start = keep / f"corpus-{target}"
    start.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(files()):
        (start / str(number)).write_bytes(data)
    atheris.instrument_all()
    atheris.Setup([sys.argv[0], str(start), f"-artifact_prefix={keep}/"], lambda data: run(data, folder, "f"))
    atheris.Fuzz()


def main() -> int:
    """Run the campaign; return 0 where nothing broke."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", choices=sorted(TARGETS), action="append")
    parser.add_argument("--keep", type=Path, default=Path("output-fuzz"), help="folder for cases that break something")
    parser.add_argument("--guided", action="store_true", help="one target, by atheris")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    if options.guided:
        guided((options.target or ["intake"])[0], options.keep)
    broken = 0
    for target in options.target or sorted(TARGETS):
        cases, faults = fuzz(target, options.seed, options.seconds, options.keep)
        broken += len(faults)
        print(f"{target}: {cases:,} cases, {len(faults)} faults", *faults[:5], sep="\n  ", flush=True)
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
