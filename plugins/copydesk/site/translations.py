"""Texts by hand in several languages: Pelican takes those of one slug for translations of each other, and lists one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any


def order_translations(groups: Iterable[Sequence[Any]]) -> None:
    """Put the translations of each text in one order, by language: Pelican has them as it came upon their files."""
    for content in chain.from_iterable(groups):
        content.translations.sort(key=lambda other: (other.lang, str(other.source_path)))


def name_translations(groups: Iterable[Sequence[Any]]) -> None:
    """Give translations an address of their own, after their language, where they have that of another."""
    for content in chain.from_iterable(groups):
        if any(content.save_as.lower() == other.save_as.lower() for other in content.translations):
            content.slug = f"{content.slug}-{content.lang.lower()}"


def translations_of(listed: Sequence[Any]) -> list[Any]:
    """Return the translations of `listed` texts that are not listed themselves, in the order of their addresses."""
    translated = [text for text in listed if text.translations]
    there = {text.url for text in translated}
    found = {other.url: other for text in translated for other in text.translations if other.url not in there}
    return [found[url] for url in sorted(found)]
