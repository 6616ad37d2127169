"""A newsroom's day: a site is edited at random, as editors, scrapers, theme makers and disks do it."""

from __future__ import annotations

import csv
import io
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from xml.sax.saxutils import escape

from copydesk.site.addresses import slug_of
from newhistory import HISTORY
from newpicture import photograph
from newsite import NewSite

Line = TypeVar("Line")

MIRROR = "seeds/www.herald.example"
"""Folder of a copied site."""
FOREIGN = "foreign-"
"""Begins the names of files that somebody else puts into the site."""
BUILT = 1_750_000_000
"""Seconds since 1970 that edited files are dated with: what changes without its date and size must show as well."""

WORDS = (
    "harbour council ferry tide bridge mayor budget school nurse trawler lantern meadow orchard granite railway pilot "
    "museum violin glacier harvest customs judge archive pottery beacon quarry chapel market weaver falcon plough"
).split()
NAMES = ("Ada Pell", "Jonas Wick", "Mira Holt", "Jane O'Brien", "Zoë Brandt")
HOSTS = ("https://herald.example", "https://www.courier.example", "http://wire.example")
SHARED = (
    "Read also what our correspondents in the harbour towns have seen",
    "The Evening Letter brings the stories of the bay to you at six",
    "Reporting for this story was paid for by the readers of the paper",
)
"""Lines that several stories have: furniture from the third page on, and text before."""
RECORDS = (
    "documents.json",
    "templates.json",
    "last-build.json",
    "spare.json",
    "report.json",
    "manifest.json",
    "contents.json",
)
TEMPLATES = ("article.html", "index.html", "tag.html", "listing.html", "partials/card.html", "partials/footer.html")
SETTINGS = (
    "DEFAULT_PAGINATION = {}",
    "COPYDESK_RELATED = {}",
    "COPYDESK_NAV_SECTIONS = {}",
    "SITESUBTITLE = 'Number {}'",
    "FEED_MAX_ITEMS = {}",
    "COPYDESK_MIN_TAG_ARTICLES = {} % 3 + 1",
    "COPYDESK_SAME_STORY = 40 + 7 * {}",
    "COPYDESK_CLEANING = ('careful', 'balanced', 'strict')[{} % 3]",
    "COPYDESK_DEFAULT_SECTION = 'Part {}'",
    "COPYDESK_LOOK = ('courier', 'wire', 'review')[{} % 3]",
    "COPYDESK_CANONICAL = ('self', 'original', 'noindex')[{} % 3]",
    "COPYDESK_REMOTE_PICTURES = ('link', 'leave out')[{} % 2]",
    "COPYDESK_FEED_ARCHIVES = ('all', 'site', 'none')[{} % 3]",
    "COPYDESK_LANGUAGE_FEED = ('', 'feeds/languages/{{slug}}.rss.xml')[{} % 2]",
    "COPYDESK_MONTH_PAGES = ('', 'archive/{{month}}.html', 'months/{{month}}.html')[{} % 3]",
    "COPYDESK_SOURCE_CANONICAL = ('herald.example=' + ('original', 'noindex')[{} % 2],)",
    "SITEURL = ('https://one.example', 'https://two.example/news')[{} % 2]",
    "COPYDESK_SEARCH = {} % 4 > 0",
    "COPYDESK_ANCHORS = {} % 2 > 0",
    "COPYDESK_OFFLINE = {} % 2 > 0",
    "TIMEZONE = ('UTC', 'Asia/Tokyo', 'America/Lima')[{} % 3]",
    "DEFAULT_LANG = ('en', 'de')[{} % 2]",
    "ARTICLE_ORDER_BY = ('reversed-date', 'date', 'title')[{} % 3]",
    "ARTICLE_URL = ARTICLE_SAVE_AS = ('articles', 'stories')[{} % 2] + '/{{slug}}.html'",
)
GROUPS = (
    'tags = ["Tag {}"]',
    'tags = ["Salt & Sea {}", "Tag {}"]',
    'section = "Part {}"',
    'authors = ["Jane O\'Brien", "Ann Hale {}"]',
    'status = "hidden" # {}',
    'status = "withdrawn" # {}',
    'was = ["old-{}"]',
    "date = 2026-02-1{}",
    "updated = 2026-03-1{}",
    'dek = "Below the headline {}"',
    'language = "de" # {}',
    'canonical = "noindex" # {}',
    'headline = "Corrected {}"',
    "[[drop]]\nline = 5 # {}",
    "[[keep]]\nline = 1{}",
    '[[keep]]\nline = 7 # {}\nrole = "heading"',
    '[[drop]]\npicture = "p.jpg" # {}',
    "tags = {}",
    "unknown = {}",
)
"""Lines of overrides, of which the last two are mistakes."""


