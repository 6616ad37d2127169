"""Copydesk's own Pelican generators: pages and files that Pelican has no idea of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound
from pelican.contents import Page
from pelican.generators import Generator, PelicanTemplateNotFound
from pelican.utils import order_content

from copydesk import __version__
from copydesk.settings import BUILD
from copydesk.site.addresses import former_paths, slugs_of_names
from copydesk.site.build import Build
from copydesk.site.cards import put_card
from copydesk.site.code import code_digest
from copydesk.site.namesakes import own_addresses
from copydesk.site.pictures import OwnPicture, variant
from copydesk.site.sitefiles import site_files
from copydesk.site.translations import translations_of
from copydesk.site.writer import NewsWriter
from copydesk.store import key_of


def _build(generator: Generator) -> Build:
    build: Build = generator.settings[BUILD]
    return build


def _texts(context: Mapping[str, Any]) -> Iterator[Any]:
    """Yield all articles and pages but translations and drafts, which Pelican has apart from them."""
    return chain.from_iterable(context[name] for name in ("articles", "hidden_articles", "pages", "hidden_pages"))


class FurtherFeedsGenerator(Generator):  # type: ignore[misc]
    """Writes a feed for each source and language, where the settings ask for them; Pelican knows none of these."""

    def generate_output(self, writer: NewsWriter) -> None:
        """Write the feeds, newest first, as Pelican does for sections."""
        own, texts = _build(self).settings, self._texts()
        groups = ((own.source_feed, "source_name"), (own.language_feed, "language"))
        for path, fact in groups:
            members: dict[str, list[Any]] = {}
            for article in texts if path else ():
                members.setdefault(getattr(article.copydesk, fact) or "", []).append(article)
            slugs = slugs_of_names(filter(None, members))
            for name, slug in slugs.items():
                articles, target = members[name], path.format(slug=slug)
                kind = "rss" if "rss" in target else "atom"
                writer.write_feed(articles, self.context, target, target, feed_title=name, feed_type=kind)

    def _texts(self) -> Sequence[Any]:
        """Return the articles that are listed, and their translations among them."""
        listed = self.context["articles"]
        others = translations_of(listed)
        texts: list[Any] = order_content([*listed, *others], self.settings["ARTICLE_ORDER_BY"]) if others else listed
        return texts


class SiteFilesGenerator(Generator):  # type: ignore[misc]
    """Writes sitemap.xml, robots.txt and the files that GitHub Pages reads."""

    def generate_output(self, writer: NewsWriter) -> None:
        """Write the files; one that a static file of the site has the name of is left to it."""
        build = _build(self)
        if not build.settings.site_files:
            return
        for name, text in site_files(self.context, build.settings):
            build.documents.write(name, text.encode())


class OfflineGenerator(Generator):  # type: ignore[misc]
    """Writes the service worker with which pages that were read can be read offline, in themes that have one."""

    def generate_output(self, writer: NewsWriter) -> None:
        """Write `sw.js` to the site's root, the only place from which it may serve all pages."""
        build = _build(self)
        if not build.settings.offline or "offline" not in self.settings["DIRECT_TEMPLATES"]:
            return
        try:
            template = self.env.get_template("sw.js")
        except TemplateNotFound:
            return
        static = self.settings["THEME_STATIC_DIR"]
        needed = ["offline.html", *(f"{static}/{name}" for name in ("css/site.css", "js/look.js", "js/reader.js"))]
        version = key_of(__version__, build.settings.look, *self._bytes(build))[:12]
        build.documents.write("sw.js", template.render(version=version, needed=needed).encode())

    def _bytes(self, build: Build) -> Iterator[str]:
        """Yield a digest of each file that the pages' look is made from, in an order that is the same everywhere."""
        theme = Path(self.settings["THEME"])
        own = [build.root / build.settings.css] if build.settings.css else []
        for path in (*sorted(theme.rglob("*.*"), key=lambda path: path.relative_to(theme).as_posix()), *own):
            if path.is_file():
                yield hashlib.sha256(path.read_bytes()).hexdigest()


