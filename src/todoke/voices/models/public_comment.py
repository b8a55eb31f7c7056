"""Public comments 提出意見: one text of one sender, masked by one person and checked by another before publication."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.japanese.personal_data import Kind, PersonalPiece, find_pieces
from todoke.runtime.field_encryption import decrypt_text, encrypt_text
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused
from todoke.voices.arrival import Channel, Standing
from todoke.voices.masked_text import Piece, Span, moved_places, pieces, published
from todoke.voices.models.consultation import Consultation
from todoke.voices.seen_text import is_as_seen


class Sender(models.Model):
    """提出者: who sent an opinion; name and address are encrypted and erased after the retention period."""

    class Kind(models.TextChoices):
        UNKNOWN = "", "答えない"
        RESIDENT = "resident", "区内に住む人"
        WORKER = "worker", "区内で働く人"
        PUPIL = "pupil", "区内の学校に通う人"
        OFFICE = "office", "区内に事務所がある人・団体"
        TAXPAYER = "taxpayer", "区に納税する義務がある人"
        INTERESTED = "interested", "そのほか関係がある人"

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="senders", verbose_name="意見募集")
    kind = models.CharField("区分", max_length=10, choices=Kind, blank=True, default=Kind.UNKNOWN)
    sealed_name = models.TextField("氏名", blank=True, editable=False)
    sealed_address = models.TextField("住所", blank=True, editable=False)
    sealed_mail = models.TextField("メールアドレス", blank=True, editable=False)
    language = models.CharField("言葉", max_length=10, default="ja")

    class Meta:
        verbose_name = "提出者"
        ordering = ["consultation", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    def register(
        cls, consultation: Consultation, *, kind: str = "", name: str = "", address: str = "", mail: str = "",
        language: str = "ja",
    ) -> "Sender":  # fmt: skip
        """Create the sender of an arrival. Raises Refused without a name where the rule asks for one."""
        if consultation.rule.name_required and not name.strip():
            raise Refused(f"{consultation.rule}では、氏名が必要です。")
        sealed = {f"sealed_{key}": encrypt_text(text) for key, text in
                  {"name": name, "address": address, "mail": mail}.items() if text}  # fmt: skip
        return cls.objects.create(consultation=consultation, kind=kind, language=language, **sealed)

    @property
    def mail(self) -> str:
        """Where the result is told, or ""."""
        return decrypt_text(self.sealed_mail)

    @property
    def name(self) -> str:
        return decrypt_text(self.sealed_name)

    @property
    def address(self) -> str:
        return decrypt_text(self.sealed_address)


class PublicCommentQuerySet(models.QuerySet["PublicComment"]):
    def counted(self) -> "PublicCommentQuerySet":
        """Those of which an arrival came in time."""
        receipts = apps.get_model("voices", "CommentReceipt").objects.filter(timeliness__standing=Standing.TIMELY)
        return self.filter(pk__in=receipts.order_by().values("comment"))

    def unchecked(self) -> "PublicCommentQuerySet":
        """Those that no second person has read."""
        return self.filter(checked_by=None)

    def waiting_for(self, person: User) -> "PublicCommentQuerySet":
        """Those that a person can read next: as the first one, or as the second one behind somebody else."""
        return self.filter(Q(masked_at=None) | Q(checked_at=None) & ~Q(masked_by=person))


class PublicComment(models.Model):
    """提出意見: the words of one sender as they came; what is published is made from them and the masks."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="comments", verbose_name="意見募集")
    sender = models.ForeignKey(Sender, models.PROTECT, related_name="comments", verbose_name="提出者")
    text = models.TextField("文")
    masked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="黒塗りをした人")
    masked_at = models.DateTimeField("黒塗りの日時", null=True)
    seconds = models.PositiveIntegerField("黒塗りにかかった秒数", default=0)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="確かめた人")
    checked_at = models.DateTimeField("確かめた日時", null=True)

    objects = PublicCommentQuerySet.as_manager()

    class Meta:
        verbose_name = "提出意見"
        ordering = ["consultation", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by=None) | (Q(masked_by__isnull=False) & ~Q(checked_by=F("masked_by"))),
                name="voices_two_people_read_before_publication",
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @classmethod
    def create(cls, sender: Sender, text: str, *, clause: str = "") -> "PublicComment":
        """Create the comment with one opinion in it: the whole text, on a clause of the draft or on all of it."""
        made = cls.objects.create(consultation=sender.consultation, sender=sender, text=text)
        made.points.create(consultation=sender.consultation, start=0, end=len(text), clause=clause)
        return made

    def remove_empty(self) -> None:
        """Remove a comment whose last arrival went to another, with its points."""
        self.points.all().delete()
        self.delete()

    def candidates(self) -> list[PersonalPiece]:
        """Return the places that may tell of a person, for whoever masks."""
        return find_pieces(self.text)

    @property
    def spans(self) -> list[Span]:
        return [Span(each.start, each.end, each.get_ground_display()) for each in self.masks.all()]

    @property
    def pieces(self) -> list[Piece]:
        """The text that may be published, in pieces."""
        return pieces(self.text, self.spans)

    @property
    def public_text(self) -> str:
        """The text that may be published."""
        return published(self.text, self.spans)

    @transaction.atomic
    def mask(self, spans: Iterable[tuple[int, int, str]], *, by: User, seconds: int = 0) -> None:
        """黒塗り: say what is not published and on which ground, also when it is nothing; a check before it lapses.

        Raises NotAllowed, Refused, Conflict.
        """
        self.consultation.require_open(by)
        wanted = sorted(set(spans))
        if any(not 0 <= start < end <= len(self.text) for start, end, _ in wanted):
            raise Refused("伏せる範囲が文の外にあります。")
        read = {"masked_at": self.masked_at, "checked_at": self.checked_at}
        changes = {"masked_by": by, "masked_at": timezone.now(), "checked_by": None, "checked_at": None}
        if not compare_and_set(self, read, seconds=self.seconds + min(seconds, 3600), **changes):
            raise Conflict("ほかの人が先に黒塗りをしました。画面を開き直してください。")
        self.masks.all().delete()
        CommentMask.objects.bulk_create(
            CommentMask(comment=self, start=start, end=end, ground=ground) for start, end, ground in wanted
        )
        record(self, "黒塗り", by=by, after={"範囲": [[start, end, ground] for start, end, ground in wanted]})

    @property
    def is_transcribed(self) -> bool:
        """Whether the words were typed by the office from a paper, a FAX, a mail or a talk, not sent by the page."""
        return not self.receipts.filter(channel=Channel.WEB).exists()

    @transaction.atomic
    def correct_transcription(self, text: str, *, seen: str, reason: str, by: User) -> None:
        """書き起こしの訂正: put right what was typed wrongly from a paper; both readings begin anew.

        The arrival keeps the words as they were entered. The opinions into which the text was cut stay cut.

        Raises NotAllowed, Refused for words that were sent by the page, Conflict.
        """
        self.consultation.require_open(by)
        if not self.is_transcribed:
            raise Refused("インターネットで送られた文は、直せません。")
        words, reason = text.replace("\r\n", "\n").strip(), reason.strip()
        if not words or not reason or words == self.text:
            raise Refused("直した文と、直す理由を書いてください。")
        if find_pieces(words, {Kind.MY_NUMBER}):
            raise Refused("個人番号が入っています。個人番号は書かないでください。")
        places = moved_places(self.text, words, {at for point in self.points.all() for at in (point.start, point.end)})
        if places is None:
            raise Refused("分けた論点の境目をまたぐ直しは、一度にできません。境目の前と後を、別々に直してください。")
        read = {"text": self.text, "masked_at": self.masked_at, "checked_at": self.checked_at}
        if not is_as_seen(self.text, seen) or not compare_and_set(
            self, read, text=words, masked_by=None, masked_at=None, checked_by=None, checked_at=None
        ):
            raise Conflict("ほかの人が先に直したか、黒塗りをしました。画面を開き直してください。")
        self.masks.all().delete()
        for point in self.points.order_by("-start" if len(words) > len(seen) else "start"):
            self.points.filter(pk=point.pk).update(start=places[point.start], end=places[point.end], fold_of=None)
            point.folded.update(fold_of=None)
        record(self, "書き起こしの訂正", by=by, after={"字数": len(words)}, reason=reason)

    @transaction.atomic
    def check_masks(self, *, by: User) -> None:
        """黒塗りの確認: confirm as a second person what is published. Raises NotAllowed, NotYet, Conflict."""
        self.consultation.require_open(by)
        if self.masked_at is None:
            raise NotYet("まだ一人目が読んでいません。伏せるところを決めてから確かめます。")
        if self.masked_by_id == by.pk:
            raise NotAllowed("黒塗りをした人とは別の人が確かめます。")
        if not compare_and_set(self, {"masked_at": self.masked_at, "checked_at": None}, checked_by=by,
                               checked_at=timezone.now()):  # fmt: skip
            raise Conflict("黒塗りが変わりました。もう一度読んでから確かめてください。")
        record(self, "黒塗りの確認", by=by, after={"黒塗りをした人": self.masked_by_id})


class CommentMask(models.Model):
    """伏せた範囲: a part of a comment that is not published, and its ground."""

    class Ground(models.TextChoices):
        PERSONAL = "personal", "個人情報"
        THIRD = "third", "第三者の利益"
        COMPANY = "company", "法人の正当な利益"
        MORALS = "morals", "公序良俗"

    comment = models.ForeignKey(PublicComment, models.CASCADE, related_name="masks", verbose_name="提出意見")
    start = models.PositiveIntegerField("始まり")
    end = models.PositiveIntegerField("終わり")
    ground = models.CharField("理由", max_length=10, choices=Ground)

    class Meta:
        verbose_name = "伏せた範囲"
        ordering = ["comment", "start"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "start", "end"], name="voices_one_mask_per_place"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="voices_a_mask_covers_something"),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end} {self.get_ground_display()}"
