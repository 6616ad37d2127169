"""The hostile corpus: builds a site from it, and prints what became of each file that did not fare as it should.

`make hostile` runs it. With Chromium it opens every page, feed and the search, with the content security policy and
without, and counts pages that ran a script, asked for another origin or were left. `--vectors FILE` takes a JSON list
of further texts that try to run a script; each is a saved page, a paragraph of a dump, and a headline.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1])]

from campaigns.corpus import EITHER, PUBLISHED, STORY, BadSeed, bad_seeds  # noqa: E402
from newsite import Built, NewSite  # noqa: E402

GOOD = 5
FAULT = "a fault in Copydesk"
"""What the report says of a seed that nobody meant to refuse."""
SECONDS, MEGABYTES = 5.0, 500
"""What one file may cost."""


def main() -> int:
    """Run the campaign; return 0 where everything is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--vectors", type=Path, help="JSON list of texts, or of records with a payload")
    parser.add_argument("--browser", action="store_true", help="open every page in Chromium")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        faults = corpus(Path(folder) / "corpus")
        built = vectors(Path(folder) / "vectors", options.vectors)
        faults += sum(FAULT in str(seed["reason"]) for seed in built.report["seeds"])
        if options.browser:
            faults += browse(built.output)
    print("everything is as it should be" if not faults else f"{faults} faults")
    return int(bool(faults))


def corpus(folder: Path) -> int:
    """Build a site from the corpus and compare; return the number of faults."""
    site, seeds = NewSite(folder), written(folder / "seeds")
    for number in range(GOOD):
        site.seed(f"good/{number}.txt", f"Good story number {number}", number)
    (folder / "seeds" / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "seeds" / "circle").symlink_to("..")
    started = time.perf_counter()
    built = site.build(SITEURL="https://news.example.org")
    print(f"{len(seeds)} files, {time.perf_counter() - started:.1f} s, exit status {built.status}")
    faults = [*compared(seeds, built), *around(folder, built)]
    for fault in faults:
        print(f"  {fault}")
    return len(faults)


def written(folder: Path) -> list[BadSeed]:
    """Write the corpus below `folder`; return the files that the system took."""
    taken = []
    for seed in bad_seeds():
        path = folder / seed.path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(seed.data)
        except (OSError, ValueError):
            continue  # a name that this system can't have
        taken.append(seed)
    return taken


def compared(seeds: list[BadSeed], built: Built) -> Iterator[str]:
    """Yield what did not become of files what should have."""
    pages = "\n".join(path.read_text("utf-8") for path in (built.output / "articles").glob("*.html"))
    reports = {seed["seed"]: seed for seed in built.report["seeds"]}
    count: Counter[str] = Counter()
    for seed in seeds:
        own = [report for name, report in reports.items() if name == seed.path or name.startswith(f"{seed.path}#")]
        became = sorted({report["status"] for report in own}) or ["nothing"]
        count.update(became)
        for report in own:
            if report["status"] == "refused" and not report["reason"]:
                yield f"{seed.path!r}: refused without a reason"
        if seed.expected != EITHER and seed.expected not in became:
            yield f"{seed.path!r}: {', '.join(became)}, not {seed.expected}: {own[0]['reason'] if own else ''}"
        if seed.marker and PUBLISHED in became and seed.marker not in pages:
            yield f"{seed.path!r}: its text is lost"
    print(", ".join(f"{number} {name}" for name, number in sorted(count.items())))
    for number in range(GOOD):
        if f"Good story number {number}" not in pages:
            yield f"good/{number}.txt is lost"


def around(folder: Path, built: Built) -> Iterator[str]:
    """Yield files outside the site that should not be there, and orders that were followed."""
    if list(folder.rglob("owned*")) or Path("/tmp/owned").exists():
        yield "a file was written outside the site"
    text = "\n".join(path.read_text("utf-8") for path in built.output.rglob("*.html"))
    if "root:x:0" in text:
        yield "a file of the system was published"
    if str(folder) in text:
        yield "the site tells where it was built"


def vectors(folder: Path, more: Path | None) -> Built:
    """Build a site whose seeds try to run scripts, in nine places each."""
    texts = (Path(__file__).parents[1] / "browser" / "vectors.txt").read_text("utf-8").splitlines()
    for entry in json.loads(more.read_text("utf-8")) if more else ():
        texts.append(entry["payload"] if isinstance(entry, dict) else entry)
    site = NewSite(folder)
    site.settings("COPYDESK_SAME_STORY = 100  # each vector has a page of its own")
    story = STORY.replace("{marker}", "Harrow Bay")
    for number, text in enumerate(texts):
        page = (
            f"<!doctype html><title>Vector {number}</title><h1>Vector {number}</h1><p>{story}</p>{text}<p>{story}</p>"
        )
        site.write(f"seeds/page/{number}.html", page)
        site.write(f"seeds/www.vectors.example/{number}/index.html", mirrored(number, text, story))
        site.write(f"seeds/paragraph/{number}.txt", f"Paragraph {number}\n\n{story}\n\n{text}\n\n{story} {text}\n")
        site.write(f"seeds/headline/{number}.txt", f"{text}\n\n{story}\n\nNumber {number} of them, the council said.\n")
        marked = f"[words]({text}) ![words]({text}) [words]: {text}"
        markdown = f"# Marked {number} {text}\n\nNumber {number}. {story}\n\n## {text}\n\n{story} {marked}\n"
        site.write(f"seeds/markdown/{number}.md", markdown)
        site.write(f"seeds/agency/{number}.xml", agency(number, text, story))
    site.write("seeds/export.xml", export(texts, story))
    site.write(
        "seeds/rows.xml", f"<rows>{''.join(row(number, text, story) for number, text in enumerate(texts))}</rows>"
    )
    site.write("seeds/answer.json", json.dumps({"response": {"results": list(answers(texts, story))}}))
    built = site.build(SITEURL="")
    published = sum(seed["status"] == "published" for seed in built.report["seeds"])
    for seed in built.report["seeds"]:
        if seed["status"] != "published":
            print(f"  {seed['reason']}")
    print(f"{len(texts)} vectors in 9 places: {published} of {len(built.report['seeds'])} published")
    return built


