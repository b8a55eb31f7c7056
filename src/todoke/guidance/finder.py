"""Finder 手続さがし: search of procedures by everyday words or by life event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Case, DateTimeField, Exists, IntegerField, OuterRef, Q, QuerySet, TextField, Value, When
from django.utils import timezone

from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.guidance.models import LifeEvent
from todoke.guidance.synonyms import interpret
from todoke.offers.models import Offer
from todoke.procedures import search
from todoke.procedures.codes import Party
from todoke.procedures.models import Procedure

PAGE = 20
MOST_WORDS = 8
RESIDENTS = [Party.PEOPLE, Party.PEOPLE_OR_BUSINESS]


@dataclass(frozen=True)
class SearchResult:
    """見つかった手続: the input, its interpretation, and one page of procedures."""

    typed: str
    meant: tuple[str, ...]
    event: LifeEvent | None
    procedures: Sequence[Procedure]
    page: int
    more: bool

    @property
    def previous(self) -> int:
        return self.page - 1

    @property
    def next(self) -> int:
        return self.page + 1


def find_procedures(typed: str, *, event: LifeEvent | None = None, page: int = 1) -> SearchResult:
    """Search procedures; without words and event return those that can be applied for online."""
    understanding = interpret(typed)
    meant = understanding.meant or (tuple(event.words.split()) if event else ())
    start = (page - 1) * PAGE
    rows = _rows([*meant, *understanding.typed.split()], search.expression(understanding.typed), start)
    return SearchResult(understanding.typed, meant, event, rows[:PAGE], page, len(rows) > PAGE)


def _rows(words: Sequence[str], expression: str, start: int) -> list[Procedure]:
    """Return one page plus one row; the compiled statement of a first page is kept by number of words."""
    if start or len(words) > MOST_WORDS:
        found = _ranked(words, expression, timezone.now())
        return list(found[start : start + PAGE + 1])
    shape = (connection.vendor, len(words), bool(expression))
    if shape not in _FIRST_PAGES:
        slots = [Parameter(f"word{place}", TextField()) for place in range(len(words))]
        filed = Parameter("expression", TextField()) if expression else ""
        _FIRST_PAGES[shape] = CompiledQuery(
            lambda: _ranked(slots, filed, Parameter("now", DateTimeField()))[: PAGE + 1]
        )
    values = {f"word{place}": word for place, word in enumerate(words)}
    return _FIRST_PAGES[shape].all(**values, expression=expression, now=timezone.now())


_FIRST_PAGES: dict[tuple[str, int, bool], CompiledQuery[Procedure]] = {}


def _ranked(
    words: Sequence[str | Parameter], expression: str | Parameter, now: datetime | Parameter
) -> QuerySet[Procedure]:
    online = _online(now)
    procedures = Procedure.objects.current().annotate(online=online).select_related("department")
    procedures = procedures.only("number", "title", "fee", "department", "department__name")
    if not words:
        return procedures.filter(online).order_by("title", "serial")
    fits = search.matches_expression(expression) if expression else Q(pk__in=[])
    for word in words:
        fits |= Q(title__icontains=word)
    by_word = [When(title__icontains=word, then=Value(place)) for place, word in enumerate(words)]
    return procedures.filter(fits).order_by(
        online.desc(),
        Case(*by_word, default=Value(len(words)), output_field=IntegerField()),
        Case(When(actor__in=RESIDENTS, then=Value(0)), default=Value(1), output_field=IntegerField()),
        "serial",
    )


def _online(now: datetime | Parameter) -> Exists:
    """Whether an offer of the procedure is open now."""
    return Exists(Offer.objects.open(now).filter(procedure=OuterRef("pk")))