def tale(number: int, version: int) -> str:
    """A story like no other; versions of one differ in a paragraph."""
    return "\n\n".join(["Menu", headline(number), *paragraphs(number, version), "Share this article"]) + "\n"


def headline(number: int) -> str:
    """The headline of a tale."""
    return f"Story {number}: {' '.join(random.Random(number).sample(WORDS, 4))}"


def paragraphs(number: int, version: int) -> list[str]:
    """The text of a tale."""
    rng = random.Random(number)
    rng.sample(WORDS, 4)
    found = []
    for place in range(7):
        words = [rng.choice(WORDS) for _ in range(28)]
        more = f" The {WORDS[version % len(WORDS)]} was counted {version} times that week." if place == 3 else ""
        found.append(f"The {' '.join(words[:14])}, said the {' '.join(words[14:])} on Tuesday.{more}")
    return found


def scrape(rng: random.Random) -> str:
    """A tale at random, now and then with facts, section heads, names, and lines that other tales have as well."""
    number = rng.randrange(40)
    text = paragraphs(number, rng.randrange(100))
    if rng.random() < 0.3:
        text.insert(0, f"By {rng.choice(NAMES)}")
    if rng.random() < 0.3:
        text.insert(0, f"{rng.randrange(1, 29)} March 202{rng.randrange(4, 7)}")
    if rng.random() < 0.3:
        text.insert(4, f"What the {rng.choice(WORDS)} said")
    for line in SHARED:
        if rng.random() < 0.2:
            text.insert(rng.choice((2, len(text))), line)
    if rng.random() < 0.4:
        text.append(f"{rng.choice(NAMES)} told the Harbour Board, and {rng.choice(NAMES)} agreed on Friday.")
    return "\n\n".join(["Menu", headline(number), *text, "Share this article"]) + "\n"


def edit(site: NewSite, rng: random.Random, step: int) -> str:
    """Change something at random, and tell what."""
    if rng.random() < 0.08:
        return "+".join(edit(site, rng, 100 * step + number) for number in range(3))
    (kinds,) = rng.choices((STORIES, SURROUNDINGS, HISTORY), (62, 26, 12))
    kind = rng.choice(sorted(kinds))
    kinds[kind](site, rng, step)
    return kind


def _dumps(site: NewSite) -> list[Path]:
    """The text dumps of a site; three at least are there."""
    while len(found := sorted((site.folder / "seeds").rglob("*.txt"))) < 3:
        site.write(f"seeds/more-{len(found)}.txt", tale(50 + len(found), 0))
    return found


def _name(site: NewSite, rng: random.Random) -> str:
    """The name of a text dump."""
    return rng.choice(_dumps(site)).relative_to(site.folder / "seeds").as_posix()


def _add(site: NewSite, rng: random.Random, step: int) -> None:
    site.write(f"seeds/{rng.choice(['', 'world/', 'local/'])}{step}.txt", scrape(rng))


def _edit(site: NewSite, rng: random.Random, step: int) -> None:
    site.write(f"seeds/{_name(site, rng)}", scrape(rng))


def _remove(site: NewSite, rng: random.Random, step: int) -> None:
    rng.choice(_dumps(site)).unlink()


def _rename(site: NewSite, rng: random.Random, step: int) -> None:
    rng.choice(_dumps(site)).rename(site.folder / "seeds" / f"renamed-{step}.txt")


