"""Templates that are compiled when a page is rendered: a build in which little has changed renders few of them."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, Template, TemplateNotFound
from pelican.generators import Generator, PelicanTemplateNotFound


class LazyTemplate:
    """Stands for a template of an environment."""

    def __init__(self, environment: Environment, name: str) -> None:
        """Take the template's name, as the environment's loader knows it."""
        self.environment = environment
        self.name = name

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the template itself."""
        return getattr(self._whole(), name)

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Render the template."""
        return self._whole().render(*args, **kwargs)

    def _whole(self) -> Template:
        return self.environment.get_template(self.name)


def lazy_template(generator: Generator, known: dict[str, LazyTemplate], name: str) -> LazyTemplate:
    """Return the template `name` of a generator, as its `get_template` finds it. Raises PelicanTemplateNotFound."""
    if name not in known:
        for ending in generator.settings["TEMPLATE_EXTENSIONS"]:
            try:
                generator.env.loader.get_source(generator.env, name + ending)
            except TemplateNotFound:
                continue
            known[name] = LazyTemplate(generator.env, name + ending)
            break
        else:
            raise PelicanTemplateNotFound(f"[templates] unable to load {name} from {generator._templates_path}")
    return known[name]
