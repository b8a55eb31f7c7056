"""Ideas 投稿: what residents answer to a challenge; two axes, moderation and feedback, which are never folded."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor, Guest, label_of, user_of
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import lock_subject, record
from todoke.audit.transitions import Transitions, compare_and_set, transition
from todoke.cases.models.tokens import new_token
from todoke.file_validation.content_types import validate_content
from todoke.file_validation.photo_metadata import without_metadata
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused, Unreadable
from todoke.voices.models.challenge import Challenge

MOST_IDEAS = 5
LONGEST = 400


class IdeaQuerySet(models.QuerySet["Idea"]):
    def shown(self) -> "IdeaQuerySet":
        """Those on the public page."""
        return self.filter(status=Idea.Status.SHOWN)

    def waiting(self) -> "IdeaQuerySet":
        """Those that nobody has read yet."""
        return self.filter(status=Idea.Status.HELD)

    def unanswered(self) -> "IdeaQuerySet":
        """Shown or unread ones that have no answer yet."""
        early = [Idea.Feedback.RECEIVED, Idea.Feedback.READING]
        return self.exclude(status=Idea.Status.HIDDEN).filter(feedback__in=early)


class Idea(models.Model):
    """投稿: an idea of at most 400 letters, read before it is shown, and answered."""

    class Status(models.TextChoices):
        HELD = "held", "確認待ち"
        SHOWN = "shown", "公開"
        HIDDEN = "hidden", "非公開"

    class Feedback(models.TextChoices):
        RECEIVED = "received", "受付"
        READING = "reading", "検討中"
        ANSWERED = "answered", "回答"
        TRIED = "tried", "試行"
        ADOPTED = "adopted", "取り入れた"
        DECLINED = "declined", "見送り"

    NEXT: ClassVar[Transitions] = {
        Status.HELD: frozenset({Status.SHOWN, Status.HIDDEN}),
        Status.SHOWN: frozenset({Status.HIDDEN}),
        Status.HIDDEN: frozenset({Status.SHOWN}),
    }
    FEEDBACK_NEXT: ClassVar[Mapping[str, frozenset[str]]] = {
        Feedback.RECEIVED: frozenset({Feedback.READING, Feedback.ANSWERED, Feedback.DECLINED}),
        Feedback.READING: frozenset({Feedback.ANSWERED, Feedback.DECLINED}),
        Feedback.ANSWERED: frozenset({Feedback.TRIED, Feedback.ADOPTED, Feedback.DECLINED}),
        Feedback.TRIED: frozenset({Feedback.ADOPTED, Feedback.DECLINED}),
        Feedback.ADOPTED: frozenset(),
        Feedback.DECLINED: frozenset(),
    }

    class Channel(models.TextChoices):
        WEB = "web", "ホームページ"
        PAPER = "paper", "紙"

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="ideas", verbose_name="お題")
    token = models.CharField("合言葉", max_length=32, unique=True, default=new_token, editable=False)
    text = models.TextField("文", max_length=LONGEST)
    place = models.CharField("場所", max_length=100, blank=True)
    photo = models.FileField("写真", upload_to="ideas/%Y/", max_length=200, blank=True, db_default="")
    photo_words = models.CharField("写真の説明", max_length=200, blank=True, db_default="")
    channel = models.CharField("方法", max_length=5, choices=Channel, default=Channel.WEB)
    person_key = models.CharField("人の鍵", max_length=32, blank=True, editable=False)
    posted_at = models.DateTimeField("投稿日時", default=timezone.now, editable=False)
    status = models.CharField("公開の状態", max_length=10, choices=Status, default=Status.HELD)
    hidden_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="非公開にした人")
    restored_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="公開に戻した人")
    feedback = models.CharField("回答の状態", max_length=10, choices=Feedback, default=Feedback.RECEIVED)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = "投稿"
        ordering = ["challenge", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(restored_by=None) | ~Q(restored_by=F("hidden_by")),
                name="voices_another_moderator_hears_an_objection",
            ),
            models.CheckConstraint(condition=Q(photo="") | ~Q(photo_words=""), name="voices_a_photo_is_told_in_words"),
        ]
        indexes = [models.Index(fields=["challenge", "status", "id"], name="voices_ideas_by_status")]

    def __str__(self) -> str:
        return self.text[:40]

    @classmethod
    @transaction.atomic
    def post(
        cls, challenge: Challenge, *, text: str, secret: str, place: str = "", channel: str = Channel.WEB,
        token: str = "", by: Actor | None = None, photo: bytes = b"", photo_words: str = "",
    ) -> "Idea":  # fmt: skip
        """投稿: take an idea to be read; the same token gives the same idea. Raises Closed, Refused beyond five.

        What a camera wrote into the photo is left out. Raises Unreadable for a file that is no photo.
        """
        lock_subject(f"ideas/{challenge.pk}")
        if token and (before := cls.objects.filter(token=token, challenge=challenge).first()):
            return before
        if not challenge.is_open:
            raise Closed("このお題の募集は終わりました。")
        key = challenge.key_of(secret)
        if channel == cls.Channel.WEB and challenge.ideas.filter(person_key=key).count() >= MOST_IDEAS:
            raise Refused(f"一つのお題に投稿できるのは、一人{MOST_IDEAS}件までです。")
        if photo and not photo_words.strip():
            raise Refused("写真に何が写っているかを書いてください。見えない人にも伝わります。")
        made = cls.objects.create(
            challenge=challenge, text=text.strip(), place=place, channel=channel, person_key=key,
            token=token or new_token(), photo=_stored(photo), photo_words=photo_words.strip() if photo else "",
        )  # fmt: skip
        record(made, "投稿の受付", by=by or Guest("投稿した人"), first=True)
        return made

    @property
    def photo_type(self) -> str:
        """The media type of the photo."""
        return "image/png" if str(self.photo.name).endswith(".png") else "image/jpeg"

    @property
    def photo_name(self) -> str:
        """Under which name the photo is handed out; it tells nothing."""
        return f"{self.pk}{'.png' if self.photo_type == 'image/png' else '.jpg'}"

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed unless a person moderates for the department."""
        user = user_of(by)
        if user is None:
            raise NotAllowed("確認の前の写真を見られるのは、担当部署の職員だけです。")
        self.challenge.require_moderator(user)

    @transaction.atomic
    def support(self, secret: str) -> bool:
        """賛同: count a person's support once; False where it is counted already. Raises Closed, Refused."""
        if not self.challenge.is_open or self.status != self.Status.SHOWN:
            raise Closed("いまは賛同できません。")
        _, is_new = Reaction.objects.get_or_create(idea=self, person_key=self.challenge.key_of(secret))
        if is_new:
            record(self, "賛同", by=Guest("賛同した人"))
        return is_new

    @transaction.atomic
    def show(self, *, by: User) -> None:
        """公開: after reading it. Raises NotAllowed, Refused, Conflict."""
        self.challenge.require_moderator(by)
        if self.status == self.Status.HIDDEN:
            raise Refused("非公開にした投稿を戻すのは、申し出を受けた別の確認者です。")
        self._moderate(self.Status.SHOWN, rule=0, reason="", by=by)

    @transaction.atomic
    def hide(self, *, rule: int, reason: str, by: User) -> None:
        """非公開: by a numbered rule of the policy, with the reason. Raises NotAllowed, Refused, Conflict."""
        self.challenge.require_moderator(by)
        if rule not in POLICY or not reason.strip():
            raise Refused("規約の番号と理由を書いてください。")
        self._moderate(self.Status.HIDDEN, rule=rule, reason=reason, by=by, hidden_by=by, restored_by=None)

    @transaction.atomic
    def restore(self, *, reason: str, by: User) -> None:
        """公開に戻す: on an objection, by another moderator than the one who hid it. Raises NotAllowed, Conflict."""
        self.challenge.require_moderator(by)
        if self.hidden_by_id == by.pk:
            raise NotAllowed("非公開にした人とは別の人が、申し出を判断します。")
        self._moderate(self.Status.SHOWN, rule=0, reason=reason, by=by, restored_by=by)

    def _moderate(self, to: str, *, rule: int, reason: str, by: User, **changes: Any) -> None:
        before = self.status
        if not transition(self, to, **changes):
            raise Conflict("ほかの人が先に確認しました。画面を開き直してください。")
        ModerationEvent.objects.create(idea=self, to=to, rule=rule, reason=reason, by=by)
        record(self, "投稿の確認", by=by, before={"状態": before}, after={"状態": to}, reason=reason)

    @transaction.atomic
    def give_feedback(self, to: str, *, text: str, by: User) -> None:
        """回答: take the next step, and say so to whoever follows it. Raises NotAllowed, Refused, Conflict."""
        self.challenge.require_moderator(by)
        before = self.feedback
        if to not in self.FEEDBACK_NEXT[before]:
            raise Refused(f"「{self.get_feedback_display()}」からは、その回答にできません。")
        if not text.strip() and to != self.Feedback.READING:
            raise Refused("回答の言葉を書いてください。公表されます。")
        if not compare_and_set(self, {"feedback": before}, feedback=to):
            raise Conflict("ほかの人が先に回答しました。画面を開き直してください。")
        FeedbackStep.objects.create(idea=self, to=to, text=text, by_label=label_of(by))
        record(self, "投稿への回答", by=by, before={"回答": before}, after={"回答": to})


