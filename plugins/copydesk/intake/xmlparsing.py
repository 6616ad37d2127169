"""How XML that others wrote is parsed: no entity of it is expanded, nothing that it refers to is read or fetched."""

from __future__ import annotations

from typing import Any

from lxml import etree

SAFELY: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
"""What every parser of lxml is told here."""


def local_name(element: Any) -> str:
    """Return an element's name without its namespace; an empty text for a processing instruction or an entity."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
