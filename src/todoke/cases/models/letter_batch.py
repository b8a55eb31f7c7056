"""Letter batches 一括印刷: who may take the joined letters and their address sheet, asked again each time."""

from django.db import models
from django.db.models import Q

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.cases.models.case import Case
from todoke.cases.models.querysets import departments_worked_in
from todoke.cases.models.stop_flag import unreleased_flagged
from todoke.cases.models.tokens import new_token
from todoke.organization.models import Department
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet

NAMED = 5
"""Letters that a refusal names; the page of the batch has them all."""


class LetterBatchQuerySet(models.QuerySet["LetterBatch"]):
    def in_office_of(self, user: User) -> "LetterBatchQuerySet":
        """Batches made for a department that the person works in today."""
        return self.filter(department__in=departments_worked_in(user).values("pk"))

    def visible_to(self, user: User) -> "LetterBatchQuerySet":
        """Batches of which the person may see every letter today, whichever department its case belongs to now."""
        elsewhere = Case.objects.exclude(department__in=departments_worked_in(user).values("pk"))
        return self.in_office_of(user).exclude(models.Exists(elsewhere.filter(letters__batch=models.OuterRef("pk"))))


class LetterBatch(models.Model):
    """通知書の一括印刷: letters printed in one file with their address sheet, posted together."""

    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    requested_at = models.DateTimeField("求めた日時", auto_now_add=True)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="求めた人")
    total = models.PositiveIntegerField("通知書の数")
    done = models.PositiveIntegerField("できた数", default=0)
    made_at = models.DateTimeField("できた日時", null=True)
    file = models.CharField("通知書のファイル", max_length=200, blank=True)
    addresses = models.CharField("宛名シートのファイル", max_length=200, blank=True)
    problem = models.TextField("作れない理由", blank=True)
    posted_at = models.DateTimeField("発送を記録した日時", null=True)
    left_out = models.TextField("支援措置のため外した通知書", blank=True)

    objects = LetterBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "通知書の一括印刷"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_at__isnull=True) | Q(made_at__isnull=False), name="cases_a_posted_batch_was_made"
            ),
        ]

    def __str__(self) -> str:
        return f"一括印刷{self.pk}"

    def blocked_cases(self) -> list[Case]:
        """Return the cases of the letters that name a person flagged since, and that nobody has cleared."""
        letters = list(self.letters.select_related("case").order_by("case__number"))
        return [letter.case for letter in unreleased_flagged(letters)]

    def require_department(self, *, by: Actor) -> None:
        """Raises NotAllowed unless a person may see every letter of it today."""
        user = user_of(by)
        if user is None or not LetterBatch.objects.visible_to(user).filter(pk=self.pk).exists():
            raise NotAllowed(
                "ほかの部署の通知書が入っているため、開けません。自分の部署の通知書は、案件のページから一通ずつ取り出せます。"
            )

    def require_taking(self, *, by: Actor) -> None:
        """Ask again whether a person may print or post all of it now.

        The whole file is refused, never a part of it left out in silence: letters and labels on paper must match.
        Raises as ``require_department`` does, NotYet where a letter names a person flagged since, Conflict where it is
        unmade or its content was disposed of.
        """
        self.require_department(by=by)
        if self.made_at is None:
            raise Conflict("印刷が終わっていません。できあがってから取り出してください。")
        if not self.file:
            raise Conflict("保存期間が終わって廃棄された案件の通知書が入っていたため、このファイルは消しました。")
        if held := self.blocked_cases():
            numbers = "、".join(case.number for case in held[:NAMED])
            raise NotYet(
                f"印刷のあとに支援措置が登録された通知書があります({numbers})。取り出すことも発送することもできません。"
                "一括印刷のページで外して作り直すか、案件のページで確かめてください。印刷した紙があれば、抜いてください。",
                link=path_to("office:batch", self.token),
            )
