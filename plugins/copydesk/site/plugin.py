"""Copydesk's handlers of Pelican's signals, in the order in which Pelican sends them."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from pelican.contents import Article
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.plugins import signals

from copydesk.settings import BUILD
from copydesk.site.addresses import further_pages
from copydesk.site.build import Build
from copydesk.site.cleaner import exhausted
from copydesk.site.generators import (
    CardsGenerator,
    FormerAddressesGenerator,
    FurtherFeedsGenerator,
    ListingsGenerator,
    OfflineGenerator,
    PicturesGenerator,
    SiteFilesGenerator,
)
from copydesk.site.glance import REPORT, further_folders
from copydesk.site.grouping import regroup
from copydesk.site.handwritten import complete, lost_links, name_section, settle_address, settle_ids
from copydesk.site.listings import start_stories, write_authors, write_sections, write_stories, write_topics
from copydesk.site.markdownreader import use
from copydesk.site.namesakes import article_addresses, own_addresses, refuse_namesakes
from copydesk.site.navigation import navigation_of
from copydesk.site.newsroom import SeedArticle
from copydesk.site.pages import FILTERS, template_globals
from copydesk.site.report import NOTHING_CHANGED, Report
from copydesk.site.search import is_searched
from copydesk.site.stylesheet import complete_stylesheet
from copydesk.site.templates import lazy_template
from copydesk.site.translations import name_translations, order_translations
from copydesk.site.writer import NewsWriter


def connect() -> None:
    """Connect every handler; Pelican holds them weakly, so they are functions of this module."""
    signals.initialized.connect(prepare)
    signals.readers_init.connect(use)
    signals.generator_init.connect(share_with_others)
    signals.article_generator_init.connect(begin)
    signals.content_object_init.connect(settle_content)
    signals.article_generator_pretaxonomy.connect(add_articles)
    signals.article_generator_finalized.connect(tie_articles)
    signals.page_generator_finalized.connect(complete_pages)
    signals.all_generators_finalized.connect(open_the_press)
    signals.get_generators.connect(generators)
    signals.get_writer.connect(writer)
    signals.finalized.connect(publish)


def prepare(pelican: Any) -> None:
    """Read the settings, send Pelican's output to the staging folder, give the theme its functions."""
    pelican.settings["CACHE_CONTENT"] = pelican.settings["LOAD_CONTENT_CACHE"] = False  # can't hold what it is given
    pelican.settings["PAGINATION_PATTERNS"] = further_pages(pelican.settings["PAGINATION_PATTERNS"])
    build = Build(pelican.settings)
    pelican.settings[BUILD] = build
    pelican.run = partial(_run, pelican.run, build)
    if build.staging:
        pelican.output_path = str(build.staging.path)
        pelican.delete_outputdir = False
    pelican.settings["JINJA_FILTERS"] = {**FILTERS, **pelican.settings["JINJA_FILTERS"]}
    pelican.settings["JINJA_GLOBALS"] = {**template_globals(pelican.settings), **pelican.settings["JINJA_GLOBALS"]}


def share_with_others(generator: Generator) -> None:
    """Let a generator have the templates of this build's first one, which `begin` sees to."""
    if not isinstance(generator, ArticlesGenerator):
        share_templates(generator)


def share_templates(generator: Generator) -> None:
    """Let all generators have one Jinja environment, so that no template is compiled twice.

    A plugin may change the environment of one generator alone: with others in the house each keeps its own.
    """
    build = _build(generator)
    if build.alone:
        generator.env = build.shared_environment(generator.env)
        generator.get_template = partial(lazy_template, generator, {})


def begin(generator: ArticlesGenerator) -> None:
    """Start a build: the articles' generator is the first that Pelican makes."""
    _watch(generator.settings, False)
    generator.generate_articles = partial(write_stories, generator)
    generator.generate_categories = partial(write_sections, generator)
    generator.generate_tags = partial(write_topics, generator)
    generator.generate_authors = partial(write_authors, generator)
    _build(generator).begin(_autoreload())
    share_templates(generator)


