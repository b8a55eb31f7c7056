"""Search 検索: words of the inventory in FTS5 on SQLite and in a tsvector on PostgreSQL."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import F, Func, IntegerField, Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from todoke.compiled_queries import Parameter
from todoke.japanese import search_tokens
from todoke.procedures.models import Procedure

FIELDS = ("number", "national_id", "title", "law", "application_system", "municipal_note")


def text_of(values: Mapping[str, Any]) -> str:
    """Return everything by which a procedure is to be found, one thing a line."""
    return "\n".join(str(value) for name in FIELDS if (value := values.get(name)))


def file_procedure(procedure: Procedure) -> None:
    """File the words of one procedure anew."""
    file_words([(procedure.pk, text_of(vars(procedure)))])


def file_words(texts: Iterable[tuple[int, str]], *, fresh: bool = False) -> None:
    """File the words of procedures, given by id; ``fresh`` says that none of them was filed before."""
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


def matching(query: str) -> Q:
    """Return the condition under which a procedure answers a query; an empty query is answered by all."""
    text = expression(query)
    if not text:
        return Q() if not query.strip() else Q(pk__in=[])
    return filed_under(text)


def expression(query: str) -> str:
    """Write a query in the language of the database's word index; empty when it holds no word."""
    found = search_tokens.query_terms(query)
    if connection.vendor == "postgresql":
        return " & ".join(_expression(term, " & ", " | ", _lexeme) for term in found)
    return " AND ".join(_expression(term, " AND ", " OR ", _phrase) for term in found)


def filed_under(text: str | Parameter) -> Q:
    """Return the condition under which a procedure is filed under an ``expression``."""
    if connection.vendor == "postgresql":
        return Q(pk__in=RawSQL("SELECT rowid FROM procedures_words WHERE words @@ %s::tsquery", [text]))
    return Q(pk__in=RawSQL("SELECT rowid FROM procedures_words WHERE procedures_words MATCH %s", [text]))


def walking(query: str) -> Q:
    """Return the same condition for lists that count and sort what was found.

    A common word is found in a third of the inventory. SQLite would fetch all of that row by row; kept from the row's
    id, it walks the index of the order or of the facets and asks of each entry whether it was found.
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
    """Write a token for FTS5; only letters and digits reach here."""
    return f'"{token[:-1]}"*' if token.endswith("*") else f'"{token}"'


def _lexeme(token: str) -> str:
    """Write a token for tsquery; only letters and digits reach here."""
    return f"'{token[:-1]}':*" if token.endswith("*") else f"'{token}'"
