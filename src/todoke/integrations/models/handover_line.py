"""Handover lines 引渡しの経路: to which installation parcels go, and whose signature counts on their way back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit import log
from todoke.integrations.models.partner import MachineAccount, Partner
from todoke.integrations.permissions import CARRY_PARCELS
from todoke.integrations.scopes import Scope
from todoke.runtime.refusals import NotAllowed, NotYet


def require_carrier(user: User | None) -> None:
    """Raises NotAllowed unless a person may carry parcels."""
    if user is None or not CARRY_PARCELS.held_by(user):
        raise NotAllowed("引渡しの便を扱えるのは、システム管理担当だけです。")


class HandoverLine(models.Model):
    """引渡しの経路: a partner that is another installation of this program, behind a border without a network."""

    partner = models.OneToOneField(Partner, models.PROTECT, related_name="line", verbose_name="連携先")
    name = models.CharField("経路の名前", max_length=40, unique=True)
    peer = models.CharField("相手", max_length=60)
    only_sanitised = models.BooleanField("無害化した書類だけを受け取る", default=False)
    sanitised_by = models.CharField("こちらの書類を無害化する製品", max_length=60, blank=True)
    registered_at = models.DateTimeField("登録日時", default=timezone.now)

    class Meta:
        verbose_name = "引渡しの経路"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def register(cls, partner: Partner, *, by: User, **facts: Any) -> HandoverLine:
        """Register or change the line of a partner in use (経路の登録). Raises NotAllowed, NotYet, ValidationError."""
        require_carrier(by)
        partner.machine_in_use()
        if facts.get("peer") not in settings.PEERS:
            raise NotYet(
                "相手の鍵が、まだ取り込まれていません。システムの運用者に、相手の鍵を取り込むように頼んでください。"
            )
        made = cls.objects.filter(partner=partner).first() or cls(partner=partner)
        for name, value in facts.items():
            setattr(made, name, value)
        made.full_clean()
        made.save()
        log.record(made, "引渡しの経路の登録", by=by, after={**facts})
        return made

    @property
    def key(self) -> str:
        """The public key of the other side. Raises NotYet once the operator has taken it away."""
        found = settings.PEERS.get(self.peer)
        if not found:
            raise NotYet(f"「{self.peer}」の鍵が、いまは取り込まれていません。システムの運用者に知らせてください。")
        return str(found)

    def machine_for(self, *scopes: Scope) -> MachineAccount:
        """Return the account of the line. Raises NotYet unless the partner is in use and holds the scopes."""
        machine = self.partner.machine_in_use()
        lacking = [str(scope.label) for scope in scopes if scope not in self.partner.allowed]
        if lacking:
            raise NotYet(
                f"この連携先は「{'」「'.join(lacking)}」を許されていません。要るときは、連携先を登録し直してください。"
            )
        return machine
