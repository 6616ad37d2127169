"""Takes out what was written by hand for an address that is taken: Pelican would stop at the second page there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from copydesk.site.listpages import direct_paths
from copydesk.site.newsroom import SeedArticle


def own_addresses(settings: Mapping[str, Any]) -> dict[str, str]:
    """Return the addresses, in lower case, of the pages that the site has of its own, each with words for it."""
    paths = direct_paths(settings).values()
    return {path.lower(): f"the site's own {path}" for path in paths}


def article_addresses(
    groups: Iterable[Sequence[Any]], articles: Iterable[Any], settings: Mapping[str, Any]
) -> dict[str, str]:
    """Return the addresses, in lower case, of the articles that may have one of those in the `groups`, each with words.

    A site has many articles and few pages: articles of seeds are looked at where a page lies in their folder.
    """
    folders = {content.save_as.lower().rpartition("/")[0] for content in _all(groups)}
    names = ("ARTICLE_SAVE_AS", "ARTICLE_LANG_SAVE_AS")
    own = {str(settings[name]).lower().rpartition("/")[0] for name in names}
    apart = folders.isdisjoint(own) and not any("{" in folder for folder in own)
    some = (article for article in articles if not (apart and isinstance(article, SeedArticle)))
    return {article.save_as.lower(): str(article.source_path) for article in some}


def refuse_namesakes(groups: Sequence[list[Any]], taken: Mapping[str, str]) -> list[str]:
    """Take articles or pages out of their groups, in place, whose address another one has; return what to tell of them.

    `taken` are addresses that belong to others. A page that names its address itself (`save_as`) may stand in the place
    of the site's own.
    """
    owners: dict[str, str] = {}
    refused: list[Any] = []
    told: list[str] = []
    for content in sorted(_all(groups), key=lambda content: str(content.source_path)):
        address, path = content.save_as.lower(), str(content.get_relative_source_path())
        owner = owners.get(address) or (None if hasattr(content, "override_save_as") else taken.get(address))
        if owner:
            refused.append(content)
            told.append(f"{path}: has the same address as {owner}. Give one of them another Slug")
        else:
            owners[address] = path
    for group in groups:
        group[:] = [content for content in group if content not in refused]
        for content in group:
            content.translations = [other for other in content.translations if other not in refused]
    return told


def _all(groups: Iterable[Sequence[Any]]) -> Iterable[Any]:
    return (content for group in groups for content in group)
