"""Tells what a template can read: the names and attributes in it and in all that it extends, includes and imports.

A page that is made from the same template and the same values comes out the same. What a template does not name it
can't show; where that can't be told (a template chosen by a value, a function that sees the whole context), a page is
made anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from importlib.metadata import version
from itertools import chain
from typing import NamedTuple

from jinja2 import Environment, TemplateNotFound, meta, nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.tests import TESTS as DEFAULT_TESTS

from copydesk.store import key_of


class Depth(IntEnum):
    """How deep articles are read: what a card in a listing shows; the text as well; the articles tied to it as well."""

    CARD = 0
    TEXT = 1
    TIES = 2


TEXT_ATTRIBUTES = frozenset(
    "content _content get_content feed_html metadata provenance headings corrections word_count others".split()
)
"""Attributes of articles that a card does not show."""

TIE_ATTRIBUTES = frozenset("previous next more related translations related_posts __dict__ _context".split())
"""Attributes of articles that lead to other articles."""

BY_ATTRIBUTE = frozenset("attr map selectattr rejectattr groupby sort sum unique min max join".split())
"""Filters that are told the name of an attribute."""

PLACE_OF_FUNCTION = {"map": 0, "select": 0, "reject": 0, "selectattr": 1, "rejectattr": 1}
"""Filters that are told the name of another filter or test, and which of their values that is."""

JINJA = version("jinja2")
PELICANS = frozenset(("strftime", "plugin_enabled"))

OPAQUE = (
    nodes.ExtensionAttribute,
    nodes.EnvironmentAttribute,
    nodes.ImportedName,
    nodes.ContextReference,
    nodes.DerivedContextReference,
)
"""Parts of templates that extensions of Jinja make, of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Reads:
    """What a template reads: names of values, attributes of any of them, how deep it reads articles.

    `digest` is of the sources of all templates that take part.
    """

    names: frozenset[str]
    attributes: frozenset[str]
    depth: Depth
    digest: str


class Part(NamedTuple):
    """What one template says by itself: the names of values, attributes, functions and other templates in it.

    `bound` tells that all of that can be told; of a template whose parts a value chooses it can't. An attribute that a
    value names is "*".
    """

    names: list[str]
    attributes: list[str]
    functions: list[str]
    templates: list[str]
    bound: bool


class TemplateReader:
    """Tells of the templates of one environment what they read, once each."""

    def __init__(self, environment: Environment, own: Mapping[str, Depth], parts: dict[str, Part]) -> None:
        """Take Jinja's environment; `own` are the functions whose reading is known, each with its depth.

        `parts` are the templates that were read before, by a digest of their sources; new ones are added.
        """
        self._environment = environment
        self._own = own
        self._parts = parts
        self._known: dict[str, Reads | None] = {}

    def reads(self, name: str) -> Reads | None:
        """Return what the template `name` reads, None where that can't be told."""
        if name not in self._known:
            self._known[name] = self._reads(name)
        return self._known[name]

    def _reads(self, name: str) -> Reads | None:
        sources: dict[str, str] = {}
        parts: list[Part] = []
        waiting = [name]
        while waiting:
            if (template := waiting.pop()) not in sources:
                sources[template] = self._source(template)
                parts.append(self._part(template, sources[template]))
                waiting += parts[-1].templates
        names = frozenset(chain.from_iterable(part.names for part in parts))
        attributes = frozenset(chain.from_iterable(part.attributes for part in parts))
        functions = set(chain.from_iterable(part.functions for part in parts)) | (
            names & set(self._environment.globals)
        )
        if not all(part.bound for part in parts) or any(map(self._sees_everything, functions)):
            return None
        depth = Depth.TIES if "*" in attributes else self._depth(attributes, functions)
        told = (f"{template}\0{source}" for template, source in sorted(sources.items()))
        return Reads(names, attributes, depth, key_of(*told))

    def _part(self, name: str, source: str) -> Part:
        key = key_of(JINJA, source, repr(sorted(self._environment.extensions)))
        if key not in self._parts:
            self._parts[key] = _part_of(self._environment.parse(source, name))
        return self._parts[key]

    def _source(self, name: str) -> str:
        try:
            return self._environment.loader.get_source(self._environment, name)[0] if self._environment.loader else ""
        except TemplateNotFound:  # one that may be missing
            return ""

    def _depth(self, attributes: frozenset[str], functions: set[str]) -> Depth:
        depths = [self._function_depth(name) for name in functions]
        depths.append(Depth.TEXT if attributes & TEXT_ATTRIBUTES else Depth.CARD)
        depths.append(Depth.TIES if attributes & TIE_ATTRIBUTES else Depth.CARD)
        return max(depths)

    def _function_depth(self, name: str) -> Depth:
        """Return how deep a function or filter reads; one that is not known may read everything that it is given."""
        if name in self._own:
            return self._own[name]
        common = name in DEFAULT_FILTERS or name in DEFAULT_NAMESPACE or name in DEFAULT_TESTS or name in PELICANS
        return Depth.CARD if common else Depth.TIES

    def _sees_everything(self, name: str) -> bool:
        """Tell whether a function is given the context; Jinja's own that are look at no more than they are told."""
        environment = self._environment
        found: tuple[object, ...] = (
            environment.globals.get(name),
            environment.filters.get(name),
            environment.tests.get(name),
        )
        own = (DEFAULT_FILTERS.get(name), DEFAULT_TESTS.get(name), DEFAULT_NAMESPACE.get(name))
        return any(hasattr(function, "jinja_pass_arg") and function not in own for function in found if function)


def _part_of(tree: nodes.Template) -> Part:
    """Return what a parsed template says by itself."""
    others = list(meta.find_referenced_templates(tree))
    return Part(
        names=sorted(meta.find_undeclared_variables(tree)),
        attributes=sorted(set(_attributes(tree))),
        functions=sorted(set(_functions(tree))),
        templates=sorted({other for other in others if other is not None}),
        bound=None not in others and next(tree.find_all(OPAQUE), None) is None,
    )


def _attributes(tree: nodes.Template) -> Iterator[str]:
    """Yield the names of the attributes that a template reads; "*" for one that a value names."""
    for node in tree.find_all(nodes.Getattr):
        yield node.attr
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.arg, nodes.Const):
            yield str(item.arg.value)
        elif not isinstance(item.arg, nodes.Slice):
            yield "*"
    for named in tree.find_all(nodes.Filter):
        if named.name in BY_ATTRIBUTE:
            for argument in (*named.args, *(pair.value for pair in named.kwargs)):
                if isinstance(argument, nodes.Const):
                    yield from str(argument.value).split(".")
                else:
                    yield "*"


def _functions(tree: nodes.Template) -> Iterator[str]:
    """Yield the names of the filters and tests that a template uses, those that it names in a text as well."""
    for test in tree.find_all(nodes.Test):
        yield test.name
    for named in tree.find_all(nodes.Filter):
        yield named.name
        place = PLACE_OF_FUNCTION.get(named.name)
        if place is not None and len(named.args) > place:
            argument = named.args[place]
            yield str(argument.value) if isinstance(argument, nodes.Const) else ""
