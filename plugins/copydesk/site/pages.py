"""What the theme's templates can call: dates in words, absolute addresses, structured data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from markupsafe import Markup

from copydesk.feeds.jsonfeed import json_path
from copydesk.render.days import iso
from copydesk.render.jsonld import Link, PageFacts, as_script, breadcrumbs, item_list, news_article, web_site
from copydesk.render.text import text_of_html
from copydesk.settings import BUILD, Settings
from copydesk.site.facts import source_name
from copydesk.site.listpages import direct_pages, listed_at
from copydesk.site.newsroom import SeedArticle
from copydesk.site.pictures import srcset, with_pictures
from copydesk.site.reads import Depth
from copydesk.site.search import is_searched, search_volumes
from copydesk.site.words import direction, words

LOGO = "icon-600.png"


def long_date(value: date | None, language: str | None = None, form: str = "long") -> str:
    """Return a day in words in the given language ("2 March 2026"), in English where the language is unknown.

    `form` is one of Babel's, or a pattern of Unicode TR 35.
    """
    return format_date(value, form, _locale(language)) if value else ""


def _locale(language: str | None) -> Locale:
    return _known_locale(language or "en") or Locale("en")


def _known_locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def month_and_year(value: date | None, language: str | None = None) -> str:
    """Return a month in words in the given language ("March 2026")."""
    return format_skeleton("yMMMM", value, locale=_locale(language)) if value else ""


def by_weight(sections: Iterable[tuple[Any, Sequence[Any]]]) -> list[tuple[Any, Sequence[Any]]]:
    """Return sections with their stories, those with most stories first."""
    return sorted(sections, key=lambda section: -len(section[1]))


def language_territory(language: str | None) -> str:
    """Return a language with the territory where most people speak it, as Open Graph wants it: "en" gives "en_US"."""
    locale = _locale(language)
    likely = str(get_global("likely_subtags").get(str(locale), locale)).split("_")
    return f"{locale.language}_{locale.territory or likely[-1]}"


def language_name(language: str) -> str:
    """Return what a language calls itself ("de" gives "Deutsch"), the code of one that is not known."""
    locale = _known_locale(language)
    return (locale and locale.get_display_name()) or language


def in_theme(settings: Mapping[str, Any], name: str) -> bool:
    """Tell whether the site's theme has a static file of this name."""
    folders = (Path(settings["THEME"], folder) for folder in settings["THEME_STATIC_PATHS"])
    return any((folder / name).is_file() for folder in folders)


FILTERS = {
    "by_weight": by_weight,
    "long_date": long_date,
    "month_and_year": month_and_year,
    "with_pictures": with_pictures,
    "iso_date": iso,
    "json_feed": json_path,
    "language_name": language_name,
    "language_territory": language_territory,
}
"""The filters that templates can use."""

DEPTHS: dict[str, Depth] = {
    "json_ld": Depth.TEXT,
    "corrected": Depth.TEXT,
    **dict.fromkeys(
        "_ ngettext once absolute listed_at host_of listing_ld site_ld calendar_of sources_of scraped search_volumes "
        "srcset".split(),
        Depth.CARD,
    ),
    **dict.fromkeys(FILTERS, Depth.CARD),
}
"""How deep the functions and filters that we give to templates read the articles that they are given."""