def _move(site: NewSite, rng: random.Random, step: int) -> None:
    """Move a dump with its override into another section."""
    path, target = rng.choice(_dumps(site)), site.folder / "seeds" / rng.choice(["world", "local", "new"])
    override = site.folder / "content/overrides" / path.relative_to(site.folder / "seeds").with_suffix(".toml")
    target.mkdir(exist_ok=True)
    path.rename(target / path.name)
    if override.exists():
        (site.folder / "content/overrides" / target.name).mkdir(exist_ok=True)
        override.rename(site.folder / "content/overrides" / target.name / override.name)


def _touch(site: NewSite, rng: random.Random, step: int) -> None:
    os.utime(rng.choice(_dumps(site)), (BUILT + step, BUILT + step))


def check_out_anew(site: NewSite) -> None:
    """Write all of a site's files anew, as a clone does: they hold what they held, and look otherwise.

    Their days stay: without commits, they tell when stories were first seen.
    """
    for path in sorted(site.folder.rglob("*")):
        top = path.relative_to(site.folder).parts[0]
        if path.is_file() and not path.is_symlink() and not top.startswith(".") and top not in ("output", "plugins"):
            data, times = path.read_bytes(), path.stat()
            path.unlink()
            path.write_bytes(data)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _clone(site: NewSite, rng: random.Random, step: int) -> None:
    check_out_anew(site)


def _twin(site: NewSite, rng: random.Random, step: int) -> None:
    """Write another scrape of a story that is there."""
    told = rng.choice(_dumps(site)).read_text("utf-8")
    site.write(f"seeds/twin-{rng.randrange(4)}.txt", told.replace("Tuesday", rng.choice(["Tuesday", "Monday"])))


def _namesake(site: NewSite, rng: random.Random, step: int) -> None:
    """Write another story under a headline that is there: as it is, or with what tells its story from a namesake."""
    name = rng.choice(sorted(path.name for path in (site.folder / "output/articles").glob("*.html")) or ["none.html"])
    head = rng.choice([headline(rng.randrange(6)), headline(rng.randrange(6)), name.removesuffix(".html")])
    text = "\n\n".join(["Menu", head, *paragraphs(60 + rng.randrange(9), step), "Share this article"])
    site.write(f"seeds/{rng.choice(['', 'world/'])}namesake-{rng.randrange(5)}.txt", f"{text}\n")


def _bad(site: NewSite, rng: random.Random, step: int) -> None:
    """Write a seed that is refused, or a story in its place."""
    data = rng.choice([b"", b"\x00\x01\x02" * 50, b"%PDF-1.7\n", b'{"a": ', scrape(rng).encode()])
    site.write(f"seeds/local/bad-{rng.randrange(2)}.dat", data)


def _override(site: NewSite, rng: random.Random, step: int) -> None:
    chosen = sorted(rng.sample(GROUPS, rng.choice((1, 1, 2, 3))), key=lambda line: line.startswith("[["))
    told = "\n".join(line.replace("{}", str(rng.randrange(4))) for line in chosen)
    name = rng.choice([_name(site, rng), f"saved-{rng.randrange(2)}.html"])
    site.write(f"content/overrides/{Path(name).with_suffix('.toml').as_posix()}", told)


def _forgive(site: NewSite, rng: random.Random, step: int) -> None:
    """Take an override away."""
    found = sorted((site.folder / "content/overrides").rglob("*.toml"))
    rng.choice(found).unlink() if found else None


def _piece_override(site: NewSite, rng: random.Random, step: int) -> None:
    told = rng.choice([f'headline = "Corrected {step}"', 'status = "withdrawn"', "tags = 3", "", "[[drop]]\nline = 2"])
    file = rng.choice(["world/records.jsonl", "export.xml", "table.csv"])
    site.write(f"content/overrides/{file}#{rng.randrange(1, 6)}.toml", told)


