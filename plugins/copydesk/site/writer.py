"""Pelican's writer, which writes no page and no feed that would come out as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Template
from pelican.paginator import Paginator
from pelican.plugins import signals
from pelican.utils import get_relative_path, path_to_url, sanitised_join
from pelican.writers import Writer

from copydesk.feeds.entry import Feed
from copydesk.feeds.jsonfeed import json_path
from copydesk.settings import BUILD
from copydesk.site.build import Build
from copydesk.site.feedfiles import Asked, FeedDesk, FeedFile, written

LISTS = ("articles", "dates")
"""What a listing's template is given to be shown in pages."""


class NewsWriter(Writer):  # type: ignore[misc]
    """Writes pages as Pelican does and feeds by Copydesk's feed adapters; all `*_FEED_*` settings keep their meaning.

    A file with the fingerprint that it had in the last build is taken over from the published site.
    """

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        """Begin with nothing written."""
        super().__init__(output_path, settings)
        self._build: Build = settings[BUILD]
        self._feeds = FeedDesk(settings)
        self._json_written: set[str] = set()

    def write_file(
        self,
        name: str,
        template: Template,
        context: dict[str, Any],
        relative_urls: bool = False,
        paginated: Mapping[str, Sequence[Any]] | None = None,
        template_name: str | None = None,
        override_output: bool = False,
        url: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Write a page, or the pages of a listing (see pelican.writers.Writer.write_file).

        Templates of listings are given `listed`: the stories of this page.
        """
        if not name:
            return
        lists = {key: kwargs[key] for key in LISTS if key in kwargs} if paginated is None else paginated
        if lists and template_name in self.settings["PAGINATED_TEMPLATES"]:
            most = self.settings["PAGINATED_TEMPLATES"][template_name] or self.settings["DEFAULT_PAGINATION"]
            self._write_listing(name, url, template, context, kwargs, lists, most, relative_urls, override_output)
            return
        values = {"listed": next(iter(lists.values()))} if lists else {}
        self._write_page(name, template, context, {**kwargs, **values}, relative_urls, override_output)

    def _write_listing(
        self,
        name: str,
        url: str | None,
        template: Template,
        context: dict[str, Any],
        own: dict[str, Any],
        lists: Mapping[str, Sequence[Any]],
        most: int,
        relative: bool,
        override: bool,
    ) -> None:
        """Write the pages of a listing, unless all of them would come out as they are."""
        place = f"{name} {url} {most} {relative}"
        made_from = self._build.listing_fingerprint(template, place, context, own, lists)
        if made_from and not override and self._take_over_all(name, made_from):
            return
        paths = []
        for path, values in self._pages(name, url, lists, most):
            self._write_page(path, template, context, {**own, **values}, relative, override)
            paths.append(path)
        if made_from:
            self._build.documents.wrote_pages(name, made_from, paths)

    def _pages(
        self, name: str, url: str | None, lists: Mapping[str, Sequence[Any]], most: int
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield path and values of each page of a listing."""
        paginators = {key: Paginator(name, url, values, self.settings, most) for key, values in lists.items()}
        for number in range(1, next(iter(paginators.values())).num_pages + 1):
            values: dict[str, Any] = {}
            for key, paginator in paginators.items():
                page = paginator.page(number)
                values[f"{key}_paginator"] = paginator
                values[f"{key}_page"] = page
                values[f"{key}_previous_page"] = paginator.page(number - 1) if number > 1 else None
                values[f"{key}_next_page"] = paginator.page(number + 1) if number < paginator.num_pages else None
                values.setdefault("listed", page.object_list)
            yield page.save_as, values

    def _write_page(
        self,
        path: str,
        template: Template,
        context: dict[str, Any],
        own: dict[str, Any],
        relative: bool,
        override: bool,
    ) -> None:
        """Render a page and write it, unless the one that is published would come out again."""
        fingerprint = self._build.fingerprint(template, path, context, own, relative)
        if self._taken_over(path, fingerprint, override):
            return
        values = {**context, "localsiteurl": context.get("localsiteurl"), "output_file": path}
        if relative:
            values["SITEURL"] = values["localsiteurl"] = path_to_url(get_relative_path(path))
        values.update(own)
        if values["localsiteurl"]:
            context["localsiteurl"] = values["localsiteurl"]
        shown = self._build.shown_values(template, values) if fingerprint else values
        target = self._save(path, template.render(shown), fingerprint, override)
        signals.content_written.send(target, context=values)

    def _taken_over(self, path: str, made_from: str | None, override: bool) -> bool:
        """Take a file over from the published site if it was made from the same, and was not written before."""
        if made_from is None:
            return False
        target = f"{self.output_path}/{path}"
        if target in self._written_files or target in self._overridden_files:
            return False
        if not self._build.documents.keeps(path, made_from):
            return False
        self._written_files.add(target)
        if override:
            self._overridden_files.add(target)
        return True

    def take_over(self, paths: Iterable[str]) -> set[str]:
        """Take pages over from the published site, since they would come out as they are; return those that are there.

        One that was written before gives way to nothing.
        """
        kept = self._build.documents.keep_again(path for path in paths if not self._is_written(path))
        self._written_files.update(f"{self.output_path}/{path}" for path in kept)
        return kept

    def takes_as_written(self, paths: Iterable[str]) -> set[str]:
        """Take pages as written that another process has seen to; return them, less those that were written before."""
        fresh = {path for path in paths if not self._is_written(path)}
        self._written_files.update(f"{self.output_path}/{path}" for path in fresh)
        return fresh

    def _take_over_all(self, place: str, made_from: str) -> list[str]:
        """Take all files of a listing or feed over, and return them; none where one would come out otherwise."""
        documents = self._build.documents
        known = documents.pages_of(place, made_from)
        if not known or not all(map(self._can_take_over, known)):
            return []
        self.take_over(known)
        documents.wrote_pages(place, made_from, known)
        return known

    def _is_written(self, path: str) -> bool:
        return f"{self.output_path}/{path}" in self._written_files

    def _can_take_over(self, path: str) -> bool:
        return not self._is_written(path) and self._build.documents.is_there(path)

    def _save(self, path: str, text: str, made_from: str | None, override: bool) -> str:
        """Write a file, note what it was made from, and return its path.

        One that was taken over before gives way to it; it gives way itself to one that was set to go before all others.
        """
        target = str(sanitised_join(self.output_path, path))
        gives_way = target in self._overridden_files and not override
        if target in self._written_files or target in self._overridden_files:
            with self._open_w(target, "utf-8", override) as file:
                file.write(text)
        else:
            self._written_files.add(target)
            if override:
                self._overridden_files.add(target)
            self._build.documents.write(path, text.encode())
        if not gives_way:
            self._build.documents.wrote(path, made_from)
        return target

    def write_feed(
        self,
        elements: Sequence[Any],
        context: dict[str, Any],
        path: str | None = None,
        url: str | None = None,
        feed_type: str = "atom",
        override_output: bool = False,
        feed_title: str | None = None,
    ) -> Feed | None:
        """Write a feed of the articles `elements` to `path` (see pelican.writers.Writer.write_feed) and return it.

        What does not go into it stands in archived feeds beside it, and all of it in a JSON Feed, too. The feed that is
        returned has its entries where somebody listens to Pelican's signals of feeds; it is None where all its files
        are taken over.
        """
        heard = bool(signals.feed_generated.receivers or signals.feed_written.receivers)
        asked = Asked(elements, context, path, url, feed_type, feed_title or "")
        place, made_from = f"{path} {url}", self._feeds.made_from(asked)
        known = self._take_over_all(place, made_from) if not heard and not override_output else []
        if known:
            self._json_written.update(known)
            return None
        files = self._feeds.files(asked)
        paths: list[str] = []
        if heard:
            signals.feed_generated.send(context, feed=files[0].complete())
        for file in files:
            if file.path is None:
                continue
            forms = {file.path: "rss" if feed_type == "rss" else "atom"}
            beside = json_path(file.path)
            if self._build.settings.json_feeds and file.full and file.items and beside not in self._json_written:
                self._json_written.add(beside)
                forms[beside] = "json"
            self._write_feed(file, forms, override_output)
            paths += forms
            if heard:
                target = sanitised_join(self.output_path, file.path)
                signals.feed_written.send(target, context=context, feed=file.complete())
        self._build.documents.wrote_pages(place, made_from, paths)
        return files[0].complete() if heard else files[0].feed

    def _write_feed(self, file: FeedFile, forms: Mapping[str, str], override: bool) -> None:
        """Write a feed in its formats, by path; its entries are made once for all of them, and only where need be."""
        made_from = file.made_from(forms)
        stale = [path for path in forms if not self._taken_over(path, made_from[path], override)]
        feed = file.complete() if stale else file.feed
        for path in stale:
            self._save(path, written(feed, forms[path]).decode(), made_from[path], override)
