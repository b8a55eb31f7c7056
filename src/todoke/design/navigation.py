"""Navigation 案内: each face lists its own rail; an entry shows when its page exists and a post allows it.

A face names a module with ``FACES`` (its entries in the head of every page) and ``RAIL`` in its ``apps.py``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Entry:
    """A line of the rail: label, URL name, and the roles of posts it is meant for (none: everybody).

    ``also`` names the beginnings of further addresses of its face whose pages belong under it.
    """

    label: str
    url_name: str
    roles: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class NavigationLine:
    """An entry as one person sees it on one page."""

    label: str
    url: str
    current: bool


def _modules() -> Iterator[tuple[str, Any]]:
    for config in apps.get_app_configs():
        if named := getattr(config, "navigation", ""):
            yield config.label, import_module(named)


@cache
def faces() -> tuple[Entry, ...]:
    """Return the entries of the head of every page: what each face calls itself, in the order of the installation."""
    return tuple(entry for _, module in _modules() for entry in module.FACES)


@cache
def rails() -> Mapping[str, tuple[Entry, ...]]:
    """Return the rail of each face that has one, by the first word of its addresses."""
    return {face: module.RAIL for face, module in _modules() if module.RAIL}


def lines(entries: Iterable[Entry], *, path: str, roles: frozenset[str]) -> list[NavigationLine]:
    """Return the entries one may open, with the one marked that knows the longest beginning of ``path``."""
    open_to_me = [entry for entry in entries if not entry.roles or entry.roles & roles]
    found = [(entry, url) for entry in open_to_me if (url := address(entry.url_name))]
    reach = [_known(path, url, entry.also) for entry, url in found]
    most = max(reach, default=0)
    return [NavigationLine(entry.label, url, 0 < most == own) for (entry, url), own in zip(found, reach, strict=True)]


def _known(path: str, url: str, also: tuple[str, ...]) -> int:
    """Return how many letters of ``path`` an entry at ``url`` knows, with the further addresses of its face."""
    face = f"/{url.split('/')[1]}/"
    return max((len(start) for start in (url, *(face + each for each in also)) if path.startswith(start)), default=0)


def address(url_name: str) -> str:
    """Return where a page is, or "" while it does not exist."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