class PageData:
    """What templates ask about the whole site: absolute addresses and structured data."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Take the settings of the site."""
        self._settings = settings
        self._site = str(settings["SITEURL"])
        self._name = str(settings["SITENAME"])

    def absolute(self, url: str) -> str:
        """Return the whole address of a page, empty where the site does not know its own."""
        return f"{self._site}/{url}" if self._site else ""

    def json_ld(self, article: Any) -> Markup:
        """Return the structured data of an article's page."""
        facts = article.copydesk
        section = text_of_html(str(article.category))
        headline = text_of_html(article.title)
        pages = [text_of_html(author.name) for author in getattr(article, "authors", ())]
        addresses = dict(zip(pages, getattr(article, "authors", ()), strict=True))
        page = PageFacts(
            url=self.absolute(article.url) or None,
            site_name=self._name,
            site_url=self._home(),
            headline=headline,
            description=facts.summary,
            authors=tuple(self._listed(name, addresses.get(name), article) for name in facts.authors),
            published=facts.published,
            updated=facts.updated,
            language=facts.language,
            word_count=facts.word_count,
            section=section,
            keywords=facts.keywords,
            based_on=facts.provenance.url if facts.provenance else None,
            corrections=facts.corrections,
            logo=self._logo(),
            picture=self._picture(facts),
        )
        above = self._listed(section, article.category, article)
        trail = (Link(self._name, self._home()), above, self._link(headline, article))
        return _script(news_article(page), breadcrumbs(trail))

    def listing_ld(self, name: str, url: str, articles: Iterable[Any]) -> Markup:
        """Return the structured data of a page that lists articles."""
        links = tuple(self._link(text_of_html(article.title), article) for article in articles)
        trail = (Link(self._name, self._home()), Link(text_of_html(name), self.absolute(url) or None))
        return _script(item_list(links), breadcrumbs(trail))

    def site_ld(self, articles: Iterable[Any]) -> Markup:
        """Return the structured data of the front page."""
        subtitle = self._settings.get("SITESUBTITLE")
        site = web_site(self._name, self._home(), subtitle, str(self._settings["DEFAULT_LANG"]))
        return _script(site, item_list(tuple(self._link(text_of_html(a.title), a) for a in articles)))

    def _picture(self, facts: Any) -> str | None:
        """Return the address of the picture that stands for an article: its own, else its card."""
        path = facts.picture.path if facts.picture else facts.card
        return self.absolute(quote(path)) or None if path else None

    def _logo(self) -> str | None:
        """Return the address of the theme's picture of the site, None where it has none."""
        there = in_theme(self._settings, LOGO)
        return self.absolute(f"{self._settings['THEME_STATIC_DIR']}/{LOGO}") or None if there else None

    def _home(self) -> str | None:
        return f"{self._site}/" if self._site else None

    def _listed(self, name: str, wrapper: Any, article: Any) -> Link:
        """Return the link from an article to the page of its section or of an author."""
        address = listed_at(self._settings, wrapper, article) if wrapper else ""
        return Link(name, self.absolute(address) or None if address else None)

    def _link(self, name: str, page: Any) -> Link:
        return Link(name, self.absolute(page.url) or None)


def scraped(articles: Iterable[Any]) -> int:
    """Return how many articles were cleaned from scraped pages."""
    return sum(isinstance(article, SeedArticle) for article in articles)


def corrected(articles: Iterable[Any]) -> list[Any]:
    """Return the articles that have put a mistake right."""
    return [article for article in articles if article.copydesk.corrections]


def template_globals(settings: Mapping[str, Any]) -> dict[str, object]:
    """Return the functions and values that templates of a site with these settings can use."""
    data = PageData(settings)
    own: Settings = settings[BUILD].settings
    language = str(settings["DEFAULT_LANG"])
    return {
        "once": settings[BUILD].once,
        **words(Path(settings["THEME"]), language),
        "SITE_DIRECTION": direction(language),
        "SITE_SEARCH": is_searched(settings) and "search" in direct_pages(settings),
        "absolute": data.absolute,
        "LISTS": direct_pages(settings),
        "listed_at": partial(listed_at, settings),
        "json_ld": data.json_ld,
        "listing_ld": data.listing_ld,
        "site_ld": data.site_ld,
        "calendar_of": settings[BUILD].calendar_of,
        "scraped": scraped,
        "corrected": corrected,
        "sources_of": settings[BUILD].sources_of,
        "search_volumes": partial(search_volumes, default=language, smallest=own.search_volume),
        "srcset": srcset,
        "host_of": source_name,
    }


def _script(*objects: dict[str, object] | None) -> Markup:
    if not any(objects):
        return Markup()
    return Markup(as_script(objects))  # noqa: S704  as_script escapes for the script element
