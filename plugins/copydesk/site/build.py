"""One build of a site: what is read once, what became of each seed, and the end of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from jinja2 import Environment, Template

from copydesk.errors import SettingError
from copydesk.processes import alone
from copydesk.settings import Settings, read
from copydesk.site.ahead import PagesAhead
from copydesk.site.calendar import calendar_of
from copydesk.site.compiled import CompiledTemplates, record_of
from copydesk.site.contents import CONTENTS, Contents
from copydesk.site.documents import Documents
from copydesk.site.fingerprints import Fingerprints, Lists
from copydesk.site.first_seen import FirstSeen, forget_heads
from copydesk.site.fragments import Fragments
from copydesk.site.glance import CALL, DOCUMENTS, REPORT, LastBuild, folders_of, is_alone, looks_of, written_by
from copydesk.site.kept import Kept
from copydesk.site.lostfiles import LostFiles
from copydesk.site.oflist import OfList
from copydesk.site.outcomes import all_warnings, days_to_come, seed_reports, still_holding, warnings_of
from copydesk.site.owncode import outdated_code
from copydesk.site.pages import DEPTHS
from copydesk.site.pictures import OwnPicture, fault
from copydesk.site.publish import Staging
from copydesk.site.reads import Reads
from copydesk.site.report import Report
from copydesk.site.revision import Revision
from copydesk.site.search import FOLDER, SearchIndex
from copydesk.site.sources import sources_of
from copydesk.site.storydesk import StoryDesk
from copydesk.site.surroundings import Surroundings
from copydesk.site.tree import look, looks_below
from copydesk.site.unchanged import made_from, page_circumstances
from copydesk.site.unread import UnreadContent
from copydesk.site.writtentexts import WrittenTexts


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
        self.kept = Kept(self.state)
        own = self.settings
        self.calendar_of = OfList(partial(calendar_of, path=own.month_pages))
        self.sources_of = OfList(partial(sources_of, page=own.source_pages, feed=own.source_feed))
        self._has_run = False
        self._lines: list[str] = []
        self._lock = FileLock(self.state / "build.lock")
        self._hold = ExitStack()
        self._reset()

    def _reset(self) -> None:
        self.stories: StoryDesk | None = None
        self._last_report: Report | None = None
        self.refused_content: list[str] = []
        self.warnings: list[str] = []
        self.handwritten = 0
        self.ids: dict[str, str] = {}
        self.translations: list[Any] = []
        self.drafts: list[Any] = []
        self._faults: dict[str, str] = {}
        self.static_files: Sequence[Any] = ()
        self.lost = LostFiles(self.warnings.append)
        self.unread = UnreadContent()
        self.texts = WrittenTexts(self.kept, self.settings.anchors)
        self.search: SearchIndex | None = None
        self.ahead: PagesAhead | None = None
        self._environment: Environment | None = None
        self._compiled: CompiledTemplates | None = None
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

    def is_outdated(self) -> bool:
        """Tell whether a file that the site is made from has changed since the build looked at them."""
        try:
            return bool(self._lines) and self._look() != self._lines
        except OSError:
            return False

    def _look(self) -> list[str]:
        """Return a line for each file that the site is made from. Raises OSError."""
        folders = folders_of(self.pelican_settings, self.settings, self.root)
        return looks_of(folders, written_by(self.settings, self.root, self.last.output))

    def _miss_seeds(self) -> None:
        """Tell that there is no folder of seeds. Raises SettingError where the site's own settings name it."""
        if "COPYDESK_SEEDS" in self.pelican_settings:
            raise SettingError(f"names {self.seeds_folder}, which is not there", "COPYDESK_SEEDS", remedy="Make it")
        self.warnings.append(f"{self.settings.seeds}: there is no such folder, so no scraped article is published")

    def shared_environment(self, environment: Environment) -> Environment:
        """Return the first environment that was shown in this build."""
        if self._environment is None:
            self._environment = environment
            environment.auto_reload = False  # a build has one look at each template
            environment.bytecode_cache = environment.bytecode_cache or self._compiled
        return self._environment

    def begin(self, watching: bool) -> None:
        """Start a build: wait for another one to end, clear the staging folder.

        Processes of one that was killed may still write there: they are waited for as well. `watching` tells that
        somebody edits, and waits to see the pages. Raises SettingError where the site's own style sheet is not there,
        or the seeds.
        """
        self.state.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            print("Copydesk: another build of this site is running; waiting for it to end", flush=True)
            self._lock.acquire()
        self._reset()
        told = "has changed since it was loaded; start again to see it"
        self.warnings += [f"{os.path.relpath(path, self.root)}: {told}" for path in outdated_code(self.root)]
        self._hold.enter_context(alone(self.state / "processes.lock"))
        own = self.root / self.settings.css
        if self.settings.css and not own.is_file():
            raise SettingError(f"names {own}, which is not there", "COPYDESK_CSS", remedy="Write the file")
        if not self.seeds_folder.is_dir():
            self._miss_seeds()
        self._hold.enter_context(self.lost)
        self._hold.enter_context(self.unread)
        if self.staging:
            self.staging.changed = set()
            self.staging.begin()
        staging = self.staging.path if self.staging else self.last.output
        self.documents = Documents(self.state / DOCUMENTS, self.last.output, staging)
        self.documents.published = self.last.looks
        circumstances = self.circumstances = page_circumstances(self.pelican_settings, self.root)
        self._fingerprints = Fingerprints(circumstances, DEPTHS, self.pelican_settings, self.state / "templates.json")
        self._compiled = CompiledTemplates(record_of(self.root), circumstances)
        self._fragments = Fragments(self._reads, self.pelican_settings)
        language, smallest = str(self.pelican_settings["DEFAULT_LANG"]), self.settings.search_volume
        self.search = SearchIndex(self.documents, self.state, language, smallest, watching)
        self.content_seen = FirstSeen(self.content_folder, self.state)
        self.contents = Contents(self.state / CONTENTS)

    def articles(
        self, listed: Sequence[Any], hidden: Sequence[Any], by_hand: Sequence[Any], context: dict[str, Any]
    ) -> StoryDesk:
        """Make the articles of all seeds, and put them in order with the `listed` and `hidden` ones written by hand.

        `by_hand` is all that was written by hand, translations among it.
        """
        started = time.perf_counter()
        self.kept.let_go()  # seeds are cleaned by several processes
        settings, output, overrides = self.pelican_settings, self.last.output, self.root / self.settings.overrides
        surroundings = Surroundings(settings, output, self._lines, self.seeds_folder, overrides, self.contents)
        stories = self.stories = StoryDesk(self.pelican_settings, self.root, self.state, surroundings)
        self._last_report = Report.read(self.state / REPORT, 0.0)
        usable = self.alone and self.staging and self._last_report
        came_out = self.last.came_out(self.last.looks) if usable else None
        stories.make(listed, hidden, by_hand, context, came_out)
        self.warnings += [f"{path}: no seed has this name, so it corrects nothing" for path in stories.orphans]
        self.warnings += days_to_come(stories.published)
        self._seconds["seeds"] = time.perf_counter() - started
        return stories

    @property
    def revision(self) -> Revision | None:
        """What was taken over from the last build, None where nothing was."""
        return self.stories.revision if self.stories else None

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

    def listing_fingerprint(
        self, template: Template, name: str, context: Mapping[str, Any], own: Mapping[str, Any], lists: Lists
    ) -> str | None:
        """Return the fingerprint of a listing's pages together; None where each is to be looked at."""
        return self._fingerprints.of_listing(template, name, context, own, lists) if self.alone else None

    def once(self, template: str, *, caller: Callable[[], str], **values: object) -> str:
        """Return what a template's `call` block renders, from these values alone (see fragments)."""
        return self._fragments.once(template, caller, values) if self.alone else caller()

    def shown_values(self, template: Template, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return those of a page's values that its template reads: each part that it includes is given all of them."""
        reads = self._reads(template.name) if template.name else None
        return {name: values[name] for name in reads.names & values.keys()} if reads else values

    def _reads(self, template: str) -> Reads | None:
        return self._fingerprints.reads(self._environment, template) if self._environment else None

    def usable_picture(self, picture: OwnPicture) -> OwnPicture:
        """Return a picture that an author shows; one that breaks off has no further widths, and that is told.

        It is read to its end only where its widths are not there from the last build.
        """
        if not picture.file or all(self.documents.is_there(path) for _, path in picture.variants):
            return picture
        if picture.path not in self._faults:
            self._faults[picture.path] = told = fault(picture.file)
            self._note(told and f"{picture.path}: is shown as it is: it can't be made smaller ({told})")
        return replace(picture, variants=()) if self._faults[picture.path] else picture

    def publish(self) -> None:
        """Put the site in its place."""
        started = time.perf_counter()
        if self.staging:
            self.staging.publish(self.documents.kept, self.documents.left)
        if self.search and self.search.late:
            self._publish_search(self.search)
        self._seconds["publish"] = time.perf_counter() - started

    def _publish_search(self, search: SearchIndex) -> None:
        """Write the search index after the pages are published."""

        def fill() -> set[str]:
            self._note(search.write_late())
            return search.kept()

        if self.staging:
            self.staging.publish_folder(FOLDER, fill)
        else:
            fill()

    def _note(self, problem: str | None) -> None:
        self.warnings += [problem] if problem else []

    def remember(self) -> None:
        """Record what the files of the site were made from, for the next build."""
        self._fingerprints.remember()
        if self._compiled:
            self._compiled.remember()
        self.documents.remember(file.save_as for file in self.static_files)  # Pelican copies them last
        self.contents.remember()
        looks = self._looks_now()
        self.last.remember(looks)
        if self.stories:
            came_out = self.last.came_out(looks) if self.alone and self.staging else None
            self.stories.remember(came_out, self._fingerprints.shared)

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

    def end(self) -> None:
        """End the build, whether it came to its end or not: another one may start."""
        self._seconds["total"] = time.perf_counter() - self._started
        if self.ahead:
            self.ahead.close()
            self.ahead = None
        if self.search:
            self.search.close()
        if self.stories:
            self.stories.close()
        self.kept.close()
        self.calendar_of.forget()
        self.sources_of.forget()
        self._hold.close()
        self._lock.release()

    def report(self) -> Report:
        """Return what became of every seed in the build that has ended."""
        stories, last = self.stories, self._last_report
        seeds = seed_reports(stories.seeds, stories.urls, stories.adopted, stories.drafts) if stories else []
        warnings = warnings_of(stories.seeds) if stories else []
        if self.revision and last:
            told = {report.seed: report for report in (*still_holding(last, self.revision), *seeds)}
            seeds, warnings = [*told.values()], all_warnings(self.revision)
        report = Report(
            seeds=tuple(sorted(seeds, key=lambda s: s.seed)),
            refused_content=tuple(self.refused_content),
            warnings=(*self.warnings, *warnings),
            handwritten=self.handwritten,
            seconds=self._seconds,
        )
        own = {seed.name: seed.article.was for seed in stories.seeds if seed.article} if stories else {}
        return report.compared_with(last, {**own, **(stories.former if stories else {})})
