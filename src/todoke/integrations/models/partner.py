"""Partners 連携先: another system of the municipality or of a vendor, and the account with which it holds a post."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.approvals.appointments import appoint, create_post
from todoke.audit import log
from todoke.audit.transitions import Transitions, compare_and_set, transition
from todoke.cases.models.status import Channel
from todoke.integrations.permissions import CONSENT_TO_PARTNER, MACHINE_ROLE, MANAGE_PARTNERS
from todoke.integrations.scopes import Scope, joined
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Tenure
from todoke.runtime.mail_addresses import MACHINE_DOMAIN
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, user: User) -> PartnerQuerySet:
        """All partners for whoever manages them; for a chief those of the section."""
        if MANAGE_PARTNERS.held_by(user):
            return self
        return self.filter(department__in=CONSENT_TO_PARTNER.departments_of(user))

    def due_for_review(self, on: date | None = None) -> PartnerQuerySet:
        """Partners in use whose day of review has come."""
        return self.filter(status=Partner.Status.APPROVED, review_on__lte=on or today())


class Partner(models.Model):
    """連携先: another system that works on a section's applications once its chief and a second administrator agree."""

    class Status(models.TextChoices):
        APPLIED = "applied", "承認待ち"
        APPROVED = "approved", "使用中"
        ENDED = "ended", "終了"

    NEXT: ClassVar[Transitions] = {
        Status.APPLIED: frozenset({Status.APPROVED, Status.ENDED}),
        Status.APPROVED: frozenset({Status.ENDED}),
        Status.ENDED: frozenset(),
    }
    CHANNELS: ClassVar = [choice for choice in Channel.choices if choice[0] != Channel.WEB]

    code = models.SlugField("連携先コード", max_length=20, unique=True)
    name = models.CharField("名称", max_length=40)
    department = models.ForeignKey(Department, models.PROTECT, related_name="partners", verbose_name="担当部署")
    contact = models.CharField("連絡先", max_length=200)
    purpose = models.CharField("使う目的", max_length=200)
    scopes = models.CharField("できること", max_length=200)
    channel = models.CharField("申請の受付経路", max_length=10, choices=Channel.choices, default=Channel.PARTNER)
    networks = models.CharField("つないでよいネットワーク", max_length=200, blank=True)
    review_on = models.DateField("見直す日")
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.APPLIED)
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登録した人")
    registered_at = models.DateTimeField("登録日時", auto_now_add=True)
    consented_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同意した課長"
    )
    consented_at = models.DateTimeField("同意した日時", null=True, blank=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承認した人"
    )
    approved_at = models.DateTimeField("承認日時", null=True, blank=True)
    ended_at = models.DateTimeField("終了日時", null=True, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = "連携先"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("registered_by")),
                name="integrations_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approved_at__isnull=False, consented_at__isnull=False),
                name="integrations_in_use_with_consent_and_approval",
            ),
            models.CheckConstraint(condition=~Q(channel="web"), name="integrations_partner_is_no_applicant"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_labels(self) -> list[str]:
        """What it may do, in Japanese words."""
        return [str(Scope(scope).label) for scope in self.scopes.split()]

    @property
    def allowed(self) -> frozenset[str]:
        """The scopes that it holds."""
        return frozenset(self.scopes.split())

    def machine_in_use(self) -> MachineAccount:
        """Return the account of a partner in use. Raises NotYet before the approval and after the end."""
        found = MachineAccount.objects.select_related("partner").filter(partner=self).first()
        if found is None or self.status != self.Status.APPROVED:
            raise NotYet("鍵は、使用中の連携先にだけ出せます。先に、別のシステム管理担当の承認を受けてください。")
        return found

    @classmethod
    @transaction.atomic
    def register(cls, *, scopes: list[str], by: User, **facts: Any) -> Partner:
        """Register a partner (連携先の登録); nothing is open to it yet.

        Raises NotAllowed to others than administrators, ValidationError for what is wrong with a fact.
        """
        _only_administrators(by)
        made = cls(scopes=joined(scopes), registered_by=by, **facts)
        made.full_clean()
        made.save()
        log.record(made, "連携先の登録", by=by, after={"名称": made.name, "できること": made.scopes}, first=True)
        return made

    @transaction.atomic
    def consent(self, *, by: User) -> None:
        """Consent that the partner works on the section's applications (同意). Raises NotAllowed, Conflict."""
        if not CONSENT_TO_PARTNER.held_by(by, self.department):
            raise NotAllowed(f"同意できるのは、{self.department}の課長です。")
        read = {"status": self.Status.APPLIED, "consented_at__isnull": True}
        if not compare_and_set(self, read, consented_by=by, consented_at=timezone.now()):
            raise Conflict("この連携先には、すでに同意しているか、終わっています。何も変わっていません。")
        log.record(self, "連携先への同意", by=by)

    @transaction.atomic
    def approve(self, *, by: User) -> MachineAccount:
        """Approve as the second administrator (承認), and give it the account and the post with which it works.

        Raises NotAllowed for others and for whoever registered it, NotYet before the chief's consent, Conflict.
        """
        _only_administrators(by)
        if by.pk == self.registered_by_id:
            raise NotAllowed("登録した人は承認できません。別のシステム管理担当に頼んでください。")
        if self.consented_at is None:
            raise NotYet(f"先に、{self.department}の課長の同意が要ります。課長がこの画面を開いて同意します。")
        if not transition(self, self.Status.APPROVED, approved_by=by, approved_at=timezone.now()):
            raise Conflict("この連携先は、すでに承認されているか、終わっています。何も変わっていません。")
        log.record(self, "連携先の承認", by=by, after={"できること": self.scopes})
        return MachineAccount.open(self, by=by)

    @transaction.atomic
    def end(self, *, by: User, reason: str) -> None:
        """End the partner at once (連携の終了): its account is closed and every key of it revoked.

        Raises NotAllowed, Refused without a reason, Conflict.
        """
        _only_administrators(by)
        if not reason.strip():
            raise Refused("終える理由を書いてください。連携先の記録に残ります。")
        if not transition(self, self.Status.ENDED, ended_at=timezone.now()):
            raise Conflict("この連携先は、もう終わっています。何も変わっていません。")
        log.record(self, "連携の終了", by=by, reason=reason)
        for machine in MachineAccount.objects.filter(partner=self).select_related("user"):
            machine.close(by=by)


class MachineAccount(models.Model):
    """連携用アカウント: the account of a partner, which holds a post of the section and cannot sign in to pages."""

    partner = models.OneToOneField(Partner, models.PROTECT, related_name="machine", verbose_name="連携先")
    user = models.OneToOneField(User, models.PROTECT, related_name="machine", verbose_name="利用者")
    opened_at = models.DateTimeField("開いた日時", auto_now_add=True)

    class Meta:
        verbose_name = "連携用アカウント"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.partner)

    @classmethod
    def open(cls, partner: Partner, *, by: User) -> MachineAccount:
        """Open the account of an approved partner and appoint it to a post of its own in the section."""
        user = User.objects.create_user(f"{partner.code}@{MACHINE_DOMAIN}", None, name=f"連携: {partner.name}")
        post = create_post(department=partner.department, title=f"連携 {partner.name}", role=MACHINE_ROLE, by=by)
        appoint(post=post, user=user, starts_on=today(), ends_on=None, by=by)
        made = cls.objects.create(partner=partner, user=user)
        log.record(made, "連携用アカウントの開設", by=by, first=True)
        return made

    def close(self, *, by: User) -> None:
        """Close the account, end its tenures today and revoke its keys."""
        User.objects.filter(pk=self.user_id).update(is_active=False)
        Tenure.objects.of(self.user).not_ended(today()).update(ends_on=today())
        for key in self.keys.filter(revoked_at__isnull=True):
            key.revoke(by=by, reason="連携の終了")


def _only_administrators(by: User) -> None:
    if not MANAGE_PARTNERS.held_by(by):
        raise NotAllowed("連携先を登録し、承認し、終えられるのは、システム管理担当だけです。")
