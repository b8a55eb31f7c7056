"""Point cards ポイントカード: a card of paper with a printed number and a PIN, for whoever has no phone."""

import secrets
from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.crypto import constant_time_compare

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.accounts.typed_codes import plain_code
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.points.models.point_holder import PointHolder
from todoke.points.point_keys import pin_hash
from todoke.runtime.refusals import Conflict, NotAllowed, Refused


class PointCard(models.Model):
    """ポイントカード: one in use at a time; only a keyed hash of the PIN is stored, and five wrong ones lock it."""

    DIGITS: ClassVar[int] = 12
    PIN_DIGITS: ClassVar[int] = 4
    TRIES: ClassVar[int] = 5

    class End(models.TextChoices):
        LOST = "lost", "なくした"
        DAMAGED = "damaged", "読めなくなった"
        RETURNED = "returned", "返した"

    holder = models.ForeignKey(PointHolder, models.PROTECT, related_name="cards", verbose_name="持ち主")
    number = models.CharField("カード番号", max_length=16, unique=True)
    pin_hash = models.CharField("暗証番号の封印", max_length=64)
    pin_tries = models.PositiveSmallIntegerField("続けてまちがえた回数", default=0)
    issued_at = models.DateTimeField("渡した日時", auto_now_add=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="渡した人")
    ended_at = models.DateTimeField("止めた日時", null=True, blank=True)
    end_reason = models.CharField("止めた理由", max_length=10, choices=End.choices, blank=True)

    class Meta:
        verbose_name = "ポイントカード"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["holder"], condition=Q(ended_at=None), name="points_one_card_in_use_per_holder"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="points_card_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"ポイントカード …{self.number[-4:]}"

    @property
    def printed(self) -> str:
        """Return the number in groups of four, as it stands on the card."""
        return " ".join(self.number[place : place + 4] for place in range(0, len(self.number), 4))

    @property
    def is_locked(self) -> bool:
        return self.pin_tries >= self.TRIES

    @classmethod
    @transaction.atomic
    def issue(cls, holder: PointHolder, *, by: Actor) -> "tuple[PointCard, str]":
        """Make a card (発行) and return it with its PIN, which is shown once and not stored.

        Raises NotAllowed for a clerk's own card, Conflict while another is in use.
        """
        if holder.user is not None and holder.user == user_of(by):
            raise NotAllowed("自分のカードは発行できません。ほかの職員に頼んでください。")
        number, pin = f"{secrets.randbelow(10**cls.DIGITS):0{cls.DIGITS}}", cls._draw_pin()
        try:
            with transaction.atomic():
                card = cls.objects.create(
                    holder=holder, number=number, pin_hash=pin_hash(number, pin), issued_by=user_of(by)
                )
        except IntegrityError as problem:
            raise Conflict(
                "使えるカードをもう持っています。なくしたときは「カードを替える」を選んでください。"
            ) from problem
        log.record(card, "ポイントカードの発行", by=by)
        return card, pin

    @classmethod
    def _draw_pin(cls) -> str:
        return f"{secrets.randbelow(10**cls.PIN_DIGITS):0{cls.PIN_DIGITS}}"

    @transaction.atomic
    def replace(self, reason: str, *, by: Actor) -> "tuple[PointCard, str]":
        """End this card and issue another with the same points (再発行). Raises as ``end`` and ``issue`` do."""
        self.end(reason, by=by)
        return type(self).issue(self.holder, by=by)

    @transaction.atomic
    def end(self, reason: str, *, by: Actor) -> None:
        """Stop the card (利用の停止). Raises Refused for an unknown reason, Conflict when it was stopped before."""
        if reason not in self.End.values:
            raise Refused("カードを止める理由を選んでください。")
        if not stamp_once(self, "ended_at", end_reason=reason):
            raise Conflict("このカードは、もう使えません。いまのカードを選んでください。")
        log.record(self, "ポイントカードの停止", by=by, reason=self.End(reason).label)

    @transaction.atomic
    def renew_pin(self, *, by: Actor) -> str:
        """Draw a new PIN, which unlocks the card (暗証番号の変更). Raises Conflict for a card that is stopped."""
        pin = self._draw_pin()
        if not compare_and_set(self, {"ended_at": None}, pin_hash=pin_hash(self.number, pin), pin_tries=0):
            raise Conflict("このカードは、もう使えません。いまのカードを選んでください。")
        log.record(self, "ポイントカードの暗証番号の変更", by=by)
        return pin

    @classmethod
    def in_use(cls, typed: str) -> "PointCard | None":
        """Return the card of a number however it was typed, unless it was stopped."""
        number = plain_code(typed).replace("-", "")
        return cls.objects.select_related("holder").filter(number=number, ended_at=None).first()

    def accepts(self, pin: str) -> bool:
        """Tell whether a PIN is right. Each call counts as a try, also in parallel; a right one ends the count."""
        if not compare_and_set(self, {"ended_at": None, "pin_tries__lt": self.TRIES}, pin_tries=F("pin_tries") + 1):
            return False
        if not constant_time_compare(self.pin_hash, pin_hash(self.number, plain_code(pin))):
            return False
        return compare_and_set(self, {"ended_at": None}, pin_tries=0)
