"""Office notices 職員への知らせ: what happened in a section, whom it concerns, and how each wants to hear of it."""

from __future__ import annotations

from datetime import datetime, time
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit import log
from todoke.notices.permissions import SET_MAILBOX
from todoke.notices.quiet_hours import next_morning, next_telling
from todoke.organization.models import Department
from todoke.runtime.mail_addresses import is_mail_address, mail_address
from todoke.runtime.refusals import NotAllowed, Refused

EVENING, MORNING = time(18, 0), time(8, 30)


class Way(models.TextChoices):
    """知らせ方: when somebody of the office is mailed."""

    AT_ONCE = "at_once", "すぐに"
    DIGEST = "digest", "朝にまとめて"
    NONE = "none", "受け取らない"


def due_at(way: str, at: datetime, quiet_from: time = EVENING, quiet_until: time = MORNING) -> datetime | None:
    """Return when somebody is told of what happened at an instant; None where they want no mail."""
    if way == Way.NONE:
        return None
    return next_morning(at, quiet_until) if way == Way.DIGEST else next_telling(at, quiet_from, quiet_until)


class NoticePreference(models.Model):
    """知らせ方の設定: how a person of the office is told, and the hours in which they are left alone."""

    Way: ClassVar = Way

    user = models.OneToOneField(User, models.CASCADE, related_name="notice_preference", verbose_name="利用者")
    way = models.CharField("知らせ方", max_length=10, choices=Way.choices, default=Way.DIGEST)
    quiet_from = models.TimeField("メールを止める時刻", default=EVENING)
    quiet_until = models.TimeField("メールを再び送る時刻", default=MORNING)

    class Meta:
        verbose_name = "知らせ方の設定"
        constraints = [models.CheckConstraint(condition=Q(way__in=Way.values), name="notices_way_is_known")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_way_display()}"

    @classmethod
    def of(cls, user: User) -> NoticePreference:
        """Return the settings of a person, or the usual ones: once in the morning."""
        return cls.objects.filter(user=user).first() or cls(user=user)

    @classmethod
    @transaction.atomic
    def keep(cls, *, way: str, quiet_from: time, quiet_until: time, by: User) -> NoticePreference:
        """Store how a person wants to be told (知らせ方の変更)."""
        facts = {"way": way, "quiet_from": quiet_from, "quiet_until": quiet_until}
        kept, _ = cls.objects.update_or_create(user=by, defaults=facts)
        log.record(kept, "知らせ方の変更", by=by, after={"知らせ方": way})
        return kept


class DepartmentMailbox(models.Model):
    """部署のメールボックス: the shared address of a section, and how it is told."""

    department = models.OneToOneField(Department, models.CASCADE, related_name="mailbox", verbose_name="部署")
    email = models.EmailField("メールアドレス", max_length=254)
    way = models.CharField("知らせ方", max_length=10, choices=Way.choices, default=Way.AT_ONCE)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="決めた人")
    set_at = models.DateTimeField("決めた日時", default=timezone.now)

    class Meta:
        verbose_name = "部署のメールボックス"
        constraints = [models.CheckConstraint(condition=Q(way__in=Way.values), name="notices_mailbox_way_is_known")]

    def __str__(self) -> str:
        return f"{self.department} {self.get_way_display()}"

    @classmethod
    @transaction.atomic
    def keep(cls, department: Department, *, email: str, way: str, by: User) -> None:
        """Set or, with an empty address, remove the mailbox of a section (メールボックスの変更).

        Raises NotAllowed unless the person is in charge of the section, Refused for what is no address.
        """
        if not SET_MAILBOX.held_by(by, department):
            raise NotAllowed("部署のメールボックスを決められるのは、その部署の課長です。")
        if not email:
            cls.objects.filter(department=department).delete()
        elif not is_mail_address(email):
            raise Refused("メールアドレスの形を確かめてください。何も変わっていません。")
        else:
            facts = {"email": mail_address(email), "way": way, "set_by": by, "set_at": timezone.now()}
            cls.objects.update_or_create(department=department, defaults=facts)
        log.record(department, "部署のメールボックスの変更", by=by, after={"知らせ方": way if email else "なし"})


class OfficeNotice(models.Model):
    """職員への知らせ: one thing that happened in a section; tells a receipt number and no person."""

    class Kind(models.TextChoices):
        APPLICATION = "application", "新しい申請"
        CORRECTION = "correction", "補正の回答"
        PAYMENT = "payment", "納付の問題"

    kind = models.CharField("種類", max_length=12, choices=Kind.choices)
    about = models.CharField("対象", max_length=120)
    number = models.CharField("受付番号", max_length=20)
    title = models.CharField("件名", max_length=200)
    department = models.ForeignKey(Department, models.CASCADE, related_name="+", verbose_name="部署")
    only = models.ForeignKey(User, models.CASCADE, null=True, related_name="+", verbose_name="担当者")
    at = models.DateTimeField("日時")
    addressed_at = models.DateTimeField("宛先を決めた日時", null=True)

    class Meta:
        verbose_name = "職員への知らせ"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "about"], name="notices_one_office_notice_each")]
        indexes = [
            models.Index(fields=["id"], name="notices_not_addressed", condition=Q(addressed_at=None)),
            models.Index(fields=["at"], name="notices_office_notice_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class NoticeAddressee(models.Model):
    """知らせの宛先: a person or the mailbox of a section, to be told of a notice from a moment on, once."""

    notice = models.ForeignKey(OfficeNotice, models.CASCADE, related_name="addressees", verbose_name="職員への知らせ")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+", verbose_name="職員")
    mailbox = models.ForeignKey(
        DepartmentMailbox, models.CASCADE, null=True, related_name="+", verbose_name="部署のメールボックス"
    )
    due_at = models.DateTimeField("知らせる日時")
    told_at = models.DateTimeField("知らせた日時", null=True)

    class Meta:
        verbose_name = "知らせの宛先"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, mailbox__isnull=False) | Q(user__isnull=False, mailbox=None),
                name="notices_addressee_is_a_person_or_a_mailbox",
            ),
            models.UniqueConstraint(fields=["notice", "user"], name="notices_a_person_is_told_once"),
            models.UniqueConstraint(fields=["notice", "mailbox"], name="notices_a_mailbox_is_told_once"),
        ]
        indexes = [models.Index(fields=["due_at"], name="notices_to_be_told", condition=Q(told_at=None))]

    def __str__(self) -> str:
        return f"{self.notice} {self.user or self.mailbox}"