def settle_content(content: Any) -> None:
    """Give a hand-written article its section's name and, where it has none, the date of its first sight, for order."""
    build: Build | None = content.settings.get(BUILD)
    if not build or not isinstance(content, Article) or not content.source_path or isinstance(content, SeedArticle):
        return
    name_section(content)
    if not hasattr(content, "date"):
        content.date = build.content_seen.moment(content.get_relative_source_path())
        content.locale_date = content.date.strftime(content.date_format)
        content.metadata["copydesk_undated"] = True


def add_articles(generator: ArticlesGenerator) -> None:
    """Add the cleaned articles to those written by hand, before Pelican groups them by section, tag and author."""
    build = _build(generator)
    drafts = (generator.drafts, generator.drafts_translations)
    groups = (generator.articles, generator.translations, generator.hidden_articles, generator.hidden_translations)
    order_translations((*groups, *drafts))
    name_translations((generator.translations, generator.hidden_translations, generator.drafts_translations))
    build.refused_content += refuse_namesakes((*groups, *drafts), own_addresses(generator.settings))
    by_hand = [*generator.articles, *generator.translations]
    hidden_by_hand = [*generator.hidden_articles, *generator.hidden_translations]
    for article in (*by_hand, *hidden_by_hand, *chain(*drafts)):
        _complete(article, build, generator)
    build.warnings += settle_ids((*groups, *drafts), build.ids, generator.settings["SITENAME"])
    build.handwritten = len(by_hand)
    stories = build.articles(
        generator.articles, generator.hidden_articles, [*by_hand, *hidden_by_hand], generator.context
    )
    generator.articles = [] if stories.revision else stories.published
    generator.hidden_articles = stories.hidden
    generator.drafts += stories.drafts
    build.translations += [*generator.translations, *generator.hidden_translations]
    build.drafts += chain(*drafts)


def open_the_press(generators: list[Generator]) -> None:
    """See to all that comes between the articles and the pages.

    It is one handler, since those of one signal are called in no certain order.
    """
    failed_content(generators)
    _build(generators[0]).static_files = generators[0].context["staticfiles"]
    navigate(generators)
    start_stories(generators[0])  # before anything else works beside this process
    index(generators)


def failed_content(generators: list[Generator]) -> None:
    """Remember the hand-written files that Pelican could not read; it logs them and goes on."""
    build = _build(generators[0])
    for path, content in sorted(generators[0].context["generated_content"].items()):
        if content is None:
            build.refused_content.append(build.unread.refusal(path))


def navigate(generators: list[Generator]) -> None:
    """Give templates what every page shows of the whole site."""
    context, translations = generators[0].context, generators[0].translations
    context["nav"] = navigation_of(context, _build(generators[0]).settings.nav_sections)
    context["searched"] = [*context["articles"], *translations] if translations else context["articles"]


def index(generators: list[Generator]) -> None:
    """Start to write the search index: Pagefind works while the pages are written."""
    build = _build(generators[0])
    if build.search and is_searched(generators[0].settings):
        build.search.begin(generators[0].context["searched"])


def tie_articles(generator: ArticlesGenerator) -> None:
    """Tell each article its neighbours and related stories, and which picture stands for it."""
    build = _build(generator)
    if build.stories:
        if build.stories.revision:
            regroup(generator, build.stories.published)
        build.stories.tie()


