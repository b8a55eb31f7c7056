"""Register of staff 職員の登録: files of staff that were read, and the invitation of each person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.audit.transitions import Transitions


class StaffImport(models.Model):
    """職員名簿の取込: one table of staff, read and compared first, then written or given up; its rows go with that."""

    class Status(models.TextChoices):
        CHECKED = "checked", "確認待ち"
        DONE = "done", "完了"
        DISCARDED = "discarded", "取りやめ"

    NEXT: ClassVar[Transitions] = {
        Status.CHECKED: frozenset({Status.DONE, Status.DISCARDED}),
        Status.DONE: frozenset(),
        Status.DISCARDED: frozenset(),
    }

    token = models.CharField("取込番号", max_length=20, unique=True)
    file_name = models.CharField("ファイル名", max_length=255)
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.CHECKED)
    on = models.DateField("着任日の決まり")
    ends_absent = models.BooleanField("名簿にいない職員を離任にする", default=False)
    rows = models.JSONField("名簿の行", default=list)
    defects = models.JSONField("不備", default=list)
    hints = models.JSONField("注意", default=list)
    outcome = models.JSONField("結果", default=dict)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="実行した人")
    started_at = models.DateTimeField("開始日時", auto_now_add=True)
    finished_at = models.DateTimeField("終了日時", null=True, blank=True)

    class Meta:
        verbose_name = "職員名簿の取込"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="checked") | Q(rows=[]), name="personnel_a_finished_import_keeps_no_rows"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} {self.get_status_display()}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unsent(self) -> "InvitationQuerySet":
        """Invitations that were asked for and not mailed yet."""
        return self.filter(sent_at__isnull=True, accepted_at__isnull=True)


class Invitation(models.Model):
    """招待: a member of staff is asked by mail to choose a first password; asked again, it is mailed anew."""

    user = models.OneToOneField(User, models.PROTECT, related_name="invitation", verbose_name="利用者")
    requested_at = models.DateTimeField("招待した日時")
    requested_by = models.CharField("招待した人", max_length=100)
    sent_at = models.DateTimeField("送った日時", null=True, blank=True)
    accepted_at = models.DateTimeField("パスワードを決めた日時", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "招待"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"招待{self.pk}"
