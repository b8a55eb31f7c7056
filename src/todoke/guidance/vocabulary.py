"""Vocabulary さがす言葉: the installation's synonyms and plain names, read in one query."""

from django.db.models import BooleanField, CharField, QuerySet, Value

from todoke.compiled_queries import CompiledQuery
from todoke.guidance.models import PlainName, Synonym
from todoke.guidance.plain_names import PlainNames


def known_words() -> tuple[list[tuple[str, str]], PlainNames]:
    """Return the synonyms as pairs of what is said and what it means, and the plain names (one query)."""
    rows = _ROWS.rows()
    names = PlainNames((title, plain, easy, english) for title, plain, easy, english, is_name in rows if is_name)
    return [(said, means) for said, means, _easy, _english, is_name in rows if not is_name], names


def _rows() -> QuerySet[Synonym, tuple[str, str, str, str, bool]]:
    none, no, yes = Value("", CharField()), Value(False, BooleanField()), Value(True, BooleanField())
    said = Synonym.objects.order_by().values_list("said", "means", none, none, no)
    return said.union(PlainName.objects.order_by().values_list("title", "plain", "easy", "english", yes), all=True)


_ROWS = CompiledQuery(_rows)
