"""Substring search 語の検索: the condition under which words occur in a text, as fast as a database can test it."""

from typing import Any

from django.db.models import CharField, Q, TextField
from django.db.models.lookups import Contains


class Substring(Contains):
    """``contains`` by position on SQLite: in half the time of LIKE, which decodes every letter and takes a for A."""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        return f"INSTR({column}, %s) > 0", [*values, self.rhs]


for kind in (CharField, TextField):
    kind.register_lookup(Substring, "substring")


def contains_text(field: str, text: str) -> Q:
    """Return the condition that a text occurs in a field letter by letter."""
    return Q(**{f"{field}__substring": text})


def contains_words(field: str, words: str) -> Q:
    """Return the condition that words occur in a field, capital or not."""
    return contains_text(field, words) if words.upper() == words.lower() else Q(**{f"{field}__icontains": words})
