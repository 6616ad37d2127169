"""One build of a site: what is read once, what became of each seed, and the end of it."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from jinja2 import Environment, Template
from pelican.utils import order_content

from copydesk.cleaning.evidence import Leaning
from copydesk.enrich.language import keep_model
from copydesk.enrich.related import relate
from copydesk.errors import PublishError
from copydesk.model import Article
from copydesk.settings import Settings, read
from copydesk.site.addresses import Candidate, assign_slugs
from copydesk.site.cards import card_path
from copydesk.site.cleaner import Desk, exhausted
from copydesk.site.deferred import Archive, DeferredArticle
from copydesk.site.documents import Documents
from copydesk.site.fingerprints import Fingerprints
from copydesk.site.first_seen import FirstSeen, forget_heads
from copydesk.site.glance import CALL, REPORT, LastBuild, commits_of, folders_of, is_alone, looks_of, written_by
from copydesk.site.newsroom import Newsroom, SeedArticle, shared_keywords, taken_slugs
from copydesk.site.pages import DEPTHS
from copydesk.site.progress import progress
from copydesk.site.publish import Staging
from copydesk.site.reading import Bodies, Reading, is_settled
from copydesk.site.recording import Recorder, moment_of
from copydesk.site.report import Report, SeedReport
from copydesk.site.revision import Revision, Unfit, changes_in
from copydesk.site.samestory import mark_duplicates, with_own_ids
from copydesk.site.search import FOLDER, SearchIndex
from copydesk.site.seeds import Seed, SeedFile, seed_files
from copydesk.site.stories import Edition, StoryBook, StoryRecord, list_of
from copydesk.site.ties import Ties, story_of, tie
from copydesk.site.tree import look, looks_below
from copydesk.site.unchanged import made_from, page_circumstances, surroundings
from copydesk.store import Store, key_of

MANY = 200
"""Seeds from which the model that tells languages is worth its 57 MB on the disk."""


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
        self._has_run = False
        self._lines: list[str] = []
        self._book = StoryBook(self.state / "stories.sqlite")
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
        self.revision: Revision | None = None
        self.published: list[Any] = []
        self.hidden: list[Any] = []
        self._pages: dict[str, SeedArticle] = {}
        self._looks: dict[str, str] = {}
        self._related: dict[str, Sequence[str]] = {}
        self._ties: Ties | None = None
        self._contested = False
        self._by_hand: list[Any] = []
        self._environment: Environment | None = None
        self._seconds: dict[str, float] = {}
        self._started = time.perf_counter()

    def unchanged(self) -> Report | None:
        """Return the last build's report where this one would come out the same, None where it has to be made."""
        started = time.perf_counter()
        called = CALL[0] if CALL and not self._has_run else None
        if not called:
            forget_heads()
        self._has_run = True
        self.last.looks = called.looks if called else looks_below(self.last.output)
        try:
            self._lines = called.lines if called else self._look()
        except OSError:
            self._lines = []
        folders = folders_of(self.pelican_settings, self.settings, self.root)
        told = made_from(self.pelican_settings, self._lines, folders) if self._lines else None
        if not self.last.is_as(told, self.last.looks):
            self.last.forget()
            return None
        self.last.remember(self.last.looks)
        return Report.read(self.state / REPORT, time.perf_counter() - started)

    def _look(self) -> list[str]:
        """Return a line for each file that the site is made from. Raises OSError."""
        folders = folders_of(self.pelican_settings, self.settings, self.root)
        return looks_of(folders, written_by(self.settings, self.root, self.last.output))

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
            self.staging.changed = set()
            self.staging.begin()
        staging = self.staging.path if self.staging else self.last.output
        self.documents = Documents(self.state / "documents.json", self.last.output, staging)
        self.documents.published = self.last.looks
        circumstances = page_circumstances(self.pelican_settings, self.root)
        self._fingerprints = Fingerprints(circumstances, DEPTHS, self.pelican_settings, self.state / "templates.json")
        self.search = SearchIndex(self.documents, str(self.pelican_settings["DEFAULT_LANG"]), watching)
        self.content_seen = FirstSeen(self.content_folder, self.state)

    def articles(self, by_hand: Sequence[Any], hidden: Sequence[Any], context: dict[str, Any]) -> None:
        """Read and clean every seed that no hand-written article has adopted, and make the articles of all.

        `published` and `hidden` are all of them then, `by_hand` among them.
        """
        started = time.perf_counter()
        everything = [*by_hand, *hidden]
        self._by_hand = list(by_hand)
        self.adopted = {str(a.metadata["seed"]).strip(): a.url for a in everything if a.metadata.get("seed")}
        files = [file for file in seed_files(self.seeds_folder) if file.name not in self.adopted]
        self._open_store(len(files))
        self._desk = Newsroom(self.pelican_settings, context, self.bodies)
        self._surroundings = self._made_from(files)
        self._overrides_seen = self._overrides()
        try:
            pages = self._revised(files, by_hand, everything, started)
        except (Unfit, sqlite3.DatabaseError):
            self.revision = None
            self._read_seeds(files, started)
            pages = self._all_articles(everything)
        self.published = [*by_hand, *(page for page in pages if page.status == "published")]
        self.published.sort(key=lambda article: article.copydesk.id)
        if self.revision:
            self.published.sort(key=moment_of, reverse=True)
            pages.sort(key=lambda page: (page._seed.file, page._seed.number) if page.status == "hidden" else ("", 0))
        else:
            order_content(self.published, self.pelican_settings["ARTICLE_ORDER_BY"])
        self.hidden = [*hidden, *(page for page in pages if page.status == "hidden")]
        self._seconds["seeds"] = time.perf_counter() - started

    def _made_from(self, files: Iterable[SeedFile]) -> str | None:
        """Return what stands for all that the site is made from beside seeds, overrides and commits."""
        if not self._lines:
            return None
        seeds = f"{self.seeds_folder.resolve()}/"
        overrides = f"{(self.root / self.settings.overrides).resolve()}/"
        own = {f"{seeds}{file.name}" for file in files}
        lines = [line for line in self._lines if line.partition("\0")[0] not in own and not line.startswith(overrides)]
        told = surroundings(self.pelican_settings, lines)
        return key_of(told, str(self.last.output)) if told else None

    def _revised(
        self, files: Sequence[SeedFile], by_hand: Sequence[Any], everything: Sequence[Any], started: float
    ) -> list[Any]:
        """Return the articles of all seeds, most of them as the last build had them. Raises Unfit."""
        edition = self._book.edition()
        told = self.pelican_settings
        usual = told["ARTICLE_ORDER_BY"] == "reversed-date" and told["NEWEST_FIRST_ARCHIVES"]
        periods = any(told[f"{name}_ARCHIVE_SAVE_AS"] for name in ("YEAR", "MONTH", "DAY"))
        if not edition or not self.staging or periods or not usual or edition.made_from != self._surroundings:
            raise Unfit
        if edition.came_out != self.last.came_out(self.documents.published):
            raise Unfit
        records = self._book.records()
        first_seen = FirstSeen(self.seeds_folder, self.state)
        overrides = self._overrides_seen
        other = {
            name for name in overrides.keys() | edition.overrides if overrides.get(name) != edition.overrides.get(name)
        }
        head = "".join(commits_of([self.seeds_folder]))
        changes = changes_in(files, records, other, first_seen if head != edition.head else None)
        with progress("Copydesk: cleaning seeds", len(changes.files)) as tick:
            reading = Reading(self._cleaning, first_seen, self._store_open(), tick, self.adopted)
            seeds = reading.read_some(changes.files, changes.gone)
        before = {record.seed: record for record in records}
        self._looks = {
            file.name: file.look or ""
            for file in changes.files
            if is_settled(file, time.time() - (time.perf_counter() - started))
        }
        with_cards = bool(self.settings.social_cards and told["SITEURL"])
        archive = Archive(self._desk, self._store_open(), with_cards=with_cards)
        self._looks |= {
            record.file: record.look for record in records if record.file not in {f.name for f in changes.files}
        }
        recorder = Recorder(self._looks, str(told["SITEURL"]), self.settings.default_section)
        self.revision = Revision(
            self.settings,
            archive,
            recorder,
            edition,
            before,
            changes,
            by_hand,
            [str(article.slug) for article in everything],
        )
        pages = self.revision.begin(seeds)
        self.seeds = seeds
        names = [
            *(name for name in before if name not in changes.former),
            *(seed.name for seed in seeds),
            *self.adopted,
        ]
        self._warn_of_orphans(reading, names)
        self.urls = {name: page.url for name, page in self.revision.fresh.items()}
        return pages

    def _overrides(self) -> dict[str, str]:
        """Return how the override files look, by their names."""
        folder = f"{(self.root / self.settings.overrides).resolve()}/"
        lines = (line.partition("\0") for line in self._lines if line.startswith(folder))
        return {path.removeprefix(folder): look for path, _, look in lines}

    def _open_store(self, number: int) -> None:
        if number >= MANY:
            keep_model(self.state)
        self._cleaning = Desk(
            folder=self.seeds_folder,
            overrides=self.root / self.settings.overrides,
            rule_folders=tuple(self.root / folder for folder in self.settings.rules),
            fields=self.settings.field_names(),
            max_bytes=self.settings.max_bytes,
            leaning=Leaning.named(self.settings.cleaning),
        )
        self._store = Store(self.state / "store.sqlite")
        self.bodies = Bodies(self._cleaning, self._store)

    def _store_open(self) -> Store:
        if self._store is None:
            raise ValueError("the store is closed")
        return self._store

    def _read_seeds(self, files: Sequence[SeedFile], started: float) -> None:
        with progress("Copydesk: cleaning seeds", len(files)) as tick:
            first_seen = FirstSeen(self.seeds_folder, self.state)
            reading = Reading(self._cleaning, first_seen, self._store_open(), tick, self.adopted)
            seeds = reading.read_all(files)
        since = time.time() - (time.perf_counter() - started)
        self._looks = {file.name: file.look or "" for file in files if is_settled(file, since)}
        marked = mark_duplicates(seeds, self.settings.same_story)
        self.seeds = with_own_ids(marked)
        self._contested = any(one is not other for one, other in zip(marked, self.seeds, strict=True))
        self._warn_of_orphans(reading, [*(seed.name for seed in seeds), *self.adopted])

    def _warn_of_orphans(self, reading: Reading, names: Iterable[str]) -> None:
        for path in reading.overrides.orphans(names):
            self.warnings.append(f"{path}: no seed has this name, so it corrects nothing")

    def _all_articles(self, existing: Sequence[Any]) -> list[Any]:
        """Return the Pelican articles of all seeds that have one; `existing` are those written by hand."""
        chosen = [seed for seed in self.seeds if seed.article and not seed.duplicate_of]
        slugs = assign_slugs([_candidate(seed) for seed in chosen], taken_slugs(existing))
        shared = shared_keywords(chosen, self.settings.min_tag_articles)
        pages = []
        for seed in chosen:
            page = self._desk.article(seed, slugs[_article(seed).id], shared)
            if page.is_valid():
                self.urls[seed.name] = page.url
                self._pages[seed.name] = page
                pages.append(page)
        return pages

    def tie(self) -> None:
        """Tell each article its neighbours and related stories, and which picture stands for it."""
        if self.revision:
            self._ties = self.revision.tie(self.published)
            self._related = self.revision.related
            whole = [article for article in self.published if not isinstance(article, DeferredArticle)]
        else:
            stories = [story_of(article) for article in self.published] if self.settings.related else []
            self._related = dict(relate(stories, self.settings.related))
            self._ties = Ties(self.published, self._related)
            whole = self.published
        for article in whole:
            tie(article, self._ties.of(article))
            if self.settings.social_cards and self.pelican_settings["SITEURL"]:
                article.copydesk.card = card_path(article)
        if self.revision:
            self.revision.finish(self.published, self.hidden, self._ties)

    def unchanged_pages(self, template: Template, context: Mapping[str, Any], own: Mapping[str, Any]) -> bool:
        """Tell whether pages of stories whose records are as they were would come out the same."""
        if not self.revision:
            return False
        return self._fingerprints.all_as_in(self.revision.edition.shared, template, context, own)

    def fingerprint(
        self, template: Template, path: str, context: Mapping[str, Any], own: Mapping[str, Any], relative: bool
    ) -> str | None:
        """Return the fingerprint of a page; None where it is to be rendered in any case."""
        return self._fingerprints.of(template, path, context, own, relative) if self.alone else None

    def is_as_it_was(self, article: DeferredArticle) -> bool:
        """Tell whether nothing that a story's page can read of it, and of those that it leads to, has changed."""
        return self.revision is not None and article.record.seed not in self.revision.dirty

    def listing_fingerprint(
        self,
        template: Template,
        name: str,
        context: Mapping[str, Any],
        own: Mapping[str, Any],
        lists: Mapping[str, Any],
        relative: bool,
    ) -> str | None:
        """Return the fingerprint of a listing's pages together; None where each is to be looked at."""
        if not self.alone:
            return None
        return self._fingerprints.of_listing(template, name, context, own, lists, relative)

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
        looks = self._looks_now()
        self.last.remember(looks)
        self._remember_stories(looks)

    def _looks_now(self) -> dict[str, str]:
        """Return how the files of the site look; of those that were not written, it is known."""
        changed = self.staging.changed if self.staging and self.revision else None
        if changed is None:
            return looks_below(self.last.output)
        looks = dict(self.last.looks)
        for name in changed:
            found = look(self.last.output / name)
            looks[name] = found
            if not found:
                del looks[name]
        return looks

    def _remember_stories(self, looks: Mapping[str, str]) -> None:
        """Record the stories for the next build, where it can tell what they are made from."""
        ties = self._ties
        if ties is None or self._surroundings is None or self._contested or not self.staging:
            self._book.forget()
            return
        edition = Edition(
            made_from=self._surroundings,
            came_out=self.last.came_out(looks),
            head="".join(commits_of([self.seeds_folder])),
            overrides=self._overrides_seen,
            shared=self._fingerprints.shared,
            related={a.copydesk.id: list(self._related.get(a.copydesk.id, ())) for a in self._by_hand},
        )
        if self.revision:
            before, now = self.revision.before, self.revision.records
            changed = [record for record in now.values() if before.get(record.seed) is not record]
            self._book.keep(edition, changed, before.keys() - now.keys())
            return
        recorder = Recorder(self._looks, str(self.pelican_settings["SITEURL"]), self.settings.default_section)
        self._book.keep(edition, self._records(recorder, ties), None)

    def _records(self, recorder: Recorder, ties: Ties) -> Iterator[StoryRecord]:
        for seed in self.seeds:
            page = self._pages.get(seed.name)
            if page:
                yield recorder.record(page, ties.of(page), self._related)
            elif seed.abstract and seed.duplicate_of:
                yield recorder.unpublished(seed)

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

    def report(self, last: Report | None) -> Report:
        """Return what became of every seed in the build that has ended; `last` is the report of the one before."""
        named = {seed.name: seed for seed in self.seeds}
        seeds = [self._seed_report(seed, named) for seed in self.seeds] + [*map(self._adopted_report, self.adopted)]
        if self.revision and last:
            told = {report.seed: report for report in last.seeds if self.revision.leaves(report.seed, report.status)}
            seeds = [*(told | {report.seed: report for report in seeds}).values()]
            records = sorted(self.revision.records.values(), key=lambda record: (record.file, record.number))
            warnings = [f"{r.seed}: {text}" for r in records if r.warnings for text in list_of(r.warnings)]
        else:
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
