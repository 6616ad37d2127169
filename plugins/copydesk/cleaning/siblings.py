"""What a page shares with other pages of its source: a line that stands on two or more of them is furniture.

Pages are of one source if they were scraped from one host; pages whose host is unknown, if they share a line that is
long enough not to be chance. A page that tells the same story (a second scrape, an agency's text) is no other page:
else three scrapes of one story would make all of it furniture.

The numbers are told in steps, so that one more page of a large source changes nothing for the others.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from copydesk.intake.links import host_of
from copydesk.intake.mirrors import host_of_folder
from copydesk.model import Source

STEPS = (2, 3, 5, 10, 20, 50, 100)
"""Numbers of other pages that are told apart."""

LINKING = 25
"""Characters of the shortest line that two pages of unknown host share only if they are of one source."""

PROSE = 80
"""Characters from which on a line tells which story a page is about."""

SAME_STORY = 0.5
"""Share of a page's long lines, in characters, from which on a page that has them too tells the same story."""

MOST_SHARED = 30
"""Pages on which a long line may stand to tell that they are about the same story; what stands on more is furniture."""

KEY_BYTES = 8

Familiar = Mapping[int, int]
"""Keys of lines, and on how many other pages of the source each stands, in STEPS."""

NOTHING_FAMILIAR: Familiar = {}


@dataclass(frozen=True, slots=True)
class Sketch:
    """A page as its siblings see it: its host, and its different lines as keys, the long ones with their sizes."""

    host: str
    keys: tuple[int, ...]
    linking: frozenset[int]
    prose: Mapping[int, int]


def key_of_line(text: str) -> int:
    """Return the key of a line: a hash of its words in lower case."""
    folded = " ".join(text.split()).casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(folded, digest_size=KEY_BYTES).digest(), "big")


def sketch_of(source: Source) -> Sketch:
    """Return the sketch of a source."""
    sizes = {key_of_line(block.text): len(block.text) for block in source.blocks}
    return Sketch(
        host_of(source.url) or host_of_folder(source.name),
        tuple(sorted(sizes)),
        frozenset(key for key, size in sizes.items() if size >= LINKING),
        {key: size for key, size in sizes.items() if size >= PROSE},
    )


def familiar_lines(sketches: Sequence[Sketch]) -> list[Familiar]:
    """Return for each page the lines that stand on two or more other pages of its source."""
    out: list[Familiar] = [NOTHING_FAMILIAR] * len(sketches)
    for source in _sources(sketches):
        if len(source) > STEPS[0]:
            for page, familiar in zip(source, _familiar_in([sketches[page] for page in source]), strict=True):
                out[page] = familiar
    return out


def _sources(sketches: Sequence[Sketch]) -> Iterator[list[int]]:
    """Yield the pages of each source."""
    hosts: dict[str, list[int]] = defaultdict(list)
    for page, sketch in enumerate(sketches):
        hosts[sketch.host].append(page)
    unknown = hosts.pop("", [])
    yield from hosts.values()
    yield from _linked(unknown, ((page, key) for page in unknown for key in sketches[page].linking))


def _linked(pages: Iterable[int], links: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield the groups of pages that hang together by their links, each in order."""
    leader = {page: page for page in pages}

    def find(page: int) -> int:
        while leader[page] != page:
            leader[page] = page = leader[leader[page]]
        return page

    first: dict[int, int] = {}
    for page, key in links:
        one, other = find(first.setdefault(key, page)), find(page)
        leader[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = defaultdict(list)
    for page in leader:
        groups[find(page)].append(page)
    yield from groups.values()


def _familiar_in(sketches: Sequence[Sketch]) -> Iterator[Familiar]:
    """Yield for each page of one source its lines that stand on two or more others; one story counts once."""
    story = _stories(sketches)
    stands: Counter[int] = Counter()
    counted: set[tuple[int, int]] = set()
    twins = Counter(story)
    for page, sketch in enumerate(sketches):
        if twins[story[page]] == 1:
            stands.update(sketch.keys)
        else:
            fresh = [key for key in sketch.keys if (story[page], key) not in counted]
            counted.update((story[page], key) for key in fresh)
            stands.update(fresh)
    for sketch in sketches:
        yield {key: in_steps(stands[key] - 1) for key in sketch.keys if stands[key] > STEPS[0]}


def in_steps(pages: int) -> int:
    """Return the largest step that a number of pages reaches."""
    return STEPS[bisect_right(STEPS, pages) - 1]


def _stories(sketches: Sequence[Sketch]) -> list[int]:
    """Return for each page the number of its story; pages that share most of their long lines tell the same one."""
    pages_of: dict[int, list[int]] = defaultdict(list)
    for page, sketch in enumerate(sketches):
        for key in sketch.prose:
            pages_of[key].append(page)
    shared: Counter[tuple[int, int]] = Counter()
    own = [0] * len(sketches)
    for key, pages in pages_of.items():
        if len(pages) > MOST_SHARED:
            continue
        size = sketches[pages[0]].prose[key]
        for page in pages:
            own[page] += size
        for pair in combinations(pages, 2):
            shared[pair] += size
    same = [pair for pair, size in shared.items() if size >= SAME_STORY * max(own[pair[0]], own[pair[1]])]
    links = [(page, number) for number, pair in enumerate(same) for page in pair]
    story = list(range(len(sketches)))
    for group in _linked(range(len(sketches)), links):
        for one, other in pairwise(group):
            story[other] = story[one]
    return story
