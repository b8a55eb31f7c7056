"""Webhooks 動きの知らせ: where a partner is told what moved, what it is told, and whether that arrived."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.immutable import ImmutableModel
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.cases.models import Case, CaseEvent
from todoke.integrations.models.partner import Partner
from todoke.integrations.outgoing_address import parsed_url
from todoke.integrations.permissions import MANAGE_PARTNERS
from todoke.integrations.scopes import Scope
from todoke.runtime.field_encryption import decrypt_text, encrypt_text
from todoke.runtime.refusals import NotAllowed, NotYet
from todoke.systems.models import Automation

BOTH_SECRETS = timedelta(days=1)


def new_secret() -> str:
    """Return a secret of 256 random bits as the Standard Webhooks specification writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def new_event_id() -> str:
    """Return the identity of an event, which every attempt and every replay carries."""
    return f"evt_{secrets.token_hex(12)}"


class WebhookEndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    def stopped(self) -> WebhookEndpointQuerySet:
        """Endpoints of partners in use to which nothing is sent until somebody sends once more."""
        return self.filter(stopped_at__isnull=False, partner__status=Partner.Status.APPROVED)

    def listening(self) -> WebhookEndpointQuerySet:
        """Endpoints of partners in use that are told what moves."""
        in_use = {"partner__status": Partner.Status.APPROVED, "partner__scopes__contains": Scope.EVENTS}
        return self.filter(stopped_at__isnull=True, **in_use)


class WebhookEndpoint(models.Model):
    """知らせの送り先: the address or the files of a partner, and the secret with which what it gets is signed."""

    GONE: ClassVar[str] = "送り先が、もう受け取らないと答えたため"
    SILENT: ClassVar[str] = "およそ4日のあいだ送り直しても届かなかったため"

    partner = models.OneToOneField(Partner, models.PROTECT, related_name="endpoint", verbose_name="連携先")
    url = models.CharField("送り先", max_length=300, blank=True)
    by_file = models.BooleanField("ファイルで渡す", default=False, db_default=False)
    secret = models.CharField("署名の鍵", max_length=300)
    old_secret = models.CharField("前の署名の鍵", max_length=300, blank=True)
    rotated_at = models.DateTimeField("鍵を替えた日時", null=True, blank=True)
    stopped_at = models.DateTimeField("止まった日時", null=True, blank=True)
    stopped_because = models.CharField("止まった理由", max_length=60, blank=True, db_default="")
    registered_at = models.DateTimeField("登録日時", default=timezone.now)

    objects = WebhookEndpointQuerySet.as_manager()

    class Meta:
        verbose_name = "知らせの送り先"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by_file=True, url="") | (Q(by_file=False) & ~Q(url="")),
                name="integrations_endpoint_is_an_address_or_files",
            ),
        ]

    def __str__(self) -> str:
        return self.url or "ファイルで渡す"

    @classmethod
    @transaction.atomic
    def register(cls, partner: Partner, url: str = "", *, by: User) -> tuple[WebhookEndpoint, str]:
        """Register or change the address, or files where none is given (送り先の登録).

        Return it and its secret, which is shown once. Raises NotAllowed, NotYet for a partner not in use or without the
        scope and where the operator named no folder for files, Unreadable for a wrong address.
        """
        _require(partner, by)
        if url:
            parsed_url(url)
        elif not settings.WEBHOOK_FILES:
            raise NotYet(
                "知らせのファイルの置き場が、まだ決まっていません。システムの運用者に、置き場を決めるように頼んでください。"
                "手引きの「ファイルで渡す」に、しかたがあります。"
            )
        secret = new_secret()
        facts = {
            "url": url, "by_file": not url, "secret": encrypt_text(secret), "old_secret": "", "stopped_at": None,
            "stopped_because": "",
        }  # fmt: skip
        made, _ = cls.objects.update_or_create(partner=partner, defaults=facts)
        log.record(made, "知らせの送り先の登録", by=by, after={"送り先": str(made)})
        return made, secret

    @transaction.atomic
    def stop(self, because: str, *, at: datetime, by: Actor) -> bool:
        """Send nothing more from now on (知らせの停止); False when it was stopped before."""
        if not stamp_once(self, "stopped_at", at, stopped_because=because):
            return False
        log.record(self, "知らせの停止", by=by, reason=because)
        return True

    @transaction.atomic
    def rotate(self, *, by: User) -> str:
        """Give a new secret (署名の鍵の交換) and return it; for a day what is sent bears both signatures.

        Raises NotAllowed, NotYet when somebody else changed it meanwhile or the partner is not in use.
        """
        _require(self.partner, by)
        secret = new_secret()
        changes = {"secret": encrypt_text(secret), "old_secret": self.secret, "rotated_at": timezone.now()}
        if not compare_and_set(self, {"secret": self.secret}, **changes):
            raise NotYet("ほかの人が同時に鍵を替えました。画面を開き直して確かめてください。")
        log.record(self, "署名の鍵の交換", by=by)
        return secret

    def secrets_at(self, at: datetime) -> list[str]:
        """Return the secrets that sign at an instant, the newest first."""
        both = bool(self.old_secret) and self.rotated_at is not None and at < self.rotated_at + BOTH_SECRETS
        return [decrypt_text(each) for each in ((self.secret, self.old_secret) if both else (self.secret,))]

    @transaction.atomic
    def replay(self, *, by: Actor, since: datetime) -> int:
        """Send what has not arrived and every event since an instant once more, under their identities (送り直し).

        Return how many.
        """
        type(self).objects.filter(pk=self.pk).update(stopped_at=None, stopped_because="")
        rows = WebhookDelivery.objects.filter(Q(event__at__gte=since) | Q(delivered_at=None), endpoint=self)
        count = rows.update(next_at=timezone.now(), attempts=0, delivered_at=None)
        log.record(self, "知らせの送り直し", by=by, after={"件数": count})
        return count


