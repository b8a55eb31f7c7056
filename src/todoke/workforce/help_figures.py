"""Help figures 相談の数値: what people asked at sessions by topic, and the procedure that they asked for most."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from todoke.procedures.models import Procedure
from todoke.workforce.models import HelpRecord


@dataclass(frozen=True)
class HelpFigures:
    """相談の数値: records of a span by topic, how many were solved, and the procedures asked for, the most first."""

    since: date
    on: date
    total: int
    solved: int
    minutes: int
    topics: list[tuple[str, int]]
    procedures: list[tuple[Procedure, int]]


def help_figures(since: date, on: date) -> HelpFigures:
    """Return the figures of the sessions that began in a span; every topic is named, also without a record."""
    rows = HelpRecord.objects.filter(session__starts_at__date__range=(since, on)).order_by()
    counts = dict(rows.values_list("topic").annotate(Count("pk")))
    topics = [(str(label), counts.get(value, 0)) for value, label in HelpRecord.Topic.choices]
    asked = dict(rows.exclude(procedure=None).values_list("procedure").annotate(Count("pk")))
    named = Procedure.objects.in_bulk(list(asked))
    order = sorted(asked, key=lambda pk: (-asked[pk], pk))[:5]
    told = rows.aggregate(solved=Count("pk", filter=Q(is_solved=True)))
    return HelpFigures(
        since, on, sum(counts.values()), told["solved"], sum(rows.values_list("minutes", flat=True)), topics,
        [(named[pk], asked[pk]) for pk in order],
    )  # fmt: skip