def mirrored(number: int, text: str, story: str) -> str:
    """Return a page of a mirror that has a vector as its section, its picture's address and words, and in its text."""
    told = escape(text, {'"': "&quot;"})
    head = f'<meta property="og:type" content="article"><meta property="article:section" content="{told}">'
    shown = f'<figure><img src="{told}" alt="{told}"><figcaption>{told}</figcaption></figure>'
    body = f"<h1>Mirrored {number}</h1><p>{story} Copy {number}.</p>{shown}<p>{told}</p><p>{story}</p>"
    return f"<!doctype html><html><head>{head}</head><body><article>{body}</article></body></html>"


def agency(number: int, text: str, story: str) -> str:
    """Return an article in NITF that holds a vector as elements and as texts, as attributes and as facts."""
    told = escape(text)
    head = f'<head><pubdata ex-ref="{told}" position.section="{told}"/></head>'
    line = f"<hedline><hl1>Agency {number} {told}</hl1></hedline><byline><person>{told}</person></byline>"
    link = f'<a href="{told}">{told}</a><media><media-reference source="{told}"/></media>'
    body = f"<body.content><p>{story}</p>{link}{text}<p>{story}</p></body.content>"
    return f"<nitf>{head}<body><body.head>{line}</body.head>{body}</body></nitf>"


def row(number: int, text: str, story: str) -> str:
    """Return an article as an element that has a vector as a text, as an attribute and as facts."""
    told = escape("".join(filter(str.isprintable, text)), {'"': "&quot;"})
    facts = f"<title>Row {number} {told}</title><author>{told}</author><section>{told}</section><dek>{told}</dek>"
    return f'<row url="{told}">{facts}<text><p>{story} {number}</p><p>{told}</p><p>{story}</p></text></row>'


def answers(texts: Sequence[str], story: str) -> Iterator[dict[str, object]]:
    """Yield articles as an interface answers them, with a vector as every fact and in the text."""
    for number, text in enumerate(texts):
        fields = {"body": f"<p>{story} {number}</p>{text}<p>{story} {text}</p>", "byline": text, "trailText": text}
        yield {
            "webTitle": f"Answer {number} {text}",
            "webUrl": text,
            "sectionName": text,
            "lang": text,
            "fields": fields,
        }


def export(texts: Sequence[str], story: str) -> str:
    """Return an export of WordPress with a post for each vector, which is its title, author, category, tag and text."""
    items = []
    for number, text in enumerate(texts):
        whole = f"{story}\n\n{text} {number}\n\n[caption id='{text}']<img src='{text}'>{text}[/caption]\n\n{text}"
        told = escape(text)
        items.append(
            f"<wp:author><wp:author_login>a{number}</wp:author_login>"
            f"<wp:author_display_name>{told}</wp:author_display_name></wp:author>"
            f"<item><title>Post {number} {told}</title><link>{told}</link><dc:creator>a{number}</dc:creator>"
            f'<category domain="category">{told}</category><category domain="post_tag">{told}</category>'
            f"<content:encoded>{escape(whole)}</content:encoded><wp:status>publish</wp:status></item>"
        )
    names = " ".join(
        f'xmlns:{name}="{address}"'
        for name, address in (
            ("wp", "http://wordpress.org/export/1.2/"),
            ("dc", "http://purl.org/dc/elements/1.1/"),
            ("content", "http://purl.org/rss/1.0/modules/content/"),
        )
    )
    return f"<rss {names}><channel>{''.join(items)}</channel></rss>"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without telling."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Write nothing."""


def browse(output: Path) -> int:
    """Open everything in Chromium, with the content security policy and without; return the number of bad pages."""
    from playwright.sync_api import sync_playwright

    from browser.conftest import NAMES, shutil

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_address[1]}/"
    paths = [path.relative_to(output).as_posix() for path in sorted(output.rglob("*.html"))]
    paths += [path.relative_to(output).as_posix() for path in sorted(output.glob("feeds/all*.xml"))]
    paths += ["search.html?q=script", "search.html?q=alert", "search.html?q=img"]
    bad = 0
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, NAMES)), None) or playwright.chromium.executable_path
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for without_policy in (False, True):
            context = chromium.new_context(bypass_csp=without_policy, service_workers="block")
            page = context.new_page()
            seen: list[str] = []
            page.on("dialog", partial(_dismissed, seen))
            page.on("request", partial(_noted, seen, root))
            for path in paths:
                seen.clear()
                page.goto(root + path)
                page.evaluate("document.querySelectorAll('*').forEach(each => each.dispatchEvent(new Event('focus')))")
                page.wait_for_timeout(300 if "?q=" in path else 5)
                if seen or page.url.split("?")[0] != (root + path).split("?")[0] or page.title() == "RAN":
                    bad += 1
                    print(f"  {path}: {seen or page.url}")
            context.close()
        chromium.close()
    server.shutdown()
    print(f"{len(paths)} pages opened twice, with the policy and without: {bad} ran a script or left the site")
    return bad


def _dismissed(seen: list[str], dialog: Any) -> None:
    seen.append("dialog")
    dialog.dismiss()


def _noted(seen: list[str], root: str, request: Any) -> None:
    if not request.url.startswith((root, "data:", "blob:")):
        seen.append(request.url)


if __name__ == "__main__":
    sys.exit(main())
