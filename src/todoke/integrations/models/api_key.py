"""Keys 連携鍵: with which a machine shows who it is; stored as a hash, shown once, rotated by a second one."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set
from todoke.integrations.models.partner import MachineAccount
from todoke.integrations.permissions import MANAGE_PARTNERS
from todoke.japanese.calendar import today
from todoke.runtime.client_address import parse_networks, parsed_address
from todoke.runtime.read_only_mode import read_only
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

LONGEST = 365
AT_ONCE = 2
SHAPE = re.compile(r"tdk_([0-9]{12})_([A-Za-z0-9_-]{43})")


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a key's secret part, which has 256 random bits and so needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def live(self) -> ApiKeyQuerySet:
        """Keys that open something now."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def named_by(self, text: str) -> ApiKeyQuerySet:
        """The key that a text shows, whether live or not; none for a text of another shape."""
        found = SHAPE.fullmatch(text)
        return self.filter(public_id=found[1], digest=digest_of(found[2])) if found else self.none()


class ApiKey(models.Model):
    """連携鍵: opens what its partner may do until it ends, at most a year; at most two of a machine at once."""

    machine = models.ForeignKey(MachineAccount, models.PROTECT, related_name="keys", verbose_name="連携用アカウント")
    public_id = models.CharField("鍵の番号", max_length=12, unique=True)
    digest = models.CharField("照合値", max_length=64)
    slot = models.PositiveSmallIntegerField("鍵の枠")
    days = models.PositiveSmallIntegerField("有効日数")
    issued_at = models.DateTimeField("発行日時", default=timezone.now)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="発行した人")
    expires_at = models.DateTimeField("有効期限")
    revoked_at = models.DateTimeField("失効日時", null=True)
    used_on = models.DateField("最後に使われた日", null=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "連携鍵"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["machine", "slot"], condition=Q(revoked_at__isnull=True), name="integrations_one_key_in_a_slot"
            ),
            models.CheckConstraint(condition=Q(slot__gte=1, slot__lte=AT_ONCE), name="integrations_two_keys_at_most"),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=LONGEST), name="integrations_a_key_ends"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="integrations_a_key_holds_a_while"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @classmethod
    @transaction.atomic
    def issue(cls, machine: MachineAccount, *, days: int, by: User) -> tuple[ApiKey, str]:
        """Issue a key (鍵の発行); return it and its text, which is kept nowhere.

        Raises NotAllowed, NotYet for a partner not in use, Refused for too long a time or a third key, Conflict where
        another person issues one at the same moment.
        """
        if not MANAGE_PARTNERS.held_by(by):
            raise NotAllowed("鍵を出せるのは、システム管理担当だけです。")
        machine = MachineAccount.objects.select_for_update().get(pk=machine.pk)
        machine.partner.machine_in_use()
        if not 1 <= days <= LONGEST:
            raise Refused(f"有効日数は1日から{LONGEST}日までです。")
        now = timezone.now()
        for old in cls.objects.filter(machine=machine, revoked_at__isnull=True, expires_at__lte=now):
            old.revoke(by=by, reason="期限が過ぎたため")
        taken = set(cls.objects.filter(machine=machine, revoked_at__isnull=True).values_list("slot", flat=True))
        free = next((slot for slot in range(1, AT_ONCE + 1) if slot not in taken), None)
        if free is None:
            raise Refused("使える鍵が2つあります。古い鍵を失効させてから、新しい鍵を出してください。")
        public_id, secret = f"{secrets.randbelow(10**12):012}", secrets.token_urlsafe(32)
        try:
            with transaction.atomic():
                made = cls.objects.create(
                    machine=machine, public_id=public_id, digest=digest_of(secret), slot=free, days=days,
                    issued_at=now, issued_by=by, expires_at=now + timedelta(days=days),
                )  # fmt: skip
        except IntegrityError:
            raise Conflict("ほかの人が同時に鍵を出しました。画面を開き直して確かめてください。") from None
        log.record(made, "連携鍵の発行", by=by, after={"鍵の番号": public_id, "有効日数": days}, first=True)
        return made, f"tdk_{public_id}_{secret}"

    @transaction.atomic
    def revoke(self, *, by: Actor, reason: str) -> bool:
        """Revoke the key at once (失効); False when it was before."""
        if not compare_and_set(self, {"revoked_at__isnull": True}, revoked_at=timezone.now()):
            return False
        log.record(self, "連携鍵の失効", by=by, reason=reason)
        return True

    def is_allowed_from(self, address: str) -> bool:
        """Tell whether the partner may connect from an address; from everywhere where no network is named."""
        named = parse_networks(self.machine.partner.networks)
        here = parsed_address(address)
        return not named or (here is not None and any(here in network for network in named))

    def note_use(self) -> None:
        """Note the day of use, once a day; not while nothing can be written."""
        if read_only() is None and self.used_on != today():
            changes: dict[str, Any] = {"used_on": today()}
            compare_and_set(self, {"used_on": self.used_on}, **changes)
