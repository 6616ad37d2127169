"""Every setting of Copydesk: its name in the configuration, type, default and meaning, declared once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from copydesk.errors import SettingError

PREFIX = "COPYDESK_"
BUILD = "_COPYDESK_BUILD"
"""Where the state of a site's builds hangs in Pelican's settings, which all handlers can reach."""

FACTS = ("text", "html", "title", "url", "published", "updated", "authors", "language", "section", "topics", "dek")
"""What a record can tell of an article."""

CHOICES = {
    "cleaning": ("careful", "balanced", "strict"),
    "canonical": ("self", "original", "noindex"),
    "ai_crawlers": ("allow", "refuse"),
    "feed_archives": ("all", "site", "none"),
    "look": ("courier", "wire", "review"),
    "remote_pictures": ("link", "leave out"),
}
"""The values that a setting may have, where not all texts make sense."""

NEEDED = {
    "source_feed": "{slug}",
    "language_feed": "{slug}",
    "month_pages": "{month}",
    "source_pages": "{slug}",
}
"""What a path must hold, so that no two files have the same one."""

_ADDRESS = re.compile(r"https?://[^/\s]+", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a site; a field `name` is `COPYDESK_NAME` in `pelican.conf.py`.

    Folders are relative to the folder that holds Pelican's PATH.
    """

    seeds: str = "seeds"
    overrides: str = "content/overrides"
    rules: tuple[str, ...] = ("content/rules",)
    cleaning: str = "balanced"
    fields: tuple[str, ...] = ()
    remote_pictures: str = "link"
    state: str = ".copydesk"
    default_section: str = "News"
    max_bytes: int = 20_000_000
    min_tag_articles: int = 2
    same_story: int = 80
    fail_on_refused: bool = True
    atomic: bool = True
    anchors: bool = True
    site_files: bool = True
    cname: str = ""
    json_feeds: bool = True
    feed_archives: str = "site"
    source_feed: str = ""
    language_feed: str = ""
    hub: str = ""
    rights: str = ""
    canonical: str = "self"
    source_canonical: tuple[str, ...] = ()
    ai_crawlers: str = "allow"
    news_sitemap: bool = True
    look: str = "courier"
    css: str = ""
    nav_sections: int = 14
    search: bool = True
    search_volume: int = 512
    offline: bool = True
    social_cards: bool = True
    related: int = 4
    month_pages: str = "archive/{month}.html"
    source_pages: str = "sources/{slug}.html"

    def field_names(self) -> tuple[tuple[str, str], ...]:
        """Return the facts with the fields that a site's own records have them in."""
        return tuple((fact, own) for fact, _, own in (entry.partition("=") for entry in self.fields))


MEANING = {
    "seeds": "Folder of the scraped articles; folders in it are sections of the site.",
    "overrides": "Folder of the editor's corrections, one TOML file a seed.",
    "rules": "Folders with cleaning rules of your own, TOML files; one that is missing is passed over.",
    "fields": "What records (JSON, CSV) of yours call a fact, as `fact=field`: `text=story_body`; the facts are text, "
    "html, title, url, published, updated, authors, language, section, topics, dek.",
    "remote_pictures": "What becomes of a saved page's pictures whose files are on other sites; no page of yours ever "
    "loads them: link, a link with the caption or the picture's words; leave out.",
    "cleaning": "Where unsure lines go: careful keeps more of them, strict fewer; balanced is for publishing.",
    "state": "Folder of Copydesk's own records: the build's report, the list of published files.",
    "default_section": "Section of seeds that stand in no folder.",
    "max_bytes": "Largest seed that is read, in bytes.",
    "min_tag_articles": "A topic (name, term, word of the title) has a page of its own where so many articles have it.",
    "same_story": "Percent of five-word runs that two scrapes with headlines alike must share to be taken for one "
    "story, of which the fullest is published; 100: only texts that are the same word for word.",
    "fail_on_refused": "Whether a build that refused something ends with exit status 1.",
    "atomic": "Whether the site is built aside and put in its place in one step.",
    "anchors": "Whether section heads of hand-written articles and pages get a link to copy.",
    "site_files": "Whether sitemap.xml, robots.txt, CNAME, .nojekyll, provenance.json, feeds/feeds.opml are written.",
    "json_feeds": "Whether each feed is also written as JSON Feed, beside it.",
    "feed_archives": "Which feeds have archived ones beside them for what is too old for them (RFC 5005): all; "
    "site, those of the whole site; none.",
    "source_feed": "Path of a feed for each source that texts were scraped from, as `feeds/sources/{slug}.atom.xml`; "
    "empty for none. It is RSS where the path says so.",
    "language_feed": "Path of a feed for each language, such as `feeds/languages/{slug}.rss.xml`; empty for none.",
    "hub": "Address of a WebSub hub that feeds name; empty for none.",
    "rights": "A line on copyright for the feeds; empty for none.",
    "canonical": "Which page of a scraped text search engines shall take for the original: self, the page itself; "
    "original, the one that it was scraped from; noindex, none: the page stays out of their index.",
    "source_canonical": "The same for single sources, as `host=choice`: `agency.example=noindex`.",
    "ai_crawlers": "Whether robots.txt lets crawlers that gather text for language models in: allow or refuse.",
    "news_sitemap": "Whether sitemap-news.xml lists the articles of the last 48 hours.",
    "look": "How the theme looks: courier, a newspaper in serif; wire, dense and sans serif; review, a magazine.",
    "css": "A style sheet of the site's own, added to the theme's; empty for none.",
    "nav_sections": "Sections that the masthead and the front page name at most, the largest; all are in their list.",
    "search": "Whether the site gets a search index (Pagefind); only where DIRECT_TEMPLATES has a search page. "
    "Without it, nothing leads there.",
    "search_volume": "Stories from which a volume of the search index may end, of the newest from 64. A story that "
    "comes or changes has one volume indexed anew; a reader's browser asks all, so that a large site has larger ones: "
    "eight, more or less, of what is not new.",
    "offline": "Whether pages that were read can be read again without a network (a service worker).",
    "social_cards": "Whether each article without a picture gets one for link previews; only where SITEURL is known.",
    "related": "Related stories that an article names at most.",
    "month_pages": "Path of the page of each month's stories; `{month}` is 2026-03, or undated. Empty for none.",
    "source_pages": "Path of the page of each source that texts were scraped from; empty for none.",
    "cname": "The site's own domain on GitHub Pages (the file CNAME); empty for none.",
}


