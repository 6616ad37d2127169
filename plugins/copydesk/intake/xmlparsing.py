"""How XML that others wrote is parsed: no entity of it is expanded, nothing that it refers to is read or fetched."""

from __future__ import annotations

import re
from typing import Any

SAFELY: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
"""What every parser of lxml is told here."""

HEAD = 6000
"""Bytes of a document's beginning in which its root element is looked for."""

_ROOT = re.compile(
    rb"\s*(?:<\?.{0,500}?\?>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^\[>]{0,500}>\s*){0,20}<(?:\w+:)?(\w+)[\s>]", re.S
)


def root_of(data: bytes) -> str:
    """Return the name of an XML document's root element; an empty text where there is none, or it declares entities."""
    found = _ROOT.match(data.removeprefix(b"\xef\xbb\xbf")[:HEAD])
    return found[1].decode("ascii", "replace") if found else ""


def local_name(element: Any) -> str:
    """Return an element's name without its namespace; an empty text for a processing instruction or an entity."""
    return without_namespace(element.tag) if isinstance(element.tag, str) else ""


def without_namespace(name: str) -> str:
    """Return the name of an element or an attribute without its namespace, or a prefix that nothing declares.

    Where a document is not well-formed, `lxml` leaves such a prefix in the name.
    """
    return name.rpartition("}")[2].rpartition(":")[2]
