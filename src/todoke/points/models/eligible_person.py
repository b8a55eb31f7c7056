"""Eligible people 対象者: who may claim the points of a programme, once."""

from django.db import models
from django.db.models import Q

from todoke.points.models.point_program import PointProgram
from todoke.points.point_keys import claim_code_hash, person_key
from todoke.runtime.refusals import Refused


class EligiblePersonQuerySet(models.QuerySet["EligiblePerson"]):
    def of_number(self, number: str) -> "EligiblePerson":
        """Return the person of a number (宛名番号). Raises Refused for a malformed number or one not in the list."""
        if (found := self.filter(person_key=person_key(number)).first()) is None:
            raise Refused(
                "この宛名番号は、対象者の一覧にありません。番号を確かめ、対象の方なら「対象者を加える」から加えてください。"
            )
        return found


class EligiblePerson(models.Model):
    """対象者: a person of the list of a programme; the row is used up by the claim, whatever the way."""

    class Way(models.TextChoices):
        CARD = "card", "マイナンバーカード"
        LETTER = "letter", "案内の番号"
        COUNTER = "counter", "窓口"
        PROXY = "proxy", "代理の人が窓口で"

    program = models.ForeignKey(PointProgram, models.PROTECT, related_name="eligible", verbose_name="事業")
    person_key = models.CharField("宛名番号(読めない形)", max_length=40)
    claim_code_hash = models.CharField("案内の番号の封印", max_length=64, unique=True)
    birth_year = models.PositiveSmallIntegerField("生まれた年", null=True, blank=True)
    claimed_at = models.DateTimeField("受け取った日時", null=True, blank=True)
    way = models.CharField("受け取り方", max_length=8, choices=Way.choices, blank=True)

    objects = EligiblePersonQuerySet.as_manager()

    class Meta:
        verbose_name = "対象者"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["program", "person_key"], name="points_person_listed_once"),
            models.CheckConstraint(
                condition=Q(claimed_at=None, way="") | (Q(claimed_at__isnull=False) & ~Q(way="")),
                name="points_claimed_in_some_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} 対象者{self.pk}"

    @classmethod
    def of_claim_code(cls, code: str) -> "EligiblePerson | None":
        """Return the person to whom a letter with this code was sent, however it was typed; None for no such code."""
        return cls.objects.select_related("program").filter(claim_code_hash=claim_code_hash(code)).first()
