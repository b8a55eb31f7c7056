"""XES attributes XES の属性: the names that a log uses, which of them are kept, and the values that it declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

CASE = "case:"
"""The prefix of an attribute of the trace."""


class NotFlat(Exception):
    """入れ子などがある: a log holds something else than flat attributes, or more than is read so."""


@dataclass
class XesAttributes:
    """属性: ``names`` tells of each attribute that was found whether it is kept.

    ``declared`` holds the values (global) of what a trace, with the prefix, or an event lacks; an event's come last.
    """

    is_kept: Callable[[str], bool]
    names: dict[str, bool] = field(default_factory=dict)
    declared: dict[str, dict[str, str]] = field(default_factory=lambda: {"trace": {}, "event": {}})

    def declare(self, scope: str, values: dict[str, str]) -> None:
        """Take in values that the log declares for its traces or events."""
        if scope in self.declared:
            prefix = CASE if scope == "trace" else ""
            self.declared[scope] |= self.values(values, prefix)

    def kept(self, keys: Iterable[str], prefix: str) -> list[str]:
        """Note that these keys were found and return those that are kept."""
        found = []
        for key in keys:
            name = prefix + key
            if name not in self.names:
                self.names[name] = self.is_kept(name)
            if self.names[name]:
                found.append(key)
        return found

    def values(self, values: dict[str, str], prefix: str) -> dict[str, str]:
        """Return by name the values that are kept."""
        return {prefix + key: values[key] for key in self.kept(values, prefix)}
