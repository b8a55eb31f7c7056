"""Inventory rounds 棚卸: periodic reviews of the inventory by the departments, on a page or in Excel."""

from django.db import models
from django.db.models import Q

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.organization.models import Department
from todoke.procedures.models.procedure import Procedure
from todoke.rounds.permissions import ANSWER_SHEET, OPEN_ROUND
from todoke.runtime.refusals import NotAllowed


class Round(models.Model):
    """棚卸: one round, with the counting period and the day by which departments answer."""

    code = models.SlugField("棚卸コード", max_length=20, unique=True)
    title = models.CharField("名称", max_length=100)
    starts_on = models.DateField("件数の期間の初日")
    ends_on = models.DateField("件数の期間の末日")
    due_on = models.DateField("回答期限")
    opened_at = models.DateTimeField("開始日時")
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="開始した人")
    closed_at = models.DateTimeField("終了日時", null=True, blank=True)

    class Meta:
        verbose_name = "棚卸"
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("starts_on")), name="rounds_round_period"),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def can_open(user: User) -> bool:
        """Headquarters only."""
        return OPEN_ROUND.held_by(user)


class RoundSheet(models.Model):
    """棚卸票: the part of one department in a round, and when it was submitted."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets", verbose_name="棚卸")
    department = models.ForeignKey(Department, models.PROTECT, related_name="round_sheets", verbose_name="部署")
    returned_at = models.DateTimeField("回答日時", null=True, blank=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="回答した人")

    reminded_at = models.DateTimeField("催促した日時", null=True, blank=True)

    class Meta:
        verbose_name = "棚卸票"
        ordering = ["round", "department__code"]
        constraints = [
            models.UniqueConstraint(fields=["round", "department"], name="rounds_one_sheet_per_section"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.department}"

    def can_answer(self, user: User) -> bool:
        """Staff of the department, and headquarters."""
        return ANSWER_SHEET.held_by(user, self.department)

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed unless the person may answer the sheet today."""
        user = user_of(by)
        if user is None or not self.can_answer(user):
            raise NotAllowed("棚卸のブックを取り出せるのは、その部署の職員と事務局です。")


class RoundRow(models.Model):
    """棚卸の行: one procedure of a sheet, and its answer (empty until answered)."""

    class Answer(models.TextChoices):
        KEPT = "kept", "確認済み"
        ABOLISHED = "abolished", "廃止した"
        ELSEWHERE = "elsewhere", "ほかの課の手続"

    sheet = models.ForeignKey(RoundSheet, models.CASCADE, related_name="rows", verbose_name="棚卸票")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="round_rows", verbose_name="手続")
    answer = models.CharField("確認", max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField("確認日時", null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="確認した人")

    class Meta:
        verbose_name = "棚卸の行"
        ordering = ["sheet", "procedure"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "procedure"], name="rounds_one_row_per_sheet"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False), name="rounds_answer_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.procedure}"


class Workbook(models.Model):
    """配布ブック: a generated workbook, with its cell values by procedure number as the base of the merge."""

    token = models.CharField("配布番号", max_length=20, unique=True)
    sheet = models.ForeignKey(RoundSheet, models.CASCADE, related_name="workbooks", verbose_name="棚卸票")
    cells = models.JSONField("配ったときの値")
    made_at = models.DateTimeField("作成日時", auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="作成した人")

    class Meta:
        verbose_name = "配布ブック"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.token


class MergedCell(models.Model):
    """合わせたセル: a changed cell in the three-way merge of a workbook (base, ours, theirs), and its outcome."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", "反映した"
        CONFLICT = "conflict", "食い違い"
        DEFECT = "defect", "不備"
        THEIRS = "theirs", "ブックの値にした"
        OURS = "ours", "台帳の値にした"
        REQUESTED = "requested", "登録を依頼した"

    sheet = models.ForeignKey(RoundSheet, models.CASCADE, related_name="cells", verbose_name="棚卸票")
    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, related_name="+", verbose_name="手続")
    line = models.PositiveIntegerField("行")
    field = models.CharField("項目", max_length=100)
    base = models.TextField("配ったときの値", blank=True)
    ours = models.TextField("いまの台帳の値", blank=True)
    theirs = models.TextField("ブックの値", blank=True)
    outcome = models.CharField("結果", max_length=10, choices=Outcome)
    problem = models.CharField("何が違うか", max_length=400, blank=True)
    at = models.DateTimeField("日時")
    said_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="書いた人")
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="決めた人")

    class Meta:
        verbose_name = "合わせたセル"
        ordering = ["sheet", "-at", "line"]

    def __str__(self) -> str:
        return f"{self.line}行 {self.field} {self.get_outcome_display()}"
