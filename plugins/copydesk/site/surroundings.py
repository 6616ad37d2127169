"""What a site is made from beside its texts, overrides and the commits: where it is the same, stories stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pelican.readers import HTMLReader, MarkdownReader, RstReader

from copydesk.site.contents import Contents
from copydesk.site.filenames import name_of
from copydesk.site.unchanged import surroundings
from copydesk.store import key_of

BY_HAND = tuple(f".{ending}" for reader in (MarkdownReader, RstReader, HTMLReader) for ending in reader.file_extensions)
"""Endings of the files in which Pelican finds texts by hand."""


class Surroundings:
    """The surroundings of one build: settings, code, environment, and all files but seeds, overrides, texts by hand."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        output: Path,
        lines: Sequence[str],
        seeds: Path,
        overrides: Path,
        contents: Contents,
    ) -> None:
        """Take a line for each file that the site at `output` is made from, and the folders of seeds and overrides.

        `looks` tells how each of the files looks, by its path, `contents` what it holds.
        """
        self.contents = contents
        self._settings = settings
        self._output = output
        self.looks = {path: look for path, _, look in (line.partition("\0") for line in lines)}
        self._seeds = f"{seeds.resolve()}/"
        self._overrides = f"{overrides.resolve()}/"
        self._content = f"{Path(settings['PATH']).resolve()}/"
        self._told: str | None = None
        self.overrides = {
            name_of(path.removeprefix(self._overrides)): contents.digest(path, look)
            for path, look in self.looks.items()
            if path.startswith(self._overrides)
        }

    def settle(self, seeds: Iterable[str], cleaning: str) -> None:
        """Say which files are seeds, by their names (others beside them count), and what stands for cleaning."""
        own = {f"{self._seeds}{name}" for name in seeds}
        rest = [
            f"{path}\0{self.contents.digest(path, look)}"
            for path, look in self.looks.items()
            if path not in own and not path.startswith(self._overrides) and not self._is_by_hand(path)
        ]
        told = surroundings(self._settings, rest) if self.looks else None
        self._told = key_of(told, cleaning, str(self._output)) if told else None

    def _is_by_hand(self, path: str) -> bool:
        return path.startswith(self._content) and path.endswith(BY_HAND)

    def told(self) -> str | None:
        """Return what stands for the surroundings, None where they can't be known."""
        return self._told
