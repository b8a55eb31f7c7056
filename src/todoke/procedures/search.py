"""Full-text search 検索: the inventory in FTS5 on SQLite and in a tsvector on PostgreSQL."""

from collections.abc import Callable, Iterable
from itertools import accumulate

from django.db import connection
from django.db.models import BooleanField, F, Func, IntegerField, Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from todoke.compiled_queries import Parameter, ParameterSQL
from todoke.japanese import search_tokens
from todoke.procedures.models import Procedure
from todoke.procedures.models.text_index import index_texts, indexed_text

MOST_SELECTS = 500
"""SQLite joins no more by ``UNION ALL``; a name of 400 letters can have more tokens where ㍿ is 株式会社."""


def index_procedure(procedure: Procedure) -> None:
    """Update the full-text index of one procedure."""
    index_texts([(procedure.pk, indexed_text(vars(procedure)))])


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


def any_of(choices: Iterable[Iterable[str]]) -> str:
    """Return the expression of which a text fulfils one of the choices, each by every one of its tokens."""
    postgresql = connection.vendor == "postgresql"
    both, either, write = (" & ", " | ", _lexeme) if postgresql else (" AND ", " OR ", _phrase)
    written = (both.join(write(token) for token in choice) for choice in choices)
    return either.join(f"({choice})" for choice in dict.fromkeys(written) if choice)


def rarest(tokens: Iterable[str], most: int) -> list[str]:
    """Return the rarest tokens that occur, the first always, more while together at most ``most`` texts hold them.

    The first ``MOST_SELECTS`` are counted.
    """
    postgresql = connection.vendor == "postgresql"
    holds, write = ("words @@ %s::tsquery", _lexeme) if postgresql else ("procedures_words MATCH %s", _phrase)
    asked = list(dict.fromkeys(tokens))[:MOST_SELECTS]
    if not asked:
        return []
    count = "SELECT {}, count(*) FROM procedures_words WHERE " + holds  # noqa: S608 - one of the two above
    each = (count.format(place) for place in range(len(asked)))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each), [write(token) for token in asked])
        held = sorted((texts, place) for place, texts in cursor.fetchall() if texts)
    sums = accumulate(texts for texts, _ in held)
    within = sum(so_far <= most for so_far in sums)
    return [asked[place] for _, place in held[: max(within, 1)]]


def matches_expression(text: str | Parameter) -> Q:
    """Return the condition that a procedure matches an ``expression``.

    PostgreSQL answers the inner query once, whatever it believes of the sizes: as ``IN`` it was asked again for each
    procedure while the tables had no statistics (after an import), for more than 30 s.
    """
    if connection.vendor == "postgresql":
        found = ParameterSQL("SELECT rowid FROM procedures_words WHERE words @@ %s::tsquery", [text])
        one_of = " = ANY(ARRAY"
        return Q(Func(F("pk"), found, template="%(expressions)s)", arg_joiner=one_of, output_field=BooleanField()))
    return Q(pk__in=ParameterSQL("SELECT rowid FROM procedures_words WHERE procedures_words MATCH %s", [text]))


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
