"""One build of a site: what is read once, what became of each seed, and the end of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from jinja2 import Environment, Template

from copydesk.cleaning.evidence import Leaning
from copydesk.errors import PublishError
from copydesk.model import Article
from copydesk.settings import Settings, read
from copydesk.site.addresses import Candidate, assign_slugs
from copydesk.site.cleaner import Desk, exhausted
from copydesk.site.documents import Documents
from copydesk.site.fingerprints import Fingerprints
from copydesk.site.first_seen import FirstSeen
from copydesk.site.glance import REPORT, LastBuild, folders_of, is_alone, written_by
from copydesk.site.newsroom import Newsroom, shared_keywords, taken_slugs
from copydesk.site.pages import DEPTHS
from copydesk.site.progress import progress
from copydesk.site.publish import Staging
from copydesk.site.reading import Bodies, Reading
from copydesk.site.report import Report, SeedReport
from copydesk.site.samestory import mark_duplicates, with_own_ids
from copydesk.site.search import FOLDER, SearchIndex
from copydesk.site.seeds import Seed, seed_files
from copydesk.site.unchanged import made_from, page_circumstances
from copydesk.store import Store


class Build:
    """The state of a site's builds in one Pelican process; `begin` starts a build, `end` ends it."""

    def __init__(self, pelican_settings: dict[str, Any]) -> None:
        """Read the settings; relative folders are taken from the folder that holds Pelican's PATH.

        Raises SettingError where a setting can't be used.
        """
        self.settings: Settings = read(pelican_settings)
        self.pelican_settings = pelican_settings
        self.root = Path(pelican_settings["PATH"]).resolve().parent
        self.state = self.root / self.settings.state
        self.seeds_folder = self.root / self.settings.seeds
        self.content_folder = Path(pelican_settings["PATH"])
        output = Path(pelican_settings["OUTPUT_PATH"])
        self.staging = Staging(output, self.state) if self.settings.atomic else None
        self.last = LastBuild(self.state, output)
        self.alone = is_alone(pelican_settings)
        self._store: Store | None = None
        self._lock = FileLock(self.state / "build.lock")
        self._reset()

    def _reset(self) -> None:
        self.seeds: list[Seed] = []
        self.urls: dict[str, str] = {}
        self.adopted: dict[str, str] = {}
        self.refused_content: list[str] = []
        self.warnings: list[str] = []
        self.handwritten = 0
        self._lost_files: list[str] = []
        self.search: SearchIndex | None = None
        self._environment: Environment | None = None
        self._seconds: dict[str, float] = {}
        self._started = time.perf_counter()

    def unchanged(self) -> Report | None:
        """Return the last build's report where this one would come out the same, None where it has to be made."""
        started = time.perf_counter()
        folders = folders_of(self.pelican_settings, self.settings, self.root)
        written = written_by(self.settings, self.root, self.last.output)
        if not self.last.is_as(made_from(self.pelican_settings, folders, written)):
            self.last.forget()
            return None
        self.last.remember()
        return Report.read(self.state / REPORT, time.perf_counter() - started)

    def shared_environment(self, environment: Environment) -> Environment:
        """Return the first environment that was shown in this build."""
        self._environment = self._environment or environment
        return self._environment

    def begin(self, watching: bool) -> None:
        """Start a build: wait for another one to end, clear the staging folder.

        `watching` tells that somebody edits, and waits to see the pages.
        """
        self.state.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            print("Copydesk: another build of this site is running; waiting for it to end", flush=True)
            self._lock.acquire()
        self._reset()
        logging.getLogger("pelican.utils").addFilter(self._look_for_lost_files)
        if self.staging:
            self.staging.begin()
        staging = self.staging.path if self.staging else self.last.output
        self.documents = Documents(self.state / "documents.json", self.last.output, staging)
        circumstances = page_circumstances(self.pelican_settings, self.root)
        self._fingerprints = Fingerprints(circumstances, DEPTHS, self.pelican_settings, self.state / "templates.json")
        self.search = SearchIndex(self.documents, str(self.pelican_settings["DEFAULT_LANG"]), watching)
        self.content_seen = FirstSeen(self.content_folder, self.state)

    def read_seeds(self, handwritten: Iterable[Any]) -> None:
        """Read and clean every seed that no hand-written article has adopted."""
        started = time.perf_counter()
        self.adopted = {str(a.metadata["seed"]).strip(): a.url for a in handwritten if a.metadata.get("seed")}
        files = [file for file in seed_files(self.seeds_folder) if file.name not in self.adopted]
        desk = Desk(
            folder=self.seeds_folder,
            overrides=self.root / self.settings.overrides,
            rule_folders=tuple(self.root / folder for folder in self.settings.rules),
            fields=self.settings.field_names(),
            max_bytes=self.settings.max_bytes,
            leaning=Leaning.named(self.settings.cleaning),
            links=self.settings.remote_pictures == "link",
        )
        self._store = Store(self.state / "store.sqlite")
        self.bodies = Bodies(desk, self._store)
        with progress("Copydesk: cleaning seeds", len(files)) as tick:
            reading = Reading(desk, FirstSeen(self.seeds_folder, self.state), self._store, tick, self.adopted)
            seeds = reading.read_all(files)
        self.seeds = with_own_ids(mark_duplicates(seeds, self.settings.same_story))
        for path in reading.overrides.orphans([*(seed.name for seed in seeds), *self.adopted]):
            self.warnings.append(f"{path}: no seed has this name, so it corrects nothing")
        self._seconds["seeds"] = time.perf_counter() - started

    def articles(self, existing: list[Any], context: dict[str, Any]) -> list[Any]:
        """Return the Pelican articles of all seeds that have one; `existing` are those written by hand."""
        chosen = [seed for seed in self.seeds if seed.article and not seed.duplicate_of]
        slugs = assign_slugs([_candidate(seed) for seed in chosen], taken_slugs(existing))
        shared = shared_keywords(chosen, self.settings.min_tag_articles)
        desk = Newsroom(self.pelican_settings, context, self.bodies)
        pages = []
        for seed in chosen:
            page = desk.article(seed, slugs[_article(seed).id], shared)
            if page.is_valid():
                self.urls[seed.name] = page.url
                pages.append(page)
        return pages

    def fingerprint(
        self, template: Template, path: str, context: Mapping[str, Any], own: Mapping[str, Any], relative: bool
    ) -> str | None:
        """Return the fingerprint of a page; None where it is to be rendered in any case."""
        return self._fingerprints.of(template, path, context, own, relative) if self.alone else None

    def raise_for_lost_files(self) -> None:
        """Raise PublishError where no room was left to copy a file: Pelican warns of that and goes on."""
        if self._lost_files:
            remedy = "The old site is untouched; check the space on the disk and the file's permissions"
            raise PublishError(f"misses a file ({self._lost_files[0]})", str(self.last.output), remedy=remedy)

    def publish(self) -> None:
        """Put the site in its place."""
        started = time.perf_counter()
        if self.staging:
            self.staging.publish(self.documents.kept)
        if self.search and self.search.late:
            self._publish_search(self.search)
        self._seconds["publish"] = time.perf_counter() - started

    def _publish_search(self, search: SearchIndex) -> None:
        """Write the search index after the pages are published."""
        if self.staging:
            self.staging.publish_folder(FOLDER, lambda: self._note(search.write_late()))
        else:
            self._note(search.write_late())

    def _note(self, problem: str | None) -> None:
        self.warnings += [problem] if problem else []

    def remember(self) -> None:
        """Record what the files of the site were made from, for the next build."""
        self._fingerprints.remember()
        self.documents.remember()
        self.last.remember()

    def end(self) -> None:
        """End the build, whether it came to its end or not: another one may start."""
        self._seconds["total"] = time.perf_counter() - self._started
        logging.getLogger("pelican.utils").removeFilter(self._look_for_lost_files)
        if self.search:
            self.search.close()
        if self._store:
            self._store.close()
            self._store = None
        self._lock.release()

    def former_slugs(self) -> dict[str, tuple[str, ...]]:
        """Return the slugs that each seed's article had before, as the editor says."""
        return {seed.name: seed.article.was for seed in self.seeds if seed.article}

    def _look_for_lost_files(self, record: logging.LogRecord) -> bool:
        if str(record.msg).startswith("A problem occurred copying file"):
            causes = record.args if isinstance(record.args, tuple) else ()
            room = any(isinstance(cause, OSError) and exhausted(cause) for cause in causes)
            (self._lost_files if room else self.warnings).append(record.getMessage())
        return True

    def report(self) -> Report:
        """Return what became of every seed in the build that has ended."""
        named = {seed.name: seed for seed in self.seeds}
        seeds = [self._seed_report(seed, named) for seed in self.seeds] + [*map(self._adopted_report, self.adopted)]
        warnings = [f"{seed.name}: {text}" for seed in self.seeds if seed.article for text in seed.article.warnings]
        return Report(
            seeds=tuple(sorted(seeds, key=lambda s: s.seed)),
            refused_content=tuple(self.refused_content),
            warnings=(*self.warnings, *warnings),
            handwritten=self.handwritten,
            seconds=self._seconds,
        )

    def _seed_report(self, seed: Seed, named: Mapping[str, Seed]) -> SeedReport:
        if seed.article is None:
            return SeedReport(seed.name, seed.sha256, "refused", reason=seed.refusal)
        counts = seed.article.provenance
        cleaned = SeedReport(
            seed=seed.name,
            sha256=seed.sha256,
            status=seed.article.status.value,
            url=self.urls.get(seed.name),
            kept=counts.kept,
            dropped=counts.dropped,
            doubtful=counts.doubtful,
        )
        if seed.duplicate_of:
            return self._duplicate_report(cleaned, seed, named[seed.duplicate_of])
        if cleaned.url is None:
            reason = f"{seed.name}: Pelican found the article invalid; its own message is above"
            return replace(cleaned, status="refused", reason=reason)
        return cleaned

    def _duplicate_report(self, report: SeedReport, seed: Seed, original: Seed) -> SeedReport:
        """Return what became of a further scrape: its story is published, once, on the original's page."""
        report = replace(report, url=self.urls.get(original.name), duplicate_of=original.name)
        if seed.sha256 == original.sha256:
            return replace(report, status="duplicate", reason=f"is the same file as {original.name}")
        alike = seed.abstract and original.abstract and seed.abstract.story == original.abstract.story
        how = "word for word" if alike else "in nearly the same words, and no more of it"
        return replace(report, reason=f"tells the same story as {original.name}, {how}; one page stands for both")

    def _adopted_report(self, name: str) -> SeedReport:
        reason = "adopted: an article by hand stands in its place"
        return SeedReport(name, "", "published", url=self.adopted[name], reason=reason)


def _article(seed: Seed) -> Article:
    if seed.article is None:
        raise ValueError(f"{seed.name} has no article")
    return seed.article


def _candidate(seed: Seed) -> Candidate:
    article = _article(seed)
    return Candidate(article.id, article.title, seed.first_seen)
