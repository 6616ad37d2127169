"""Finds the site that a seed belongs to, so that the command line sees what the build sees."""

from __future__ import annotations

import runpy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from copydesk.cleaning.leaning import Leaning
from copydesk.cleaning.rulebook import RuleBook, load_rules
from copydesk.desk.overrides import load_override
from copydesk.errors import SettingError
from copydesk.model import Override
from copydesk.settings import Settings, read

CONFIGURATION = "pelican.conf.py"


@dataclass(frozen=True)
class HomeSite:
    """A site's folders, or, where `root` is None, none at all: built-in rules, no overrides."""

    root: Path | None
    settings: Settings = field(default_factory=Settings)
    content: Path | None = None

    @cached_property
    def rules(self) -> RuleBook:
        """The built-in rules and those of the site."""
        return load_rules([self.root / folder for folder in self.settings.rules] if self.root else [])

    @property
    def leaning(self) -> Leaning:
        """Where the site's cleaning leans."""
        return Leaning.named(self.settings.cleaning)

    @property
    def seeds(self) -> Path | None:
        """The folder of the site's seeds."""
        return self.root / self.settings.seeds if self.root else None

    def name_of(self, path: Path) -> str:
        """Return a seed's name: its path below the seeds folder, else its file name."""
        if self.seeds and path.resolve().is_relative_to(self.seeds.resolve()):
            return path.resolve().relative_to(self.seeds.resolve()).as_posix()
        return path.name

    def override_named(self, name: str) -> Override | None:
        """Return what the editor corrects of the seed `name`. Raises OverrideError."""
        return load_override(self.root / self.settings.overrides, name) if self.root else None


NOWHERE = HomeSite(None)


def home_of(path: Path) -> HomeSite:
    """Return the site in whose seeds folder the file or folder `path` lies.

    A site is the nearest folder upwards with a `pelican.conf.py`, which is run to read its settings. Raises
    SettingError where that fails.
    """
    for folder in (path.resolve(), *path.resolve().parents):
        if (folder / CONFIGURATION).is_file():
            site = _site(folder / CONFIGURATION)
            inside = site.seeds is not None and path.resolve().is_relative_to(site.seeds.resolve())
            return site if inside else NOWHERE
    return NOWHERE


def _site(configuration: Path) -> HomeSite:
    try:
        values = runpy.run_path(str(configuration))
    except Exception as error:
        what = f"can't be run ({type(error).__name__}: {error})"
        raise SettingError(what, str(configuration), remedy="Correct it; pelican needs it as well") from error
    content = (configuration.parent / str(values.get("PATH", "content"))).resolve()
    return HomeSite(content.parent, read(values), content)