def _hand(site: NewSite, rng: random.Random, step: int) -> None:
    told = rng.choice([
        "",
        "Status: hidden\n",
        "Status: draft\n",
        f"Was: older-{step}\n",
        f"Seed: {_name(site, rng)}\n",
        f"Seed: world/records.jsonl#{rng.randrange(1, 4)}\n",
        f"Id: urn:uuid:{rng.randrange(2)}\n",
        f"Slug: {slug_of(headline(rng.randrange(40)))}\n",
        f"Save_as: articles/{slug_of(headline(rng.randrange(40)))}.html\n",
        f"Tags: {', '.join(rng.sample(WORDS, 5))}\n",
        "Tags: Tag 1, Salt & Sea 2\nAuthors: Jane O'Brien; Ada Pell\nDek: Below\n",
        "Slug: told-twice\nLang: de\n",
        "Slug: told-twice\nLang: en\n",
        "Category: Part 1\nModified: 2026-04-01\n",
        "Date: never\n",
    ])  # fmt: skip
    day = rng.choice(["2026-02-03", "2026-02-03", "2026-03-05 10:00", "2025-11-02", ""])
    dated = f"Date: {day}\n" if day else ""
    head = f"Title: By hand {rng.choice([step, 3])}\n{dated}{told}"
    picture = "\n![A lantern]({static}/images/lantern.jpg)\n" if rng.random() < 0.3 else ""
    if picture and rng.random() < 0.9:
        site.write("content/images/lantern.jpg", photograph(400 + 20 * rng.randrange(3), 300))
    site.write(f"content/hand-{rng.randrange(3)}.md", f"{head}\nText {step}.\n\n## A head\n{picture}\nMore.\n")


def _unhand(site: NewSite, rng: random.Random, step: int) -> None:
    """Take a story by hand or its picture away."""
    found = sorted((site.folder / "content").glob("hand-*.md")) + sorted((site.folder / "content/images").glob("*"))
    rng.choice(found).unlink() if found else None


def _page(site: NewSite, rng: random.Random, step: int) -> None:
    head = f"Title: Page {rng.randrange(3)}\n{rng.choice(['', 'Status: hidden', 'Status: draft'])}"
    site.write(f"content/pages/page-{rng.randrange(2)}.md", f"{head.strip()}\n\nText {step}.\n")


def _records(site: NewSite, rng: random.Random, step: int) -> None:
    path = site.folder / "seeds/world/records.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    facts = {
        "url": f"{rng.choice(HOSTS)}/{rng.randrange(9)}",
        "date": f"2026-0{rng.randrange(1, 9)}-11T0{rng.randrange(9)}:00:00+02:00",
        "authors": rng.sample(NAMES, 2),
        "language": rng.choice(["en", "de", "ja"]),
        "section": f"Part {rng.randrange(3)}",
        "tags": [f"Tag {rng.randrange(3)}"],
    }
    told = {name: facts[name] for name in rng.sample(sorted(facts), rng.randrange(4))}
    record = {"text": scrape(rng), **told} if rng.random() < 0.9 else {"nothing": step}
    lines = _one_changed(rng, lines, json.dumps(record))
    site.write("seeds/world/records.jsonl", "".join(f"{line}\n" for line in lines) or "{}\n")


def _table(site: NewSite, rng: random.Random, step: int) -> None:
    path = site.folder / "seeds/table.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))[1:] if path.exists() else []
    row = [f"{rng.choice(HOSTS)}/{rng.randrange(9)}", headline(step), scrape(rng), f"2025-1{rng.randrange(3)}-02"]
    text = io.StringIO()
    csv.writer(text).writerows([["url", "title", "text", "date"], *_one_changed(rng, rows, row)])
    site.write("seeds/table.csv", text.getvalue())


def _export(site: NewSite, rng: random.Random, step: int) -> None:
    """Change an export of WordPress: posts come, change, go, are drafts; a picture lies beside it, or not."""
    path = site.folder / "seeds/export.xml"
    items = path.read_text("utf-8").split("<!--item-->")[1:-1] if path.exists() else []
    number = rng.randrange(40)
    body = [f"<p>{text}</p>" for text in paragraphs(number, rng.randrange(100))]
    if rng.random() < 0.5:
        body.insert(2, '<img src="https://blog.example/wp-content/uploads/2026/p.jpg" alt="A lantern">')
    item = (
        f"<item><title>{headline(number)}</title><link>https://blog.example/{number}</link>"
        f"<dc:creator>ada</dc:creator><content:encoded><![CDATA[{''.join(body)}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2026-03-0{rng.randrange(1, 9)} 08:00:00</wp:post_date_gmt>"
        f"<wp:status>{rng.choice(['publish', 'publish', 'draft'])}</wp:status><wp:post_type>post</wp:post_type>"
        f'<category domain="category" nicename="p"><![CDATA[Part {rng.randrange(3)}]]></category>'
        f'<category domain="post_tag" nicename="t"><![CDATA[Tag {rng.randrange(3)}]]></category></item>'
    )
    told = "".join(f"<!--item-->{one}" for one in _one_changed(rng, items, item))
    author = escape(rng.choice(NAMES[:2]))
    site.write("seeds/export.xml", WXR.format(author=author, items=told))
    if rng.random() < 0.5:
        site.write("seeds/export_files/2026/p.jpg", photograph(500 + 20 * rng.randrange(3), 300))


