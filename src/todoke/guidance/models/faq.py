"""FAQs 問答: questions with the office's own answers, in frozen versions that a second person published."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.guidance.faqs.language_model import DRAFTED
from todoke.guidance.faqs.memory_index import FaqText, term_counts
from todoke.guidance.permissions import WRITE_FAQS
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.procedures.models import Procedure
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

LEAD = 80
"""Letters of an answer at most that are read before it is opened."""
CODE = "abcdefghjkmnpqrstuvwxyz23456789"


class FaqQuerySet(models.QuerySet["Faq"]):
    def published(self) -> "FaqQuerySet":
        """Those that residents find: with a version, and not retired."""
        return self.filter(Exists(FaqVersion.objects.filter(faq=OuterRef("pk"))), retired_at=None)

    def due_for_review(self, day: date) -> "FaqQuerySet":
        """Those whose day of review has come, or which what they rest on has put in doubt."""
        return self.published().filter(Q(review_on__lte=day) | Q(doubted_at__isnull=False))

    def editable_by(self, user: User) -> "FaqQuerySet":
        """Those that a person may write, check and retire."""
        if WRITE_FAQS.held_by(user):
            return self
        return self.filter(department__in=WRITE_FAQS.departments_of(user))


class Faq(models.Model):
    """問答: a question of residents and the answer of the section that owns it, read again on a set day."""

    code = models.CharField("問答の番号", max_length=8, unique=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    procedures = models.ManyToManyField(Procedure, related_name="faqs", blank=True, verbose_name="手続")
    review_on = models.DateField("見直す日")
    length = models.PositiveIntegerField("語の数", default=0)
    doubted_at = models.DateTimeField("要確認になった日時", null=True, blank=True)
    doubt = models.CharField("要確認の理由", max_length=200, blank=True)
    retired_at = models.DateTimeField("やめた日時", null=True, blank=True)

    objects = FaqQuerySet.as_manager()

    class Meta:
        verbose_name = "問答"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(doubted_at__isnull=True) | ~Q(doubt=""), name="guidance_doubt_has_its_reason"
            )
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def can_begin(cls, user: User) -> bool:
        """Whether a person writes answers for any section."""
        return WRITE_FAQS.held_by(user) or bool(WRITE_FAQS.departments_of(user))

    @classmethod
    @transaction.atomic
    def begin(
        cls, text: FaqText, *, department: Department, review_on: date, by: User, procedure: Procedure | None = None
    ) -> "FaqDraft":
        """起案: a new question with the draft of its answer. Raises NotAllowed."""
        _require_writer(department, by)
        faq = cls.objects.create(code=get_random_string(8, CODE), department=department, review_on=review_on)
        record(faq, "問答の起案", by=by, after={"質問": text.question, "見直す日": review_on})
        return faq.write(text, review_on=review_on, by=by, procedure=procedure)

    @classmethod
    def begin_for(cls, words: str, *, department: Department, review_on: date, by: User, answer: str = "") -> "Faq":
        """Draft an answer to what people asked, with their words as a wording. Raises NotAllowed."""
        return cls.begin(FaqText(words, answer, words), department=department, review_on=review_on, by=by).faq

    @transaction.atomic
    def write(
        self, text: FaqText, *, review_on: date, by: User, seen: int | None = None, procedure: Procedure | None = None
    ) -> "FaqDraft":
        """案の保存: write the next version. Raises NotAllowed; Conflict when somebody saved after ``seen``."""
        _require_writer(self.department, by)
        start = {"question": "", "answer": "", "author": by, "review_on": review_on}
        draft, _ = FaqDraft.objects.get_or_create(faq=self, defaults=start)
        known = draft.revision if seen is None else seen
        words: dict[str, Any] = {"question": text.question, "answer": text.answer, "wordings": text.wordings}
        changes = {**words, "procedure": procedure, "author": by, "review_on": review_on, "saved_at": timezone.now()}
        if not compare_and_set(draft, {"revision": known}, revision=known + 1, **changes):
            raise Conflict("ほかの人がこの案を先に保存しました。あなたの変更は保存していません。開き直してください。")
        record(self, "問答の案の保存", by=by, after=words)
        return draft

    @property
    def current(self) -> "FaqVersion | None":
        """The version that residents read."""
        return self.versions.order_by("-number").first()

    @transaction.atomic
    def doubt_it(self, reason: str, *, by: Actor) -> bool:
        """要確認: mark that what it rests on changed; it is found, but never alone. False if marked before."""
        if not stamp_once(self, "doubted_at", doubt=reason[:200]):
            return False
        record(self, "問答の要確認", by=by, reason=reason)
        return True

    @transaction.atomic
    def confirm(self, review_on: date, *, by: User) -> None:
        """見直しの確認: read again and still right; the next day of review. Raises NotAllowed, Refused for the past."""
        _require_writer(self.department, by)
        if review_on <= today():
            raise Refused("次に見直す日は、あすより後の日にしてください。")
        before = {"見直す日": self.review_on}
        Faq.objects.filter(pk=self.pk).update(review_on=review_on, doubted_at=None, doubt="")
        record(self, "問答の見直し", by=by, before=before, after={"見直す日": review_on})

    @transaction.atomic
    def retire(self, *, by: User) -> None:
        """廃止: residents find it no more; its versions stay. Raises NotAllowed, Conflict."""
        _require_writer(self.department, by)
        if not stamp_once(self, "retired_at"):
            raise Conflict("この問答は、すでに廃止されています。")
        self.postings.all().delete()
        record(self, "問答の廃止", by=by)


def _require_writer(department: Department, by: User) -> None:
    if not WRITE_FAQS.held_by(by, department):
        raise NotAllowed("この問答を書けるのは、担当部署の人と、手続設計担当・DX推進本部事務局です。")


class FaqWords(models.Model):
    """問答の言葉: question, answer, and other ways in which people ask, a line each."""

    question = models.CharField("質問", max_length=200)
    answer = models.TextField("答え", max_length=4000)
    wordings = models.TextField(
        "ほかの聞き方", max_length=1000, blank=True, help_text="一行に一つ。検索にだけ使います。"
    )

    procedure = models.ForeignKey(
        Procedure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ここから進む手続"
    )

    class Meta:
        abstract = True

    @property
    def lead(self) -> str:
        """What is read before an answer is opened: its first two lines, or the sentences within their length."""
        return self.answer.strip()[: self._lead_ends]

    @property
    def rest(self) -> str:
        """What is read once the answer is opened."""
        return self.answer.strip()[self._lead_ends :].strip()

    @property
    def _lead_ends(self) -> int:
        text = self.answer.strip()
        lines = text.splitlines(keepends=True)
        first = len("".join(lines[:2]))
        return first if first <= LEAD else text.rfind("。", 0, LEAD) + 1

    @property
    def text(self) -> FaqText:
        return FaqText(self.question, self.answer, self.wordings)


class FaqDraft(FaqWords):
    """問答の案: the next version, until a second person has checked and published it."""

    faq = models.OneToOneField(Faq, models.PROTECT, related_name="draft", verbose_name="問答")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    review_on = models.DateField("見直す日")
    revision = models.PositiveIntegerField("保存回数", default=0)
    saved_at = models.DateTimeField("保存日時", default=timezone.now)

    class Meta:
        verbose_name = "問答の案"
        ordering = ["faq"]

    def __str__(self) -> str:
        return self.question

    def can_publish(self, user: User) -> bool:
        """Whoever may write it and did not save it last."""
        return user.pk != self.author_id and WRITE_FAQS.held_by(user, self.faq.department)

    @transaction.atomic
    def publish(self, *, by: User, seen: int) -> "FaqVersion":
        """公開: freeze the draft as the next version and file its words; residents find it at once.

        Raises NotAllowed for the author, Refused for a machine's draft, Conflict when it was saved after ``seen``.
        """
        _require_writer(self.faq.department, by)
        if by.pk == self.author_id:
            raise NotAllowed("自分が書いた答えは、自分では公開できません。ほかの人に確かめてもらってください。")
        if DRAFTED in self.answer:
            raise Refused("機械の下書きのままです。確かめて書き直し、その行を消してから公開してください。")
        if not compare_and_set(self, {"revision": seen}, revision=seen + 1):
            raise Conflict("この案はそのあとで変わりました。もう一度開いて確かめてください。")
        last = self.faq.versions.order_by("-number").first()
        version = FaqVersion.objects.create(
            faq=self.faq, number=last.number + 1 if last else 1, question=self.question, answer=self.answer,
            wordings=self.wordings, procedure=self.procedure, author=self.author, published_by=by, valid_from=today(),
        )  # fmt: skip
        counts = term_counts(self.text)
        Faq.objects.filter(pk=self.faq_id).update(
            length=counts.total(), review_on=self.review_on, doubted_at=None, doubt="", retired_at=None
        )
        self.faq.procedures.set([self.procedure] if self.procedure else [])
        self.faq.postings.all().delete()
        FaqPosting.objects.bulk_create(
            FaqPosting(faq=self.faq, term=term[:100], frequency=counts[term]) for term in sorted(counts)
        )
        record(self.faq, "問答の公開", by=by, after={"版": version.number, "質問": self.question, "答え": self.answer})
        FaqDraft.objects.filter(pk=self.pk).delete()
        for gap in self.faq.gaps.open():
            gap.close(by=by)
        return version


class FaqVersion(ImmutableModel, FaqWords):
    """問答の版: what residents read from a day on, as written by one person and published by another."""

    FROZEN, INSTEAD = "公開した問答の版", "新しい版を公開してください。"

    faq = models.ForeignKey(Faq, models.PROTECT, related_name="versions", verbose_name="問答")
    number = models.PositiveIntegerField("版")
    valid_from = models.DateField("この版になった日")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="確かめて公開した人")
    published_at = models.DateTimeField("公開日時", auto_now_add=True)

    class Meta:
        verbose_name = "問答の版"
        ordering = ["faq", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["faq", "number"], name="guidance_one_faq_version_per_number"),
            models.CheckConstraint(
                condition=~Q(author=F("published_by")), name="guidance_faqs_are_published_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}(第{self.number}版)"


class FaqPosting(models.Model):
    """問答の語: how often a content word stands in the current version of a question and its answer."""

    faq = models.ForeignKey(Faq, models.CASCADE, related_name="postings", verbose_name="問答")
    term = models.CharField("語", max_length=100)
    frequency = models.PositiveIntegerField("回数")

    class Meta:
        verbose_name = "問答の語"
        ordering = ["faq", "term"]
        constraints = [models.UniqueConstraint(fields=["faq", "term"], name="guidance_one_posting_per_faq_and_term")]
        indexes = [models.Index(fields=["term"], name="guidance_posting_term")]

    def __str__(self) -> str:
        return self.term


class FaqVector(models.Model):
    """問答の意味ベクトル: two vectors of the current version of an answer, only where the extra is installed."""

    faq = models.OneToOneField(Faq, models.CASCADE, related_name="vector", verbose_name="問答")
    version = models.ForeignKey(FaqVersion, models.CASCADE, related_name="+", verbose_name="問答の版")
    question = models.BinaryField("質問のベクトル")
    question_and_answer = models.BinaryField("質問と答えのはじめのベクトル")

    class Meta:
        verbose_name = "問答の意味ベクトル"
        ordering = ["faq"]

    def __str__(self) -> str:
        return str(self.faq_id)