def _require(partner: Partner, by: User) -> None:
    if not MANAGE_PARTNERS.held_by(by):
        raise NotAllowed("送り先を決められるのは、システム管理担当だけです。")
    if partner.status != Partner.Status.APPROVED or Scope.EVENTS not in partner.allowed:
        raise NotYet("送り先は、知らせを受け取ることを許された、使用中の連携先にだけ登録できます。")


class WebhookEvent(ImmutableModel):
    """動きの知らせ: a change of a case or an automation as partners are told it, numbered, without a name."""

    FROZEN = "動きの知らせ"

    identity = models.CharField("知らせの番号", max_length=32, unique=True, default=new_event_id)
    kind = models.CharField("種類", max_length=30)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="案件")
    source = models.OneToOneField(
        CaseEvent, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="経過"
    )
    automation = models.ForeignKey(
        Automation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="自動化"
    )
    sequence = models.PositiveIntegerField("案件や自動化の中の順番")
    status = models.CharField("状態", max_length=12)
    at = models.DateTimeField("日時")

    class Meta:
        verbose_name = "動きの知らせ"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="integrations_one_event_in_a_place"),
            models.UniqueConstraint(
                fields=["automation", "sequence"], name="integrations_one_automation_event_a_place"
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False, source__isnull=False, automation=None)
                | Q(case=None, source=None, automation__isnull=False),
                name="integrations_an_event_has_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return self.identity


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    def due(self, at: datetime) -> WebhookDeliveryQuerySet:
        """Deliveries whose next attempt has come, to endpoints that are not stopped."""
        return self.filter(next_at__lte=at, endpoint__stopped_at__isnull=True)


class WebhookDelivery(models.Model):
    """知らせの送達: one event to one endpoint, with its attempts; its schedule is this row, not a job."""

    event = models.ForeignKey(WebhookEvent, models.CASCADE, related_name="deliveries", verbose_name="動きの知らせ")
    endpoint = models.ForeignKey(
        WebhookEndpoint, models.CASCADE, related_name="deliveries", verbose_name="知らせの送り先"
    )
    attempts = models.PositiveSmallIntegerField("送った回数", default=0)
    next_at = models.DateTimeField("次に送る日時", null=True, blank=True, db_index=True)
    delivered_at = models.DateTimeField("届いた日時", null=True, blank=True)
    answered = models.PositiveSmallIntegerField("答えの番号", null=True, blank=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "知らせの送達"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "endpoint"], name="integrations_one_delivery_of_an_event"),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(next_at__isnull=True),
                name="integrations_delivered_is_not_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.attempts}"
