"""What the theme's templates can call: dates in words, absolute addresses, structured data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from markupsafe import Markup

from copydesk.render.jsonld import PageFacts, as_script, news_article
from copydesk.render.text import text_of_html


def long_date(value: date | None, language: str | None = None, form: str = "long") -> str:
    """Return a day in words in the given language ("2 March 2026"), in English where the language is unknown.

    `form` is one of Babel's, or a pattern of Unicode TR 35.
    """
    return format_date(value, form, _locale(language)) if value else ""


def iso_date(value: date | None) -> str:
    """Return a day or moment as ISO 8601, as `<time datetime>` wants it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if value else ""


def _locale(language: str | None) -> Locale:
    try:
        return Locale.parse((language or "en").replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def template_globals(settings: Mapping[str, Any]) -> dict[str, Callable[..., Any]]:
    """Return the functions `absolute(url)` and `json_ld(article)` for a site with these settings."""
    siteurl = str(settings["SITEURL"])

    def absolute(url: str) -> str:
        return f"{siteurl}/{url}" if siteurl else ""

    def json_ld(article: Any) -> Markup:
        facts = article.copydesk
        page = PageFacts(
            url=absolute(article.url) or None,
            site_name=str(settings["SITENAME"]),
            site_url=f"{siteurl}/" if siteurl else None,
            headline=text_of_html(article.title),
            description=facts.summary,
            authors=facts.authors,
            published=facts.published,
            updated=facts.updated,
            language=facts.language,
            word_count=facts.word_count,
            section=text_of_html(str(article.category)),
            keywords=facts.keywords,
            based_on=facts.provenance.url if facts.provenance else None,
        )
        return Markup(as_script(news_article(page)))  # noqa: S704  as_script escapes for the script element

    return {"absolute": absolute, "json_ld": json_ld}
