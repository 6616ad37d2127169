"""Obeys the editor: `content/overrides/{seed's name}.toml` keeps or drops lines and corrects what was found."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from copydesk.desk.overridefile import parse_override
from copydesk.errors import OverrideError
from copydesk.model import Article, Label, LabelledBlock, LabelledMedia, LineOverride, Override, Role

KEPT = Label(True, Role.PARAGRAPH, "override", "kept by the editor")
DROPPED = Label(False, Role.FURNITURE, "override", "dropped by the editor")


def file_names(seed_name: str) -> tuple[str, str]:
    """Return the names that the override of a seed may have below its folder: `a.txt.toml` and `a.toml`.

    One of several in a file (`a.jsonl#3`) has a single one.
    """
    if "#" in seed_name:
        return f"{seed_name}.toml", f"{seed_name}.toml"
    path = PurePosixPath(seed_name)
    return f"{path}.toml", f"{path.parent / stem(path.name)}.toml"


def stem(name: str) -> str:
    """Return a file's name without its endings (`a.html.gz` becomes `a`); a leading dot is not an ending."""
    path = PurePosixPath(name)
    for _ in path.suffixes[-2:]:
        if 2 <= len(path.suffix) <= 6 and path.suffix[1:].isalnum() and not path.suffix[1:].isdigit():
            path = path.with_suffix("")
    return path.name


def load_override(folder: Path, seed_name: str) -> Override | None:
    """Return the editor's override of a seed, None where there is none.

    Raises OverrideError where the file can't be understood, or where both names of it are there.
    """
    there = [name for name in dict.fromkeys(file_names(seed_name)) if _is_there(folder / name)]
    if len(there) > 1:
        raise OverrideError(f"stands beside {there[1]}: both correct {seed_name}", there[0], remedy="Keep one of them")
    return parse_override(folder / there[0], there[0]) if there else None


def _is_there(path: Path) -> bool:
    """Tell whether there is a file of a name; with its ending that may be longer than any can be."""
    try:
        return path.is_file()
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        return False


class OverrideFolder:
    """The override files below a folder, looked up once."""

    def __init__(self, folder: Path) -> None:
        """Look up the files below `folder`."""
        self.folder = folder
        found = folder.rglob("*.toml") if folder.is_dir() else ()
        self._names = {path.relative_to(folder).as_posix() for path in found}
        self._stems = {name.removesuffix(".toml") for name in self._names}

    def load(self, seed_name: str) -> Override | None:
        """Return the override of a seed as `load_override` does."""
        return load_override(self.folder, seed_name) if self.may_correct(seed_name) else None

    def orphans(self, seed_names: Iterable[str]) -> list[str]:
        """Return the override files that belong to no seed, sorted."""
        wanted = {file for name in seed_names if self.may_correct(name) for file in file_names(name)}
        return sorted(self._names - wanted)

    def may_correct(self, seed_name: str) -> bool:
        """Tell whether a seed can have an override here, faster than by looking for its files."""
        without = seed_name.rpartition(".")[0]
        return not self._stems.isdisjoint((seed_name, without, without.rpartition(".")[0]))


def overrule(
    labelled: tuple[LabelledBlock, ...], override: Override
) -> tuple[tuple[LabelledBlock, ...], tuple[str, ...]]:
    """Return the blocks as the editor wants them, and a warning for each entry that matches no line any more."""
    blocks = list(labelled)
    warnings = []
    for entry in override.lines:
        if entry.picture is not None:
            continue
        places, warning = _find(blocks, entry)
        if warning:
            warnings.append(f"{override.where}: {warning}")
        for place in places:
            blocks[place] = _overruled(blocks[place], entry)
    return tuple(blocks), tuple(warnings)


def _find(blocks: Sequence[LabelledBlock], entry: LineOverride) -> tuple[list[int], str | None]:
    """Return the places of the blocks that `entry` means, and what there is to tell about it."""
    numbered = [i for i, lb in enumerate(blocks) if entry.line and lb.block.first <= entry.line <= lb.block.last]
    if entry.text is None:
        return numbered, None if numbered else f"line {entry.line} has no text, so its entry does nothing"
    wanted = " ".join(entry.text.split())
    alike = [i for i, lb in enumerate(blocks) if " ".join(lb.block.text.split()) == wanted]
    both = [i for i in numbered if i in alike]
    if both or (entry.line is None and alike):
        return both or alike, None
    if len(alike) == 1:
        return alike, f"{_short(wanted)} stands on line {blocks[alike[0]].block.first} now, not on line {entry.line}"
    if alike:
        return [], f"{_short(wanted)} stands on {len(alike)} lines, but not on line {entry.line}: correct its number"
    return [], f"{_short(wanted)} matches no line any more, so its entry does nothing"


def overrule_media(
    media: tuple[LabelledMedia, ...], override: Override
) -> tuple[tuple[LabelledMedia, ...], tuple[str, ...]]:
    """Return the pictures and embeds as the editor wants them, and a warning for each entry that matches none."""
    found, warnings = list(media), []
    for entry in override.lines:
        if entry.picture is None:
            continue
        places = [n for n, one in enumerate(found) if entry.picture in (one.media.name, *one.media.addresses)]
        if not places:
            warnings.append(
                f"{override.where}: no picture is called {_short(entry.picture)}, so its entry does nothing"
            )
        label = Label(True, Role.FIGURE, KEPT.reason, KEPT.why) if entry.keep else DROPPED
        for place in places:
            found[place] = replace(found[place], label=label)
    return tuple(found), tuple(warnings)


def _short(text: str) -> str:
    return f'"{text if len(text) <= 60 else text[:57] + "..."}"'


def _overruled(labelled: LabelledBlock, entry: LineOverride) -> LabelledBlock:
    if not entry.keep:
        return LabelledBlock(labelled.block, DROPPED)
    kept = labelled.label if labelled.label.keep else KEPT
    settled = entry.role is not None
    return LabelledBlock(labelled.block, replace(KEPT, role=entry.role or kept.role, settled=settled))


def correct(article: Article, override: Override) -> Article:
    """Return the article with the editor's facts in the place of those that were found."""
    facts = {
        "headline": override.headline,
        "title": override.headline,
        "dek": override.dek,
        "authors": override.authors,
        "published": override.published,
        "section_name": override.section,
        "tags": override.tags,
        "language": override.language,
        "updated": override.updated,
        "status": override.status,
        "canonical": override.canonical,
        "was": override.was or None,
    }
    corrected = replace(article, **{name: value for name, value in facts.items() if value is not None})  # type: ignore[arg-type]
    if override.headline is None:
        return corrected
    origin = replace(corrected.provenance, headline_from="the editor", headline_found=article.title)
    return replace(corrected, provenance=origin)