class ListingsGenerator(Generator):  # type: ignore[misc]
    """Writes the pages of months and sources, in themes that have templates for them."""

    def generate_output(self, writer: NewsWriter) -> None:
        """Write the pages."""
        self._months(writer)
        self._sources(writer)

    def _months(self, writer: NewsWriter) -> None:
        build = _build(self)
        template = self._template("month") if build.settings.month_pages else None
        for month in build.calendar_of(self.context["dates"]).pages() if template else ():
            self._write(writer, month.path, template, month=month)

    def _sources(self, writer: NewsWriter) -> None:
        build = _build(self)
        template = self._template("source") if build.settings.source_pages else None
        for source, articles in build.sources_of(self.context["articles"]) if template else ():
            stories = {"articles": articles, "dates": articles}
            self._write(
                writer, source.url, template, source=source, **stories, paginated=stories, template_name="source"
            )

    def _write(self, writer: NewsWriter, path: str, template: Any, **values: Any) -> None:
        relative = self.settings["RELATIVE_URLS"]
        writer.write_file(path, template, self.context, relative_urls=relative, url=path, **values)

    def _template(self, name: str) -> Any:
        try:
            return self.get_template(name)
        except PelicanTemplateNotFound:
            return None


class FormerAddressesGenerator(Generator):  # type: ignore[misc]
    """Writes a page that leads on at each address that an article or a page by hand had before."""

    def generate_output(self, writer: NewsWriter) -> None:
        """Write the pages; an address at which something stands now is left to it."""
        there = [*_texts(self.context), *_build(self).translations]
        moved = [content for content in there if content.copydesk.was]
        if not moved:
            return
        taken = {content.save_as.lower() for content in there} | own_addresses(self.settings).keys()
        try:
            template = self.get_template("moved")
        except PelicanTemplateNotFound:
            return
        for content in sorted(moved, key=lambda content: content.copydesk.id):
            for path in self._former(content):
                if path.lower() not in taken:
                    taken.add(path.lower())
                    relative = self.settings["RELATIVE_URLS"]
                    writer.write_file(path, template, self.context, relative_urls=relative, url=path, article=content)

    def _former(self, content: Any) -> list[str]:
        """Return the paths of a text's former pages; one in another language may have stood where those of it do."""
        kind = "PAGE" if isinstance(content, Page) else "ARTICLE"
        parts = ("",) if content.in_default_lang else ("", "LANG_")
        paths = [former_paths(content, self.settings[f"{kind}_{part}SAVE_AS"]) for part in parts]
        return [*dict.fromkeys(chain.from_iterable(paths))]


class PicturesGenerator(Generator):  # type: ignore[misc]
    """Writes the pictures of scraped pages, and the further widths of all that articles and pages show."""

    def generate_output(self, writer: NewsWriter) -> None:
        """Write the pictures; one that would come out the same is taken from the published site."""
        written = set[str]()
        build = _build(self)
        for content in (*_texts(self.context), *build.translations, *build.drafts):
            for picture in content.copydesk.pictures:
                if picture.path not in written:
                    self._write(content, picture)
                    written.add(picture.path)

    def _write(self, content: Any, picture: OwnPicture) -> None:
        """Write a picture in its widths, and itself where no author put it into the site."""
        documents = _build(self).documents
        whole = cache(partial(_picture_bytes, content, picture))
        if picture.file is None:
            documents.put(picture.path, key_of(picture.digest), whole)
        for width, path in picture.variants:
            made_from = key_of(code_digest(("pillow",)), path)
            documents.put(path, made_from, lambda width=width: variant(whole(), width))  # type: ignore[misc]


def _picture_bytes(content: Any, picture: OwnPicture) -> bytes:
    return picture.file.read_bytes() if picture.file else bytes(content.picture(picture.digest))


class CardsGenerator(Generator):  # type: ignore[misc]
    """Writes the pictures that stand for articles in link previews; one that would come out the same is not drawn."""

    def generate_output(self, writer: NewsWriter) -> None:
        """Write the pictures."""
        for article in self.context["articles"]:
            if article.copydesk.card:
                put_card(article, self.settings, _build(self).documents)