WXR = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Bay</title>'
    "<link>https://blog.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>ada"
    "</wp:author_login><wp:author_display_name>{author}</wp:author_display_name></wp:author>\n"
    "{items}<!--item--></channel></rss>\n"
)


def _one_changed(rng: random.Random, lines: list[Line], line: Line) -> list[Line]:
    """One of several comes, at the end or before others; one changes; or one goes."""
    place = rng.randrange(len(lines) + 1)
    if place < len(lines) and rng.random() < 0.6:
        lines[place : place + 1] = [line] if rng.random() < 0.7 else []
    elif len(lines) < 6:
        lines.insert(place if rng.random() < 0.3 else len(lines), line)
    return lines


def _saved(site: NewSite, rng: random.Random, step: int) -> None:
    """Change a saved page with its picture."""
    page = f"seeds/saved-{rng.randrange(2)}"
    write_saved(site, page, scrape(rng), f"Number {rng.randrange(3)}")
    _picture(site, rng, page)


def _repicture(site: NewSite, rng: random.Random, step: int) -> None:
    """Change the picture of a saved page alone."""
    _picture(site, rng, f"seeds/saved-{rng.randrange(2)}")


def _unpicture(site: NewSite, rng: random.Random, step: int) -> None:
    (site.folder / f"seeds/saved-{rng.randrange(2)}_files/p.jpg").unlink(missing_ok=True)


def _picture(site: NewSite, rng: random.Random, page: str) -> None:
    site.write(f"{page}_files/p.jpg", photograph(500 + 20 * rng.randrange(4), 300))


def write_saved(site: NewSite, page: str, text: str, shown: str) -> None:
    """Write a saved page that shows a picture, p.jpg in the folder beside it."""
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    figure = f'<figure><img src="{Path(page).name}_files/p.jpg" alt="{shown}"></figure>'
    site.write(f"{page}.html", f"<html><body><article>{body}{figure}{body}</article></body></html>")


def _mirror(site: NewSite, rng: random.Random, step: int) -> None:
    """Change a page of a mirror: a story with a picture or without, a list, a feed, a style; or take it away."""
    place = rng.choice(["", "world/", "world/2026/tide/", "nets/"]) + rng.choice(["index.html", "index.html", "a.html"])
    path = site.folder / MIRROR / place
    if path.exists() and rng.random() < 0.2:
        path.unlink()
        return
    picture = (
        f'<figure><img src="/images/{rng.randrange(3)}.jpg" alt="The quay"></figure>' if rng.random() < 0.6 else ""
    )
    body = "".join(f"<p>{line}</p>" for line in scrape(rng).splitlines() if line)
    section = f'<meta property="article:section" content="Part {rng.randrange(3)}">' if rng.random() < 0.3 else ""
    teasers = "".join(f'<h2><a href="/{n}">Story {n} of the bay</a></h2>' for n in range(rng.randrange(8, 12)))
    text = teasers if rng.random() < 0.3 else f"<article>{body}{picture}{body}</article>"
    site.write(f"{MIRROR}/{place}", f"<html><head>{section}</head><body>{text}</body></html>")
    if rng.random() < 0.3:
        site.write(f"{MIRROR}/site.css", f"p {{ margin: {step}px }}")
        site.write(f"{MIRROR}/feed.xml", f"<rss><channel><item><title>Story {step}</title></item></channel></rss>")


