"""Full-text search 検索: the inventory in FTS5 on SQLite and in a tsvector on PostgreSQL."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import F, Func, IntegerField, Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from todoke.compiled_queries import Parameter
from todoke.japanese import search_tokens
from todoke.procedures.models import Procedure

FIELDS = (
    "number", "national_id", "title", "plain_name", "search_words", "law", "application_system", "municipal_note",
)  # fmt: skip


def indexed_text(values: Mapping[str, Any]) -> str:
    """Return the searchable text of a procedure, one field a line."""
    return "\n".join(str(value) for name in FIELDS if (value := values.get(name)))


def index_procedure(procedure: Procedure) -> None:
    """Update the full-text index of one procedure."""
    index_texts([(procedure.pk, indexed_text(vars(procedure)))])


def index_texts(texts: Iterable[tuple[int, str]], *, fresh: bool = False) -> None:
    """Update the full-text index by procedure id; ``fresh`` says that none was indexed before."""
    rows = [(pk, search_tokens.index_tokens(text)) for pk, text in texts]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                "INSERT INTO procedures_words (rowid, words) VALUES (%s, array_to_tsvector(%s)) "
                "ON CONFLICT (rowid) DO UPDATE SET words = excluded.words",
                rows,
            )
            return
        if not fresh:
            cursor.executemany("DELETE FROM procedures_words WHERE rowid = %s", [(pk,) for pk, _ in rows])
        cursor.executemany(
            "INSERT INTO procedures_words (rowid, words) VALUES (%s, %s)",
            [(pk, " ".join(tokens)) for pk, tokens in rows],
        )


def forget_texts(ids: Iterable[int]) -> None:
    """Remove procedures from the full-text index."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM procedures_words WHERE rowid = %s", [(pk,) for pk in ids])


def matching(query: str) -> Q:
    """Return the condition that a procedure matches a query; all match an empty query."""
    text = expression(query)
    if not text:
        return Q() if not query.strip() else Q(pk__in=[])
    return matches_expression(text)


def expression(query: str) -> str:
    """Return a query in the database's full-text syntax; empty when it holds no word."""
    found = search_tokens.query_terms(query)
    if connection.vendor == "postgresql":
        return " & ".join(_expression(term, " & ", " | ", _lexeme) for term in found)
    return " AND ".join(_expression(term, " AND ", " OR ", _phrase) for term in found)


def matches_expression(text: str | Parameter) -> Q:
    """Return the condition that a procedure matches an ``expression``."""
    if connection.vendor == "postgresql":
        return Q(pk__in=RawSQL("SELECT rowid FROM procedures_words WHERE words @@ %s::tsquery", [text]))
    return Q(pk__in=RawSQL("SELECT rowid FROM procedures_words WHERE procedures_words MATCH %s", [text]))


def matching_by_scan(query: str) -> Q:
    """Return the condition of ``matching`` for lists that count and sort.

    A common word matches a third of the inventory, and SQLite would fetch each row by its id. With the id unindexed it
    scans the index of the sort order or of the facets instead, and tests each entry for a match.
    """
    text = expression(query)
    if connection.vendor != "sqlite" or not text:
        return matching(query)
    unindexed = Func(F("pk"), template="+%(expressions)s", output_field=IntegerField())
    return Q(In(unindexed, RawSQL("SELECT rowid FROM procedures_words WHERE procedures_words MATCH %s", [text])))


def _expression(term: search_tokens.QueryTerm, both: str, either: str, write: Callable[[str], str]) -> str:
    letters = both.join(write(token) for token in term.letters)
    meanings = both.join(f"({either.join(write(token) for token in choice)})" for choice in term.meanings)
    return f"(({letters}){either}({meanings}))" if meanings else f"({letters})"


def _phrase(token: str) -> str:
    """Return a token as an FTS5 phrase; it holds only letters and digits."""
    return f'"{token[:-1]}"*' if token.endswith("*") else f'"{token}"'


def _lexeme(token: str) -> str:
    """Return a token as a tsquery lexeme; it holds only letters and digits."""
    return f"'{token[:-1]}':*" if token.endswith("*") else f"'{token}'"
