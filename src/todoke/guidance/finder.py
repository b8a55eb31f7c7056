"""The finder 手続さがし: from a person's own words, or an event of life, to the procedures that fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from todoke.guidance.models import LifeEvent
from todoke.guidance.wordings import understand
from todoke.procedures.codes import Party
from todoke.procedures.models import Procedure
from todoke.procedures.models.release import Offer
from todoke.procedures.search import matching

PAGE = 20
RESIDENTS = [Party.PEOPLE, Party.PEOPLE_OR_BUSINESS]


@dataclass(frozen=True)
class Finding:
    """見つかった手続: what was typed, what it was understood to mean, and one page of procedures."""

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


def find(typed: str, *, event: LifeEvent | None = None, page: int = 1) -> Finding:
    """Find procedures; nothing typed and no event chosen finds what can be applied for online."""
    understanding = understand(typed)
    meant = understanding.meant or (tuple(event.words.split()) if event else ())
    found = _ranked(Procedure.objects.current(), meant, understanding.typed)
    start = (page - 1) * PAGE
    rows = list(found.annotate(online=_online()).select_related("department")[start : start + PAGE + 1])
    return Finding(understanding.typed, meant, event, rows[:PAGE], page, len(rows) > PAGE)


def _ranked(procedures: QuerySet[Procedure], meant: Sequence[str], typed: str) -> QuerySet[Procedure]:
    if not meant and not typed:
        return procedures.filter(_online()).order_by("title", "serial")
    words = [*meant, *typed.split()]
    fits = matching(typed) if typed else Q(pk__in=[])
    for word in words:
        fits |= Q(title__icontains=word)
    by_word = [When(title__icontains=word, then=Value(place)) for place, word in enumerate(words)]
    return procedures.filter(fits).order_by(
        _online().desc(),
        Case(*by_word, default=Value(len(words)), output_field=IntegerField()),
        Case(When(actor__in=RESIDENTS, then=Value(0)), default=Value(1), output_field=IntegerField()),
        "serial",
    )


def _online() -> Exists:
    """Whether residents can apply online now: only an open offer counts, not what a survey says."""
    return Exists(Offer.objects.open().filter(procedure=OuterRef("pk")))