def _mirror_picture(site: NewSite, rng: random.Random, step: int) -> None:
    """Change a picture of a mirror, or take it away."""
    path = f"{MIRROR}/images/{rng.randrange(3)}.jpg"
    if (site.folder / path).exists() and rng.random() < 0.3:
        (site.folder / path).unlink()
    else:
        site.write(path, photograph(500 + 20 * rng.randrange(4), 300))


def _setting(site: NewSite, rng: random.Random, step: int) -> None:
    site.settings(rng.choice(SETTINGS).replace("{}", str(rng.randrange(2, 9))).replace("{{", "{").replace("}}", "}"))


def _template(site: NewSite, rng: random.Random, step: int) -> None:
    template = site.folder / "theme/templates" / rng.choice(TEMPLATES)
    template.write_text(template.read_text() + f"{{# {step} #}}<!-- {step} {{{{ SITENAME }}}} -->")


def _style(site: NewSite, rng: random.Random, step: int) -> None:
    site.write("theme/static/css/extra.css", f"p {{ margin: {step}px }}")


def _static(site: NewSite, rng: random.Random, step: int) -> None:
    """Change a file that is taken into the site as it is; or take it away."""
    path = site.write("content/extra/notes.txt", f"Note {step}")
    path.unlink() if rng.random() < 0.3 else None


def _rule(site: NewSite, rng: random.Random, step: int) -> None:
    word = rng.choice(WORDS).capitalize()
    start = rng.choice([f"Work {step}", "By A", f"What the {word.lower()}", SHARED[0][:14]])
    examples = f'drops = ["{start} is here."]\nkeeps = ["A."]\n'
    rule = f'[[rule]]\nid = "own"\nwhy = "x"\ndrop = "line"\nstarts = ["{start}"]\n{examples}'
    site.write("content/rules/own.toml", rule if rng.random() < 0.8 else "")


def _output(site: NewSite, rng: random.Random, step: int) -> None:
    """Somebody else changes a page of the site, or takes it away."""
    file = rng.choice(sorted((site.folder / "output").rglob("*.html")))
    file.write_text("somebody else was here") if rng.random() < 0.5 else file.unlink()


def _foreign(site: NewSite, rng: random.Random, step: int) -> None:
    (site.folder / "output" / f"{FOREIGN}{rng.randrange(3)}.txt").write_text(f"verification {step}")


def _spare(site: NewSite, rng: random.Random, step: int) -> None:
    files = sorted((site.folder / ".output.spare").rglob("*.html"))
    rng.choice(files).unlink() if files else None


def _damage(site: NewSite, rng: random.Random, step: int) -> None:
    _cut(site, rng, rng.choice(["store.sqlite", "stories.sqlite"]))


def _forget(site: NewSite, rng: random.Random, step: int) -> None:
    _cut(site, rng, rng.choice(RECORDS))


def _cut(site: NewSite, rng: random.Random, name: str) -> None:
    """Leave the beginning of one of Copydesk's own records."""
    record = site.folder / ".copydesk" / name
    if record.exists():
        record.write_bytes(record.read_bytes()[: rng.randrange(4096)])


Edit = Callable[[NewSite, random.Random, int], None]

STORIES: dict[str, Edit] = {
    "add": _add,
    "edit": _edit,
    "edit another": _edit,
    "remove": _remove,
    "rename": _rename,
    "move": _move,
    "touch": _touch,
    "clone": _clone,
    "twin": _twin,
    "namesake": _namesake,
    "bad": _bad,
    "override": _override,
    "override another": _override,
    "forgive": _forgive,
    "override of a piece": _piece_override,
    "hand": _hand,
    "hand another": _hand,
    "unhand": _unhand,
    "page": _page,
    "records": _records,
    "table": _table,
    "export": _export,
    "mirror": _mirror,
    "mirror another": _mirror,
    "mirror's picture": _mirror_picture,
    "saved": _saved,
    "repicture": _repicture,
    "unpicture": _unpicture,
}
SURROUNDINGS: dict[str, Edit] = {
    "setting": _setting,
    "setting too": _setting,
    "template": _template,
    "style": _style,
    "static": _static,
    "rule": _rule,
    "output": _output,
    "foreign": _foreign,
    "spare": _spare,
    "damage": _damage,
    "forget": _forget,
}
