"""Measures how well the evidence alone, without any rule, cleans the stories of `tests/paper`, and raises the floors.

    .venv/bin/python tests/quality/measure.py

Each story is judged as it is and crowded: with headlines and first sentences of other stories, readers' comments and
sign-up prompts in whole sentences around it. `furniture.txt` lists the furniture in the stories, `prose.txt` that in
sentences; both are a person's word. A floor is only ever raised by this program.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from copydesk.cleaning.label import label
from copydesk.cleaning.rulebook import rule_book
from copydesk.intake import read
from copydesk.model import Role

HERE = Path(__file__).parent
STORIES = HERE.parent / "paper" / "seeds"
FLOORS = HERE / "floors.toml"
LOST = 0.05
FRONT = frozenset((Role.HEADLINE, Role.DEK, Role.BYLINE, Role.DATELINE))
TEASERS, PROSE = 3, 4
"""Teasers of other stories around each, and lines of `prose.txt` after it."""


@dataclass(frozen=True, slots=True)
class Story:
    """A dump, and for each of its lines with text whether it is furniture."""

    name: str
    lines: tuple[tuple[str, bool], ...]

    @property
    def article(self) -> list[str]:
        """The article's lines."""
        return [text for text, furniture in self.lines if not furniture]


def stories() -> list[Story]:
    """Return the stories of the paper, in the order of their names."""
    furniture = set((HERE / "furniture.txt").read_text("utf-8").splitlines())
    out = []
    for path in sorted(STORIES.rglob("*.txt")):
        texts = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
        out.append(Story(path.stem, tuple((text, text in furniture) for text in texts)))
    return out


def crowded(all_stories: Sequence[Story]) -> Iterator[Story]:
    """Yield each story with teasers of others before and after it, and furniture in sentences."""
    prose = (HERE / "prose.txt").read_text("utf-8").splitlines()
    for number, story in enumerate(all_stories):
        others = [all_stories[(number + 7 * step) % len(all_stories)] for step in range(1, 2 * TEASERS + 1)]
        teasers = [(line, True) for other in others for line in _teaser(other)]
        half = len(teasers) // 2
        said = [(prose[(number * PROSE + place) % len(prose)], True) for place in range(PROSE)]
        yield Story(story.name, (*teasers[:half], *story.lines, *said, *teasers[half:]))


def _teaser(story: Story) -> list[str]:
    """Return the headline of a story and the longest of its next lines."""
    article = story.article
    return [article[0], max(article[1:4], key=len)]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares, over all stories: words kept rightly of those kept, of the article's; stories that lose none."""

    precision: float
    recall: float
    whole: float


def figures(some: Sequence[Story]) -> Figures:
    """Clean the stories by evidence alone and compare with what people marked."""
    kept = right = article = 0
    whole = 0
    for story in some:
        source = read("\n\n".join(text for text, _ in story.lines).encode(), f"{story.name}.txt")
        labels = label(source, rule_book([]))
        told = {id(lb.block): lb.label.keep for lb in labels}
        sizes = [
            (len(text), furniture, told[id(block)])
            for block, (text, furniture) in zip(source.blocks, story.lines, strict=True)
        ]
        kept += sum(size for size, _, keep in sizes if keep)
        right_here = sum(size for size, furniture, keep in sizes if keep and not furniture)
        here = sum(size for size, furniture, _ in sizes if not furniture)
        right, article = right + right_here, article + here
        whole += here - right_here <= LOST * here
    return Figures(round(right / kept, 4), round(right / article, 4), round(whole / len(some), 4))


def measured() -> dict[str, float]:
    """Return all figures by name."""
    plain = stories()
    found = {"plain": figures(plain), "crowded": figures(list(crowded(plain)))}
    return {
        f"{kind} {name}": getattr(value, name)
        for kind, value in found.items()
        for name in ("precision", "recall", "whole")
    }


def main() -> None:
    """Measure, and write floors that are higher than those that are there."""
    data = tomllib.loads(FLOORS.read_text("utf-8"))
    known = data.get("floor", {})
    out = FLOORS.read_text("utf-8").split("[floor")[0]
    for name, value in measured().items():
        old = known.get(name, {"best": 0.0, "least": 0.0})
        best = max(value, old["best"])
        least = max(old["least"], round(value - data["slack"], 4))
        out += f'[floor."{name}"]\nbest = {best}\nleast = {least}\n'
        out += f'lowered = "{old["lowered"]}"\n\n' if "lowered" in old else "\n"
        print(f"{name}: {value}, floor {least}, best {best}")
    FLOORS.write_text(out.rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main()
