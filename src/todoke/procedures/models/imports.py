"""Imports 取込: import runs of the inventory, with previews and defects."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.audit.transitions import Transitions
from todoke.procedures.permissions import IMPORT_PROCEDURES


class ImportRun(models.Model):
    """取込: one file, checked first and then executed or discarded."""

    class Status(models.TextChoices):
        WAITING = "waiting", "確認待ち"
        CHECKING = "checking", "確認中"
        CHECKED = "checked", "確認済み"
        WRITING = "writing", "書込み中"
        DONE = "done", "完了"
        REFUSED = "refused", "取り込めません"
        DISCARDED = "discarded", "取りやめ"
        TAKEN_BACK = "taken_back", "取り消した"

    NEXT: ClassVar[Transitions] = {
        Status.WAITING: frozenset({Status.CHECKING, Status.DISCARDED}),
        Status.CHECKING: frozenset({Status.CHECKING, Status.CHECKED, Status.REFUSED}),
        Status.CHECKED: frozenset({Status.WAITING, Status.WRITING, Status.DISCARDED}),
        Status.WRITING: frozenset({Status.DONE, Status.REFUSED}),
        Status.DONE: frozenset({Status.TAKEN_BACK}),
        Status.REFUSED: frozenset({Status.WAITING, Status.DISCARDED}),
        Status.DISCARDED: frozenset(),
        Status.TAKEN_BACK: frozenset(),
    }

    class Mode(models.TextChoices):
        ALL_OR_NOTHING = "all", "すべて正しいときだけ取り込む"
        GOOD_ROWS_ONLY = "good", "正しい行だけ取り込む"

    token = models.CharField("取込番号", max_length=20, unique=True)
    file = models.FileField("ファイル", upload_to="imports/", blank=True)
    file_name = models.CharField("ファイル名", max_length=255)
    digest = models.CharField("ハッシュ", max_length=64)
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.WAITING)
    mode = models.CharField("方法", max_length=5, choices=Mode, default=Mode.ALL_OR_NOTHING)
    edition = models.CharField("調査の版", max_length=10, blank=True)
    encoding = models.CharField("文字コード", max_length=20, blank=True)
    rows_read = models.PositiveIntegerField("読んだ行数", default=0)
    created_count = models.PositiveIntegerField("新しい手続", default=0)
    changed_count = models.PositiveIntegerField("変わる手続", default=0)
    unchanged_count = models.PositiveIntegerField("変わらない手続", default=0)
    refused_count = models.PositiveIntegerField("取り込めない行", default=0)
    alike_count = models.PositiveIntegerField("似た手続のある行", default=0)
    skipped_count = models.PositiveIntegerField("取り込まない行", default=0)
    first_serial = models.PositiveIntegerField("加えた最初の通し番号", null=True, blank=True)
    last_serial = models.PositiveIntegerField("加えた最後の通し番号", null=True, blank=True)
    unread_columns = models.JSONField("読まなかった見出し", default=list)
    unknown_departments = models.JSONField("分からない部署", default=list)
    problem = models.TextField("取り込めない理由", blank=True)
    hints = models.TextField("注意", blank=True)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="実行した人")
    started_at = models.DateTimeField("開始日時", auto_now_add=True)
    finished_at = models.DateTimeField("終了日時", null=True, blank=True)

    class Meta:
        verbose_name = "取込"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(problem=""), name="procedures_refused_import_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.get_status_display()}"

    @staticmethod
    def can_start(user: User) -> bool:
        """Headquarters and designers."""
        return IMPORT_PROCEDURES.held_by(user)


class ImportDefect(models.Model):
    """取込の不備: one invalid cell: line, column, value, problem and remedy."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="defects", verbose_name="取込")
    line = models.PositiveIntegerField("行")
    column = models.CharField("列", max_length=100)
    value = models.CharField("値", max_length=200, blank=True)
    problem = models.CharField("何が違うか", max_length=300)
    remedy = models.CharField("どうすればよいか", max_length=300)

    class Meta:
        verbose_name = "取込の不備"
        ordering = ["run", "line", "pk"]

    def __str__(self) -> str:
        return f"{self.line}行 {self.column}"


class ImportChange(models.Model):
    """取込の変更予定: a cell that an import would change, shown as a preview."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="previews", verbose_name="取込")
    line = models.PositiveIntegerField("行")
    key = models.CharField("手続", max_length=20)
    field = models.CharField("項目", max_length=60)
    before = models.CharField("変更前", max_length=200, blank=True)
    after = models.CharField("変更後", max_length=200, blank=True)

    class Meta:
        verbose_name = "取込の変更予定"
        ordering = ["run", "line", "pk"]

    def __str__(self) -> str:
        return f"{self.line}行 {self.field}"
