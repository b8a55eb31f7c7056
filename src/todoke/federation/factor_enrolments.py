"""Factor enrolments 認証の手段の登録票: the office lets a colleague register a factor, in person and once.

For whoever receives no mail or lost the device. The factors before it end with its issue, so that a lost one opens
nothing; the password alone registers nothing.
"""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from todoke.accounts.models import User
from todoke.accounts.signals import factor_enrolment_issued
from todoke.accounts.typed_codes import plain_code
from todoke.audit import log
from todoke.federation.permissions import ISSUE_FACTOR_ENROLMENT
from todoke.organization.permissions import is_staff
from todoke.runtime.links import path_to
from todoke.runtime.refusals import NotAllowed, Refused


def _seal(person: int, code: str) -> str:
    return salted_hmac("todoke.federation.factor_enrolments", f"{person}:{code}", algorithm="sha256").hexdigest()


class FactorEnrolmentQuerySet(models.QuerySet["FactorEnrolment"]):
    def usable(self, at: datetime | None = None) -> "FactorEnrolmentQuerySet":
        """Enrolments that are neither used, replaced nor a day old."""
        at = at or timezone.now()
        return self.filter(used_at__isnull=True, replaced_at__isnull=True, expires_at__gt=at)


class FactorEnrolment(models.Model):
    """認証の手段の登録票: one colleague may register a factor once within a day; only the code's HMAC is stored."""

    class Reason(models.TextChoices):
        NO_MAIL = "no_mail", "業務用のメールを受け取れない"
        LOST = "lost", "認証の手段をなくした・壊した"
        REPLACED = "replaced", "端末を交換した"

    class Check(models.TextChoices):
        BADGE = "badge", "職員証と本人の顔を見比べた"
        SUPERIOR = "superior", "所属長が同席して本人と認めた"

    DIGITS: ClassVar[int] = 10
    VALID: ClassVar[timedelta] = timedelta(days=1)

    user = models.ForeignKey(User, models.PROTECT, related_name="factor_enrolments", verbose_name="登録する職員")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="出した職員")
    reason = models.CharField("理由", max_length=10, choices=Reason.choices)
    check_of_person = models.CharField("本人の確かめ方", max_length=10, choices=Check.choices)
    code_hash = models.CharField("番号の封印", max_length=64)
    issued_at = models.DateTimeField("発行日時")
    expires_at = models.DateTimeField("有効期限")
    used_at = models.DateTimeField("使用日時", null=True)
    replaced_at = models.DateTimeField("取替え日時", null=True)

    objects = FactorEnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "認証の手段の登録票"
        constraints = [
            models.CheckConstraint(condition=~Q(user=F("by")), name="federation_nobody_enrols_oneself"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="federation_enrolment_ends"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(used_at__isnull=True, replaced_at__isnull=True),
                name="federation_one_open_enrolment",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"認証の手段の登録票({self.user})"

    @classmethod
    @transaction.atomic
    def issue(cls, user: User, *, reason: str, check_of_person: str, by: User) -> tuple["FactorEnrolment", str]:
        """Issue an enrolment and return it with its code in clear, which is not stored (登録票の発行).

        The factors and sessions of the person end at once, earlier enrolments too. Raises NotAllowed to everybody but
        an administrator and for oneself, Refused for somebody without a post.
        """
        if not ISSUE_FACTOR_ENROLMENT.held_by(by):
            raise NotAllowed("登録票を出せるのは、システム管理担当だけです。")
        if user.pk == by.pk:
            raise NotAllowed("自分の登録票は出せません。別のシステム管理担当に頼んでください。")
        if not is_staff(user):
            said = "きょう職位に就いている職員にだけ出せます。先に着任を登録してください。"
            raise Refused(said, link=path_to("office:organization"))
        now = timezone.now()
        cls.objects.filter(user=user, used_at=None, replaced_at=None).update(replaced_at=now)
        removed = Authenticator.objects.filter(user=user).delete()[0]
        code = f"{secrets.randbelow(10**cls.DIGITS):0{cls.DIGITS}}"
        made = cls.objects.create(
            user=user, by=by, reason=reason, check_of_person=check_of_person, code_hash=_seal(user.pk, code),
            issued_at=now, expires_at=now + cls.VALID,
        )  # fmt: skip
        user.end_sessions()
        after = {
            "理由": made.get_reason_display(),
            "本人の確かめ方": made.get_check_of_person_display(),
            "外した手段": removed,
        }
        log.record(user, "認証の手段の登録票の発行", by=by, after=after, reason=made.get_reason_display())
        factor_enrolment_issued.send(sender=cls, user=user, by=by)
        return made, code

    @classmethod
    @transaction.atomic
    def redeem(cls, user: User, code: str) -> bool:
        """Use the code of a person's enrolment up, on whichever process it comes; False for no good code."""
        found = cls.objects.usable().filter(user=user, code_hash=_seal(user.pk, plain_code(code)))
        used = found.update(used_at=timezone.now()) == 1
        if used:
            log.record(user, "認証の手段の登録票の使用", by=user)
        return used
