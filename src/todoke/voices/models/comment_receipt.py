"""Comment receipts 意見の受付: every arrival with its own four times, and whether it came within the period."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import lock_subject, record, subject_of
from todoke.audit.sequences import next_position
from todoke.audit.transitions import compare_and_set
from todoke.cases.models.tokens import new_token
from todoke.japanese.personal_data import Kind, find_pieces
from todoke.runtime.field_encryption import decrypt_text, encrypt_text
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.voices.arrival import ArrivalFacts, Basis, Channel, ChannelTerms, Postmark, Standing, judge_arrival
from todoke.voices.models.briefing import Briefing
from todoke.voices.models.consultation import Consultation
from todoke.voices.models.public_comment import PublicComment, Sender
from todoke.voices.receipt_mail import tell_arrival

CUT_OUT = "【個人番号を除きました】"
LIMIT = 20_000


def without_individual_numbers(text: str) -> tuple[str, list[str]]:
    """Return a text with every individual number (個人番号) cut out, and the numbers."""
    found = find_pieces(text, {Kind.MY_NUMBER})
    for each in reversed(found):
        text = f"{text[: each.start]}{CUT_OUT}{text[each.end :]}"
    return text, [each.text for each in found]


class CommentReceiptQuerySet(models.QuerySet["CommentReceipt"]):
    def standing(self, *values: str) -> "CommentReceiptQuerySet":
        """Receipts that were found timely, late or undecided."""
        return self.filter(timeliness__standing__in=values)


class CommentReceipt(models.Model):
    """意見の受付: one arrival by one channel; its words and times are never changed, which the database refuses.

    When it was sent, when it arrived, when the office stamped it and when it was entered are kept apart. ``comment`` is
    the opinion it belongs to, which a person may change when two arrivals are of one text.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="receipts", verbose_name="意見募集")
    sequence = models.PositiveIntegerField("番号", editable=False)
    token = models.CharField("合言葉", max_length=32, unique=True, default=new_token, editable=False)
    channel = models.CharField("方法", max_length=4, choices=Channel)
    text = models.TextField("届いた文", max_length=LIMIT)
    sealed_numbers = models.TextField("除いた個人番号", blank=True, editable=False)
    scan = models.FileField("届いた紙の写し", upload_to="voices/%Y/", max_length=200, blank=True)
    sent_at = models.DateTimeField("送られた日時", null=True, blank=True)
    arrived_at = models.DateTimeField("届いた日時")
    postmark = models.CharField("消印", max_length=10, choices=Postmark, default=Postmark.NONE)
    postmarked_on = models.DateField("消印の日", null=True, blank=True)
    stamped_on = models.DateField("収受印の日", null=True, blank=True)
    delivered_on = models.DateField("配達の記録の日", null=True, blank=True)
    night_box = models.BooleanField("夜間の受付箱", default=False)
    recorded_at = models.DateTimeField("登録日時", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="登録した人")
    comment = models.ForeignKey(PublicComment, models.PROTECT, related_name="receipts", verbose_name="意見")
    briefing = models.ForeignKey(
        Briefing, models.PROTECT, null=True, blank=True, related_name="receipts", verbose_name="説明会"
    )

    objects = CommentReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = "意見の受付"
        ordering = ["consultation", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "sequence"], name="voices_one_receipt_per_number"),
            models.CheckConstraint(
                condition=~Q(postmark="clear") | Q(postmarked_on__isnull=False),
                name="voices_a_clear_postmark_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["consultation", "arrived_at", "id"], name="voices_register_by_arrival")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number by which people ask for it (受付番号)."""
        return f"{self.consultation.number}-{self.sequence:05d}"

    @classmethod
    @transaction.atomic
    def receive(
        cls, consultation: Consultation, *, channel: str, text: str, by: Actor, token: str = "",
        arrived_at: datetime | None = None, sender: dict[str, Any] | None = None, clause: str = "", **facts: Any,
    ) -> "CommentReceipt":  # fmt: skip
        """受付: register an arrival with its sender and judge its time; the same token gives the same receipt.

        Valid individual numbers are cut out of the words before they are kept. Raises Refused, NotAllowed.
        """
        lock_subject(subject_of(consultation))
        if token and (before := cls.objects.filter(token=token, consultation=consultation).first()):
            return before
        consultation.hold(Consultation.Status.ANNOUNCED, Consultation.Status.ANSWERING)
        if isinstance(by, User):
            consultation.require_running(by)
        if channel == Channel.ORAL and not consultation.rule.oral_allowed:
            raise Refused(f"{consultation.rule}では、口頭の意見を受け付けません。書いて出してもらってください。")
        sequence = next_position(consultation.receipts.all(), consultation, "sequence")
        words, numbers = without_individual_numbers(text.strip())
        if not words:
            raise Refused("意見を書いてください。")
        person = Sender.register(consultation, **(sender or {}))
        comment = PublicComment.create(person, words, clause=clause)
        row = cls.objects.create(
            consultation=consultation, sequence=sequence, channel=channel, text=words, comment=comment,
            arrived_at=arrived_at or timezone.now(), recorded_by=user_of(by), token=token or new_token(),
            sealed_numbers=encrypt_text("\n".join(numbers)) if numbers else "", **facts,
        )  # fmt: skip
        Timeliness.judge(row, by=by)
        record(row, "意見の受付", by=by, after={"方法": channel, "届いた日時": row.arrived_at}, first=True)
        tell_arrival(row, person.mail, person.language, by=by)
        return row

    def facts(self) -> ArrivalFacts:
        """Return the times for the judgement."""
        return ArrivalFacts(
            self.arrived_at, self.sent_at, self.stamped_on, self.delivered_on, self.postmark, self.postmarked_on,
            self.night_box,
        )  # fmt: skip

    @transaction.atomic
    def open_numbers(self, *, by: User, reason: str) -> list[str]:
        """個人番号の開封: return the numbers that were cut out; leaves an entry. Raises NotAllowed, Refused."""
        self.consultation.require_running(by)
        if not reason.strip():
            raise Refused("開く理由を書いてください。")
        record(self, "個人番号の開封", by=by, reason=reason)
        return decrypt_text(self.sealed_numbers).split("\n") if self.sealed_numbers else []

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed unless a person runs the consultation."""
        user = user_of(by)
        if user is None:
            raise NotAllowed("届いた紙を見られるのは、担当部署の職員だけです。")
        self.consultation.require_running(user)

    @transaction.atomic
    def join(self, other: "CommentReceipt", *, by: User) -> None:
        """受付をまとめる: say that this arrival is of the same text and sender as another. Raises Refused, Conflict."""
        self.consultation.require_open(by)
        if self.consultation_id != other.consultation_id or self.pk == other.pk:
            raise Refused("同じ意見募集の、別の受付とまとめてください。")
        self._move_to(other.comment, "受付のまとめ", by=by)

    @transaction.atomic
    def split(self, *, by: User) -> None:
        """受付を分ける: make the arrival an opinion of its own again. Raises Refused, Conflict."""
        self.consultation.require_open(by)
        if self.comment.receipts.count() < 2:
            raise Refused("この意見の受付は、一つだけです。")
        sender = Sender.objects.create(consultation=self.consultation, kind=self.comment.sender.kind)
        self._move_to(PublicComment.create(sender, self.text), "受付の分離", by=by)

    def _move_to(self, comment: PublicComment, act: str, *, by: User) -> None:
        left = self.comment
        if not compare_and_set(self, {"comment": left.pk}, comment=comment):
            raise Conflict("ほかの人が先に直しました。画面を開き直してください。")
        record(self, act, by=by, before={"意見": left.pk}, after={"意見": comment.pk})
        if not left.receipts.exists():
            left.remove_empty()


class Timeliness(models.Model):
    """期限内の判断: whether an arrival came in time and why; what no rule decides a person does, with a reason."""

    receipt = models.OneToOneField(CommentReceipt, models.CASCADE, related_name="timeliness", verbose_name="意見の受付")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, related_name="judgements", verbose_name="意見募集", editable=False
    )
    standing = models.CharField("判断", max_length=10, choices=Standing)
    why = models.CharField("理由", max_length=400)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="判断した人")

    class Meta:
        verbose_name = "期限内の判断"
        ordering = ["receipt"]
        constraints = [
            models.CheckConstraint(
                condition=Q(judged_by=None) | ~Q(why=""), name="voices_a_person_judges_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None) | ~Q(standing="undecided"), name="voices_a_person_decides"
            ),
        ]
        indexes = [
            models.Index(fields=["standing", "receipt"], name="voices_by_standing"),
            models.Index(fields=["consultation", "standing", "receipt"], name="voices_register_by_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.get_standing_display()}"

    @classmethod
    def name_consultations(cls) -> int:
        """Write the consultation to judgements of the release before, which does not; return how many."""
        receipts = CommentReceipt.objects.filter(pk=models.OuterRef("receipt_id")).order_by()
        found = models.Subquery(receipts.values("consultation")[:1])
        return cls.objects.filter(consultation=None).update(consultation=found)

    @classmethod
    def judge(cls, receipt: CommentReceipt, *, by: Actor) -> "Timeliness":
        """Judge an arrival by the terms of its channel."""
        channel = receipt.consultation.channel_terms().get(receipt.channel)
        standing, why = cls._found(receipt, channel.terms() if channel else None)
        return cls.objects.create(receipt=receipt, consultation=receipt.consultation, standing=standing, why=why[:400])

    @staticmethod
    def _found(receipt: CommentReceipt, terms: ChannelTerms | None) -> tuple[str, str]:
        if terms is None:
            terms = ChannelTerms(receipt.channel, receipt.consultation.last_moment(receipt.channel), Basis.ARRIVAL)
        return judge_arrival(terms, receipt.facts())

    def recompute(self, terms: ChannelTerms | None, *, by: Actor) -> bool:
        """Judge again by the terms in force now, unless a person has judged; return whether it changed."""
        if self.judged_by_id is not None:
            return False
        before = self.standing
        standing, why = self._found(self.receipt, terms)
        moved = standing != before and compare_and_set(
            self, {"standing": before, "judged_by": None}, standing=standing, why=why[:400]
        )
        if moved:
            record(self.receipt, "期限内の再判断", by=by, before={"判断": before}, after={"判断": standing}, reason=why)
        return moved

    @transaction.atomic
    def decide(self, *, standing: str, reason: str, by: User) -> None:
        """判断: decide what no rule decides. Raises NotAllowed, Refused, Conflict."""
        self.receipt.consultation.require_open(by)
        if not reason.strip() or standing == Standing.UNDECIDED:
            raise Refused("期限内か期限後かと、その理由を書いてください。")
        before = self.standing
        if not compare_and_set(self, {"standing": before}, standing=standing, why=reason, judged_by=by):
            raise Conflict("ほかの人が先に判断しました。画面を開き直してください。")
        record(self.receipt, "期限内の判断", by=by, before={"判断": before}, after={"判断": standing}, reason=reason)
