"""Mapped questions 申込書の対応: which question of an online application gives which part of a child in a round."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.models import User
from todoke.admissions.models.scheme import Scheme
from todoke.admissions.models.selection_round import SelectionRound, require_runner
from todoke.audit.log import record
from todoke.cases.models import Case
from todoke.offers.models import Offer


class Given(NamedTuple):
    """対応の一行: what a round needs (``target``, for a wish with its ``place``), the question, and its option."""

    target: str
    place: int
    question: str
    option: str = ""


class MappedQuestion(models.Model):
    """申込書の対応: a question of an online application and what it gives to the children of a round; said once."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="mapped_questions", verbose_name="利用調整の制度")
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="+", verbose_name="申込みのオンライン受付")
    target = models.CharField("使い道", max_length=80)
    place = models.PositiveSmallIntegerField("順", default=1)
    question = models.CharField("設問", max_length=80)
    option = models.CharField("選択肢", max_length=80, blank=True)

    class Meta:
        verbose_name = "申込書の対応"
        ordering = ["scheme", "offer", "target", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "offer", "target", "place"], name="admissions_one_question_a_target"
            ),
            models.CheckConstraint(condition=Q(place__gte=1), name="admissions_mapped_question_has_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.question}"

    @classmethod
    @transaction.atomic
    def say(cls, scheme: Scheme, offer: Offer, rows: Iterable[Given], *, by: User) -> None:
        """申込書の対応を決める: replace the mapping of a service; one audit entry. Raises NotAllowed."""
        require_runner(scheme, by)
        found = [MappedQuestion(scheme=scheme, offer=offer, **row._asdict()) for row in rows]
        MappedQuestion.objects.filter(scheme=scheme, offer=offer).delete()
        MappedQuestion.objects.bulk_create(found)
        record(scheme, "申込書の対応", by=by, after={"受付": offer.code, "設問": [str(each) for each in found]})


class TakenApplication(models.Model):
    """取り込んだ申込み: an application whose answers became children of a round, with the hash of what was read."""

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="taken_applications", verbose_name="選考")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name="申込みの案件")
    fingerprint = models.CharField("読んだ答えの照合値", max_length=64)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="取り込んだ人")
    taken_at = models.DateTimeField("取り込んだ日時", auto_now_add=True)

    class Meta:
        verbose_name = "取り込んだ申込み"
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "case"], name="admissions_an_application_is_taken_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case}"
