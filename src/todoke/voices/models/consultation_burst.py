"""Consultation bursts 意見の集中: an hour of a call with many like opinions, told to the section once."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Count, F, Q
from django.db.models.functions import TruncHour
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.audit.log import record, subject_of
from todoke.notices.outbox import Recipient, enqueue
from todoke.runtime.links import absolute
from todoke.voices.models.consultation import Consultation
from todoke.voices.opinion_burst import ALIKE, find_burst
from todoke.voices.permissions import RUN_CONSULTATION
from todoke.voices.similarity import MOST_TEXTS

TEMPLATE = "opinion-burst"
HOUR = timedelta(hours=1)


class ConsultationBurst(models.Model):
    """意見の集中: what came in within an hour of a call, and how much of it says nearly the same."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="bursts", verbose_name="意見募集")
    hour = models.DateTimeField("何時台か")
    arrivals = models.PositiveIntegerField("受付の数")
    alike = models.PositiveIntegerField("ほぼ同じ文の数")
    noted_at = models.DateTimeField("知らせた日時", default=timezone.now)

    class Meta:
        verbose_name = "意見の集中"
        ordering = ["consultation", "-hour"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "hour"], name="voices_one_burst_per_hour"),
            models.CheckConstraint(
                condition=Q(arrivals__gt=ALIKE, alike__gte=1, alike__lte=F("arrivals")),
                name="voices_a_burst_has_many_arrivals",
            ),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.hour):%Y-%m-%d %H}時台 {self.arrivals}件"

    @classmethod
    def note(cls, of: Consultation, hour: datetime, *, by: Actor) -> "ConsultationBurst | None":
        """Tell the section of an unusual hour, once for each hour; None where nothing was unusual or it was told."""
        if of.bursts.filter(hour=hour).exists():
            return None
        came = of.receipts.filter(arrived_at__gte=hour, arrived_at__lt=hour + HOUR).order_by()
        texts = list(came.values_list("text", flat=True)[:MOST_TEXTS])
        if len(texts) <= ALIKE:
            return None
        found = find_burst(texts, _hours_before(of, hour))
        if found is None:
            return None
        with transaction.atomic():
            made, is_new = cls.objects.get_or_create(
                consultation=of, hour=hour, defaults={"arrivals": found.arrivals, "alike": found.alike}
            )
            if is_new:
                after = {"受付": found.arrivals, "ほぼ同じ文": found.alike}
                record(of, "意見の集中の知らせ", by=by, after=after)
                made.tell(by=by)
        return made if is_new else None

    def tell(self, *, by: Actor) -> None:
        """Mail whoever runs the call."""
        of, at = self.consultation, timezone.localtime(self.hour)
        for person in RUN_CONSULTATION.people(of.department).exclude(email=""):
            context = {
                "name": person.name, "title": of.title, "hour": f"{at.month}月{at.day}日{at.hour}時台",
                "arrivals": self.arrivals, "alike": self.alike, "url": absolute("office:consultation", of.number),
            }  # fmt: skip
            enqueue(TEMPLATE, to=Recipient.of(person), context=context, about=subject_of(self), by=by)


def _hours_before(of: Consultation, hour: datetime) -> list[int]:
    """Return the arrivals of the earlier hours in which any came."""
    rows = of.receipts.filter(arrived_at__lt=hour).order_by().annotate(at=TruncHour("arrived_at"))
    return list(rows.values("at").annotate(came=Count("pk")).values_list("came", flat=True))