def _stored(photo: bytes) -> ContentFile[bytes] | str:
    """Return the photo as it is kept: without its metadata, under a name that tells nothing. Raises Unreadable."""
    if not photo:
        return ""
    suffix = PHOTO_SUFFIXES.get(validate_content(photo))
    if suffix is None:
        raise Unreadable("写真は、JPEG か PNG にしてください。")
    return ContentFile(without_metadata(photo), f"{new_token()}{suffix}")


PHOTO_SUFFIXES: Mapping[str, str] = {"image/jpeg": ".jpg", "image/png": ".png"}
POLICY: Mapping[int, str] = {
    1: "個人が分かること(名前、連絡先、他人の暮らし)が書かれている",
    2: "人や団体をおとしめる、差別する、おどす",
    3: "法律に反する、または公序良俗に反する",
    4: "お題と関係のない宣伝や勧誘",
    5: "同じ文の繰り返し",
}
"""The published rules of moderation by their numbers."""


class Reaction(models.Model):
    """賛同: one person's support of an idea; the page is never ordered by their number alone."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="reactions", verbose_name="投稿")
    person_key = models.CharField("人の鍵", max_length=32, null=True, editable=False)

    class Meta:
        verbose_name = "賛同"
        ordering = ["idea", "pk"]
        constraints = [models.UniqueConstraint(fields=["idea", "person_key"], name="voices_one_reaction_per_person")]

    def __str__(self) -> str:
        return f"賛同{self.pk}"


class ModerationEvent(ImmutableModel):
    """確認の記録: an idea was shown or hidden, by which rule and why; never changed."""

    FROZEN = "確認の記録"

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="moderation", verbose_name="投稿")
    to = models.CharField("状態", max_length=10, choices=Idea.Status)
    rule = models.PositiveSmallIntegerField("規約の番号", default=0)
    reason = models.CharField("理由", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="確認した人")
    at = models.DateTimeField("日時", default=timezone.now)

    class Meta:
        verbose_name = "確認の記録"
        ordering = ["idea", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(to="hidden") | (Q(rule__gt=0) & ~Q(reason="")),
                name="voices_hidden_by_a_rule_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_to_display()} {self.rule or ''}"


class FeedbackStep(models.Model):
    """回答の経過: one step of what became of an idea, in the words of the office."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="steps", verbose_name="投稿")
    to = models.CharField("回答", max_length=10, choices=Idea.Feedback)
    text = models.TextField("言葉", max_length=2000, blank=True)
    by_label = models.CharField("回答した人", max_length=100)
    at = models.DateTimeField("日時", default=timezone.now)

    class Meta:
        verbose_name = "回答の経過"
        ordering = ["idea", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_to_display()} {self.text[:40]}"
