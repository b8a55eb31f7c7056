"""Full-text index 検索の索引: the searchable text of each procedure as tokens, in FTS5 or a tsvector column."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from todoke.japanese import search_tokens

FIELDS = (
    "number", "national_id", "title", "plain_name", "search_words", "law", "application_system", "municipal_note",
)  # fmt: skip


def indexed_text(values: Mapping[str, Any]) -> str:
    """Return the searchable text of a procedure, one field a line."""
    return "\n".join(str(value) for name in FIELDS if (value := values.get(name)))


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
