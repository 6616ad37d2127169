"""Stands for settings by their values: where nothing tells a value, it is another one in each build."""

from __future__ import annotations

import copyreg
import uuid
from collections.abc import Iterable, Mapping
from functools import partial
from types import FunctionType, ModuleType
from typing import Any

from copydesk.site.modules import is_own

PLAIN = (str, bytes, int, float, bool, type(None))


def settings_told(settings: Mapping[str, Any]) -> list[str]:
    """Return settings as texts. Code counts by its name: what it does, its file tells."""
    teller = _Teller()
    return [f"{name}={teller.told(settings[name])}" for name in sorted(settings) if not name.startswith("_")]


class _Teller:
    """Tells values as texts, each once; what holds itself is told by where it stands."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, str]] = {}

    def told(self, value: Any) -> str:
        """Return a value as a text."""
        if type(value) in PLAIN:
            return repr(value)
        if id(value) not in self._known:
            self._known[id(value)] = (value, "itself")  # held, so that no other value gets its id
            self._known[id(value)] = (value, self._told(value))
        return self._known[id(value)][1]

    def _told(self, value: Any) -> str:
        if isinstance(value, Mapping):
            return "{" + ",".join(sorted(f"{self.told(key)}:{self.told(inner)}" for key, inner in value.items())) + "}"
        if isinstance(value, list | tuple):
            return f"[{self._all(value)}]"
        if isinstance(value, set | frozenset):
            return "{" + ",".join(sorted(map(self.told, value))) + "}"
        if isinstance(value, type | ModuleType) or _is_ours(value):
            return _name(value)
        if isinstance(value, FunctionType):
            return f"{_name(value)}({self._all(_kept_by(value))})"
        return self._parts(value)

    def _all(self, values: Iterable[Any]) -> str:
        return ",".join(map(self.told, values))

    def _parts(self, value: Any) -> str:
        """Return an object as a text by what it could be made from again (see pickle)."""
        try:
            reduce = copyreg.dispatch_table.get(type(value))
            parts = reduce(value) if reduce else value.__reduce_ex__(2)
            return parts if isinstance(parts, str) else f"({self._all(_unrolled(parts))})"
        except Exception:  # whatever the object's own methods raise
            return f"{_name(value)} {uuid.uuid4()}"


def _is_ours(value: Any) -> bool:
    """Tell what we give to templates: it is made from the other settings and the theme."""
    made_by = value.func if isinstance(value, partial) else value
    return _module(made_by).partition(".")[0] == "copydesk"


def _kept_by(function: FunctionType) -> Iterable[Any]:
    """Yield what a function of the site's own code has kept from where it was made."""
    if is_own(function.__code__.co_filename):
        yield function.__defaults__, function.__kwdefaults__
        for cell in function.__closure__ or ():
            try:
                yield cell.cell_contents
            except ValueError:  # of a name that nothing was given to
                yield None


def _unrolled(parts: tuple[Any, ...]) -> list[Any]:
    """Return what pickle is told of an object, its items as lists."""
    return [list(part) if number > 2 and part is not None else part for number, part in enumerate(parts)]


def _name(value: Any) -> str:
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    return f"{_module(value)}.{name or type(value).__qualname__}"


def _module(value: Any) -> str:
    return str(getattr(value, "__module__", None) or type(value).__module__)
