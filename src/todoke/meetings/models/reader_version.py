"""Reader versions 判定の版: weights learned from a municipality's own minutes, used once a person adopts them."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Max, Q
from django.utils import timezone

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.meetings.minutes.sentence_classifier import SentenceClassifier, shipped_classifier
from todoke.runtime.refusals import NotAllowed, Refused

ELSEWHERE = "ほかの人が先に更新しました。画面を開き直してください。"


class ReaderVersion(models.Model):
    """判定の版: what was learned from how many rows, how it compared, and who adopted it."""

    class Status(models.TextChoices):
        TRIAL = "trial", "試し"
        ADOPTED = "adopted", "採用中"
        REPLACED = "replaced", "次の版に替わった"
        WITHDRAWN = "withdrawn", "元に戻した"

    NEXT: ClassVar[Transitions] = {
        Status.TRIAL: frozenset({Status.ADOPTED}),
        Status.ADOPTED: frozenset({Status.REPLACED, Status.WITHDRAWN}),
        Status.REPLACED: frozenset({Status.ADOPTED}),
        Status.WITHDRAWN: frozenset({Status.ADOPTED}),
    }

    number = models.PositiveIntegerField("版", unique=True)
    weights = models.TextField("重み")
    digest = models.CharField("重みの照合値", max_length=64)
    drawn_from = models.CharField("もとの重みの照合値", max_length=64)
    minutes = models.PositiveIntegerField("会議録の数")
    rows = models.PositiveIntegerField("行の数")
    comparison = models.JSONField("前と後")
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.TRIAL)
    made_at = models.DateTimeField("学習した日時", default=timezone.now)
    made_by_label = models.CharField("学習させた人(表記)", max_length=100)
    adopted_at = models.DateTimeField("採用した日時", null=True, blank=True)
    adopted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="採用した人")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="前に使っていた版")

    class Meta:
        verbose_name = "判定の版"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="adopted"), name="meetings_one_reader_in_use"
            ),
            models.CheckConstraint(
                condition=Q(status="trial") | Q(adopted_by__isnull=False, adopted_at__isnull=False),
                name="meetings_a_reader_is_adopted_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"判定の第{self.number}版"

    @classmethod
    @transaction.atomic
    def keep(
        cls, *, weights: str, minutes: int, rows: int, comparison: list[dict[str, Any]], by: Actor
    ) -> "ReaderVersion":
        """Keep learned weights as a trial, which nothing uses."""
        last = cls.objects.aggregate(last=Max("number"))["last"] or 0
        made = cls.objects.create(
            number=last + 1, weights=weights, digest=SentenceClassifier.from_text(weights).digest,
            drawn_from=shipped_classifier().digest, minutes=minutes, rows=rows, comparison=comparison,
            made_by_label=label_of(by),
        )  # fmt: skip
        record(made, "会議録の判定の学習", by=by, after={"会議録": minutes, "行": rows, "照合値": made.digest})
        return made

    @classmethod
    def in_use(cls) -> "ReaderVersion | None":
        """Return the version that a person adopted, or None while the program's own is used."""
        found = cls.objects.filter(status=cls.Status.ADOPTED).select_related("adopted_by", "replaces")
        return found.defer("weights", "replaces__weights").first()

    @property
    def is_drawn_from_older(self) -> bool:
        """Whether the program has come with other weights since it was learned."""
        return self.drawn_from != shipped_classifier().digest

    @transaction.atomic
    def adopt(self, *, by: Actor) -> None:
        """Use this version for minutes from now on (採用). Raises NotAllowed without a person, Refused."""
        person = user_of(by)
        if person is None:
            raise NotAllowed("判定の版を採用できるのは、人だけです。")
        if self.status not in {self.Status.TRIAL, self.Status.WITHDRAWN}:
            raise Refused(f"この版は「{self.get_status_display()}」です。")
        before = type(self).in_use()
        if before and not transition(before, self.Status.REPLACED):
            raise Refused(ELSEWHERE)
        if not transition(
            self, self.Status.ADOPTED, adopted_at=timezone.now(), adopted_by=person, replaces_id=before and before.pk
        ):
            raise Refused(ELSEWHERE)
        named = str(before) if before else "付属の判定"
        record(self, "会議録の判定の採用", by=by, before={"判定": named}, after={"判定": str(self)})

    @transaction.atomic
    def take_back(self, *, by: Actor) -> None:
        """Use again what was used before this version (元に戻す). Raises NotAllowed without a person, Refused."""
        if user_of(by) is None:
            raise NotAllowed("判定の版を元に戻せるのは、人だけです。")
        if self.status != self.Status.ADOPTED or not transition(self, self.Status.WITHDRAWN):
            raise Refused(f"この版は「{self.get_status_display()}」です。画面を開き直してください。")
        before = self.replaces
        if before and not transition(before, self.Status.ADOPTED):
            before = None
        named = str(before) if before else "付属の判定"
        record(self, "会議録の判定を元に戻す", by=by, before={"判定": str(self)}, after={"判定": named})


def weights_in_use() -> str:
    """Return the weights of the version that a person adopted, or "" for those that the program comes with."""
    adopted = ReaderVersion.objects.filter(status=ReaderVersion.Status.ADOPTED)
    return adopted.values_list("weights", flat=True).first() or ""
