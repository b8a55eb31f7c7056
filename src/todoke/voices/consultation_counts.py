"""Consultation counts 件数: people, arrivals and opinions are three counts, and each is said with its name."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Min

from todoke.voices.arrival import Channel, Standing
from todoke.voices.models import Consultation


@dataclass(frozen=True)
class ConsultationCounts:
    """意見募集の件数: who wrote in time, how often something arrived, and how many opinions that were.

    ``by_channel`` are people by the way of their first registered arrival in time; ``late`` and ``undecided`` are
    arrivals.
    """

    people: int
    arrivals: int
    opinions: int
    by_channel: dict[str, int]
    late: int
    undecided: int

    @property
    def sentence(self) -> str:
        """The published sentence: 18人から42件."""
        return f"{self.people:,}人から{self.opinions:,}件"

    @property
    def channels(self) -> list[tuple[str, int]]:
        """The ways with their people, in their order."""
        return [(Channel(code).label, self.by_channel.get(code, 0)) for code in Channel.values]


def counts_of(consultation: Consultation) -> ConsultationCounts:
    """Return the counts of a consultation, in three queries."""
    every = consultation.receipts.order_by()
    standings = Counter(dict(every.values_list("timeliness__standing").annotate(Count("pk"))))
    timely = every.standing(Standing.TIMELY)
    first = timely.values("comment__sender").annotate(first=Min("sequence")).values("first")
    by_channel = dict(every.filter(sequence__in=first).values_list("channel").annotate(Count("pk")))
    return ConsultationCounts(
        people=sum(by_channel.values()), arrivals=standings[Standing.TIMELY],
        opinions=consultation.points.counted().count(), by_channel=by_channel, late=standings[Standing.LATE],
        undecided=standings[Standing.UNDECIDED],
    )  # fmt: skip
