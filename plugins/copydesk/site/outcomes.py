"""What became of each seed of a build, for its report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from copydesk.site.days import microseconds
from copydesk.site.newsroom import SeedArticle
from copydesk.site.recording import moment_of
from copydesk.site.report import ADOPTED, PASSED_OVER, Report, SeedReport
from copydesk.site.revision import Revision
from copydesk.site.seeds import Seed
from copydesk.site.stories import list_of

SOON = timedelta(days=2)
"""A day that is so near may have begun elsewhere in the world, or be that of the paper in print."""


def seed_reports(
    seeds: Sequence[Seed], urls: Mapping[str, str], adopted: Mapping[str, str], drafts: Iterable[SeedArticle] = ()
) -> list[SeedReport]:
    """Return what became of seeds; `urls` are the addresses of those with a page, `adopted` those of others' pages.

    `drafts` are the articles whose day is yet to come.
    """
    named = {seed.name: seed for seed in seeds}
    days = {page.source_path.removeprefix("seeds/"): page.date.date().isoformat() for page in drafts}
    return [
        *(_as_draft(_seed_report(seed, named, urls), days) for seed in seeds),
        *(_adopted_report(name, url) for name, url in adopted.items()),
    ]


def warnings_of(seeds: Sequence[Seed]) -> list[str]:
    """Return the warnings for the editor, each with its seed."""
    return [f"{seed.name}: {text}" for seed in seeds if seed.article for text in seed.article.warnings]


def days_to_come(articles: Iterable[Any]) -> Iterator[str]:
    """Yield a warning for each scraped article whose day is yet to come: it would lead the front page until then."""
    latest = microseconds(datetime.now(UTC) + SOON)
    for article in articles:
        if isinstance(article, SeedArticle) and moment_of(article) > latest:
            day = article.date.date().isoformat()
            seed = article.source_path.removeprefix("seeds/")
            yield f"{seed}: its day, {day}, is yet to come; date = ... in its override puts it right"


def still_holding(last: Report, revision: Revision) -> list[SeedReport]:
    """Return what the last build's report says of the seeds that were taken over."""
    return [report for report in last.seeds if revision.leaves(report.seed, report.status)]


def all_warnings(revision: Revision) -> list[str]:
    """Return the warnings for the editor of all stories, whether they were read or taken over."""
    warned = (record for record in revision.records.values() if record.warnings)
    records = sorted(warned, key=lambda record: (record.file, record.number))
    return [f"{record.seed}: {text}" for record in records for text in list_of(record.warnings)]


def _seed_report(seed: Seed, named: Mapping[str, Seed], urls: Mapping[str, str]) -> SeedReport:
    if seed.article is None:
        return SeedReport(seed.name, seed.sha256, _status_without(seed), reason=seed.refusal and seed.refusal.reason)
    counts = seed.article.provenance
    cleaned = SeedReport(
        seed=seed.name,
        sha256=seed.sha256,
        status=seed.article.status.value,
        url=urls.get(seed.name),
        kept=counts.kept,
        dropped=counts.dropped,
        doubtful=counts.doubtful,
    )
    if seed.duplicate_of:
        return _duplicate_report(cleaned, seed, named[seed.duplicate_of], urls)
    if cleaned.url is None:
        reason = f"{seed.name}: Pelican found the article invalid; its own message is above"
        return replace(cleaned, status="refused", reason=reason)
    return cleaned


def _as_draft(report: SeedReport, days: Mapping[str, str]) -> SeedReport:
    """Return what became of a seed; one whose day is yet to come, by its original's name, is in no list until then."""
    day = days.get(report.duplicate_of or report.seed)
    if not day or report.status != "published":
        return report
    reason = f"its day, {day}, is yet to come (WITH_FUTURE_DATES): its page is a draft"
    return replace(report, status="hidden", reason=report.reason or reason)


def _status_without(seed: Seed) -> str:
    return PASSED_OVER if seed.refusal and seed.refusal.passed_over else "refused"


def _duplicate_report(report: SeedReport, seed: Seed, original: Seed, urls: Mapping[str, str]) -> SeedReport:
    """Return what became of a further scrape: its story is published, once, on the original's page."""
    report = replace(report, url=urls.get(original.name), duplicate_of=original.name)
    if seed.sha256 == original.sha256:
        return replace(report, status="duplicate", reason=f"is the same file as {original.name}")
    alike = seed.abstract and original.abstract and seed.abstract.story == original.abstract.story
    how = "word for word" if alike else "in nearly the same words, and no more of it"
    return replace(report, reason=f"tells the same story as {original.name}, {how}; one page stands for both")


def _adopted_report(name: str, url: str) -> SeedReport:
    return SeedReport(name, "", "published", url=url, reason=ADOPTED)