def read(configuration: Mapping[str, Any]) -> Settings:
    """Return the settings that `configuration` (names in upper case to values) gives, else their defaults.

    Raises SettingError for a name that does not exist, for a value of the wrong kind, and for an address of the site
    that is none.
    """
    kinds = {PREFIX + field.name.upper(): field for field in fields(Settings)}
    given: dict[str, Any] = {}
    for name, value in configuration.items():
        if not name.startswith(PREFIX):
            continue
        if name not in kinds:
            raise SettingError("is not a setting of Copydesk", name, remedy=_near(name, list(kinds)))
        field = kinds[name]
        given[field.name] = _checked(name, value, field.default)
        if value not in CHOICES.get(field.name, (value,)):
            raise SettingError(f"is {value!r}", name, remedy=f"It may be {', '.join(CHOICES[field.name])}")
    for entry in given.get("fields", ()):
        fact, _, own = entry.partition("=")
        if fact not in FACTS or not own:
            raise SettingError(
                f"holds {entry!r}", f"{PREFIX}FIELDS", remedy=f"Write fact=field; facts are {', '.join(FACTS)}"
            )
    for name, needed in NEEDED.items():
        if given.get(name) and needed not in given[name]:
            raise SettingError(
                f"is {given[name]!r}", f"{PREFIX}{name.upper()}", remedy=f"The path needs {needed} in it"
            )
    for entry in given.get("source_canonical", ()):
        if entry.partition("=")[2] not in CHOICES["canonical"]:
            remedy = f"Write host=choice; the choice may be {', '.join(CHOICES['canonical'])}"
            raise SettingError(f"holds {entry!r}", f"{PREFIX}SOURCE_CANONICAL", remedy=remedy)
    _check_addresses(configuration)
    return Settings(**given)


def _check_addresses(configuration: Mapping[str, Any]) -> None:
    """Raise SettingError where links to the site would lead nowhere: an address without a scheme, a domain with one."""
    site, domain = (str(configuration.get(name) or "") for name in ("SITEURL", f"{PREFIX}CNAME"))
    if site and not _ADDRESS.match(site):
        remedy = f"Write the whole address: https://{site.lstrip('/')}"
        raise SettingError(f"is {site!r}, which no link can begin with", "SITEURL", remedy=remedy)
    if domain and not _DOMAIN.fullmatch(domain):
        remedy = "Write the domain alone, such as news.example.org"
        raise SettingError(f"is {domain!r}, which is no domain", f"{PREFIX}CNAME", remedy=remedy)


def _near(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {near[0]}?" if near else "See docs/settings.md for those that there are"


def _checked(name: str, value: Any, default: Any) -> Any:
    """Return `value` if it is of the default's kind; a list of texts becomes a tuple."""
    if isinstance(default, tuple):
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise SettingError(f"is {value!r}, not a list of texts", name)
    if type(value) is not type(default):
        raise SettingError(f"is {value!r}, not of type {type(default).__name__}", name)
    if isinstance(value, int) and not isinstance(value, bool) and value < 1:
        raise SettingError(f"is {value!r}, not a number above 0", name)
    return value


def as_markdown() -> str:
    """Return the page of documentation of all settings."""
    rows = [
        f"| `{PREFIX}{field.name.upper()}` | {type(field.default).__name__} | `{field.default!r}` |"
        f" {MEANING[field.name]} |"
        for field in fields(Settings)
    ]
    head = "| setting | type | default | meaning |\n| --- | --- | --- | --- |"
    return f"# Settings\n\nIn `pelican.conf.py`, beside Pelican's own. {_FOLDERS}\n\n{head}\n" + "\n".join(rows) + "\n"


_FOLDERS = (
    "Folders are relative to the folder that holds Pelican's `PATH`. An unknown name or a value of the wrong kind is "
    "an error at start."
)