def complete_pages(generator: PagesGenerator) -> None:
    """Give pages the same facts and anchors as articles."""
    build = _build(generator)
    groups = (generator.pages, generator.translations, generator.hidden_pages, generator.hidden_translations)
    drafts = (generator.draft_pages, generator.draft_translations)
    order_translations((*groups, *drafts))
    name_translations((generator.translations, generator.hidden_translations, generator.draft_translations))
    articles = (*generator.context["articles"], *generator.context["hidden_articles"])
    taken = own_addresses(generator.settings) | article_addresses(groups, articles, generator.settings)
    build.refused_content += refuse_namesakes((*groups, *drafts), taken)
    for page in chain(*groups, *drafts):
        _complete(page, build, generator)
    build.warnings += settle_ids((*groups, *drafts), build.ids, generator.settings["SITENAME"])
    build.translations += [*generator.translations, *generator.hidden_translations]
    build.drafts += chain(*drafts)


def _complete(content: Any, build: Build, generator: Generator) -> None:
    seen = build.content_seen.moment(content.get_relative_source_path())
    build.warnings += lost_links(content)
    complete(content, seen, generator.settings["SITENAME"], build.texts, build.usable_picture)
    if build.alone:
        settle_address(content)


def generators(pelican: Any) -> tuple[type[Generator], ...]:
    """Return our generators to Pelican."""
    return (
        FurtherFeedsGenerator,
        ListingsGenerator,
        FormerAddressesGenerator,
        PicturesGenerator,
        CardsGenerator,
        OfflineGenerator,
        SiteFilesGenerator,
    )


def writer(pelican: Any) -> type[NewsWriter]:
    """Return our writer to Pelican."""
    return NewsWriter


def publish(pelican: Any) -> None:
    """Put the finished site in the place of the old one."""
    build: Build = pelican.settings[BUILD]
    output = Path(pelican.output_path)
    build.lost.raise_for_room(str(build.last.output))
    complete_stylesheet(output, pelican.settings, build)
    if build.search and (problem := build.search.end()):
        build.warnings.append(problem)
    build.publish()


def _run(run: Callable[[], None], build: Build) -> None:
    """Run Pelican, tell what became of each seed, and end with status 1 if something was refused.

    It wraps `Pelican.run` since a plugin that left the process in a signal's handler would rob the others of theirs.
    What is saved while it runs, Pelican does not see where it rebuilds on every change: it is run again then.
    """
    watching = _autoreload()
    report = _run_once(run, build)
    while watching and build.is_outdated():
        report = _run_once(run, build)
    if report.refused and build.settings.fail_on_refused and not watching:
        sys.exit(1)


def _run_once(run: Callable[[], None], build: Build) -> Report:
    """Run Pelican where something has changed, tell and return what became of each seed."""
    report = build.unchanged()
    if report:
        print(NOTHING_CHANGED, flush=True)
    else:
        collecting = gc.isenabled()
        gc.disable()  # looking for circles among so many articles costs a fifth of a build, and finds none
        try:
            run()
        except OSError as error:
            if exhausted(error):
                print(f"Copydesk: no room left ({error}); the old site is untouched", file=sys.stderr, flush=True)
            raise
        finally:
            if collecting:
                gc.enable()
            build.end()
        report = build.report()
        report.write(build.state / REPORT)
        build.remember()
    report.tell()
    _watch(build.pelican_settings, True)
    return report


def _build(generator: Generator) -> Build:
    build: Build = generator.settings[BUILD]
    return build


def _watch(settings: dict[str, Any], watching: bool) -> None:
    """Let `pelican --autoreload` watch the seeds, and all folders but content and theme that the site is made from.

    It watches STATIC_PATHS, which no generator reads between builds.
    """
    build: Build = settings[BUILD]
    more = further_folders(settings, build.settings, build.root)
    paths = [path for path in settings["STATIC_PATHS"] if path not in more]
    settings["STATIC_PATHS"] = [*paths, *more] if watching else paths


def _autoreload() -> bool:
    """Whether Pelican rebuilds on every change, where one refused seed must not end it; it tells no plugin."""
    frame = sys._getframe()
    while frame := frame.f_back:  # type: ignore[assignment]
        if frame.f_code.co_name == "autoreload":
            return True
    return False
