"""Class figures 講座の指標: who came to the classes of a month, by way and age band; few are never shown."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from todoke.bookings.models import Booking, Enrolment
from todoke.disclosure_control.small_cells import row_in_words
from todoke.insights.booking_figures import Share, month_span
from todoke.insights.rates import RateDefinition

CAME = RateDefinition(
    "class-came", "講座の出席率",
    "その月に開いた講座で、出席か欠席を職員が記録した申込みに占める、出席の割合です。席の数ではなく、申込みの件数で数えます。",
    "出席と記録した申込み", "出席か欠席を記録した申込み",
)  # fmt: skip
WAYS = tuple(each for each in Booking.Channel if each != Booking.Channel.STAFF)
NOT_ASKED = "答えなし"
Counts = list[tuple[str, str]]


@dataclass(frozen=True)
class ClassFigures:
    """講座の数値: the share that came, and how many by way and by age band as text.

    Few are hidden; a list is empty where nothing of it may be said.
    """

    share: Share
    by_channel: Counts
    by_age: Counts


def class_figures(month: date) -> ClassFigures:
    """Return the figures of the classes of a month (one query)."""
    span = month_span(month)
    rows = Enrolment.objects.filter(
        course__starts_at__gte=span.start, course__starts_at__lt=span.end, status__in=["attended", "absent"]
    )
    found = list(rows.order_by().values_list("status", "channel", "age_band"))
    came = [(channel, age) for status, channel, age in found if status == Enrolment.Status.ATTENDED]
    channels, ages = Counter(channel for channel, _ in came), Counter(age for _, age in came)
    bands = [(str(each.label), ages[each.value]) for each in Enrolment.AgeBand]
    return ClassFigures(
        Share(len(came), len(found)),
        row_in_words([(str(each.label), channels[each.value]) for each in WAYS]),
        row_in_words([*bands, (NOT_ASKED, ages[""])]),
    )
