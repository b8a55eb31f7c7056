"""Release rows 公開版の行: fees, exemptions and letter texts of a release, checked against its form version."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from todoke.formbuilder.document.structure import Document, QuestionKind
from todoke.offers.letter_places import missing_questions, require_known_places
from todoke.offers.models.release import PublishedModel, Release
from todoke.runtime.refusals import Unreadable

HUNDRED = 100
_ASKED_AGAIN = "様式にない設問か、その設問にない答えを見ています。もう一度選んでください。"


class ReleaseRow(PublishedModel):
    """公開版の行: a row that belongs to one release; saved by ``Release.publish``."""

    release: models.ForeignKey[Release, Release]

    class Meta:
        abstract = True

    @property
    def document(self) -> Document | None:
        """The form of the release; None for a row that belongs to none yet."""
        release = getattr(self, "release", None)
        return release.form_version.parsed if release is not None else None


def _require_answer(row: "FeeLine | FeeExemption") -> None:
    """Raise ValidationError when a row applies on an answer that its form cannot give."""
    document = row.document
    if document is None or not row.when_question:
        return
    if row.when_question not in document.by_id:
        raise ValidationError({"when_question": f"「{row.label}」は、{_ASKED_AGAIN}"})
    values = document.question(row.when_question).option_values()
    if values and row.when_value not in values:
        raise ValidationError({"when_value": f"「{row.label}」は、{_ASKED_AGAIN}"})


class FeeLine(ReleaseRow):
    """手数料の行: yen per unit; the number of units is the answer to ``unit_question``, or one.

    With ``rows_of``, the id of a repeated group, it is charged for each of its rows, the second and the later ones at
    a percentage of the price (``FeeRule``).
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="fees", verbose_name="公開版")
    label = models.CharField("名目", max_length=100)
    amount = models.PositiveIntegerField("単価", help_text="円")
    revenue_code = models.CharField("歳入科目", max_length=20)
    unit_question = models.CharField("数量の設問", max_length=100, blank=True)
    when_question = models.CharField("適用する設問", max_length=100, blank=True)
    when_value = models.CharField("適用する回答", max_length=200, blank=True)
    rows_of = models.CharField("繰り返しごと", max_length=100, blank=True, default="")
    second_percent = models.PositiveSmallIntegerField("2人目の割合", null=True, blank=True, help_text="%")
    third_percent = models.PositiveSmallIntegerField("3人目からの割合", null=True, blank=True, help_text="%")

    class Meta:
        verbose_name = "手数料の行"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(second_percent=None) | Q(second_percent__lte=HUNDRED))
                & (Q(third_percent=None) | Q(third_percent__lte=HUNDRED)),
                name="offers_later_rows_cost_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Raises ValidationError for a question, an answer or a repetition that the form does not have.

        ``unit_question`` is a number question with a minimum of 0 or more.
        """
        document = self.document
        if document is None:
            return
        if self.unit_question:
            _, _, asked = document.by_id.get(self.unit_question, (None, None, None))
            if asked is None or asked.kind is not QuestionKind.NUMBER or asked.low is None or asked.low < 0:
                raise ValidationError({"unit_question": "数量の設問は、0以上を下限とする「数」の設問にしてください。"})
        repeated = {group.id for page in document.pages for group in page.groups if group.repeat}
        if self.rows_of and self.rows_of not in repeated:
            raise ValidationError(
                {"rows_of": f"「{self.label}」は、様式にない繰り返しを数えています。選び直してください。"}
            )
        _require_answer(self)


class FeeExemption(ReleaseRow):
    """減免の定め: a reduction of the fee in per cent for one answer to ``when_question``."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="exemptions", verbose_name="公開版")
    label = models.CharField("減免の事由", max_length=100)
    percent = models.PositiveSmallIntegerField("減額の割合", help_text="%")
    when_question = models.CharField("適用する設問", max_length=100)
    when_value = models.CharField("適用する回答", max_length=200)

    class Meta:
        verbose_name = "減免の定め"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="offers_exemption_is_a_share"),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Raises ValidationError for a question or an answer that the form does not have."""
        _require_answer(self)


class LetterText(ReleaseRow):
    """通知書の文言: the text of one kind of decision letter of a release, with the notice of appeal 教示.

    ``opening`` holds places (``letter_places``); ``quoted`` are the ids of the questions whose answers are listed.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", "認容の通知"
        PARTLY = "partly", "一部認容の通知"
        REFUSE = "refuse", "却下の通知"

    release = models.ForeignKey(Release, models.PROTECT, related_name="letters", verbose_name="公開版")
    kind = models.CharField("種類", max_length=10, choices=Kind.choices)
    title = models.CharField("標題", max_length=100)
    opening = models.TextField("本文")
    appeal = models.TextField("教示", blank=True)
    quoted = models.JSONField("載せる回答", default=list, blank=True)

    class Meta:
        verbose_name = "通知書の文言"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["release", "kind"], name="offers_one_letter_text_per_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Raises ValidationError for a refusal, whole or in part, without the notice of appeal (行政不服審査法82条).

        So does a place that no case fills in, and an answer to list that the form does not ask for.
        """
        if self.kind != self.Kind.GRANT and not self.appeal.strip():
            raise ValidationError({"appeal": "却下と一部認容の通知書には、教示を書いてください。"})
        document = self.document
        if document is None:
            return
        for name, text in (("opening", self.opening), ("appeal", self.appeal)):
            try:
                require_known_places(text, document)
            except Unreadable as refusal:
                raise ValidationError({name: str(refusal)}) from None
        if missing_questions(self.quoted, document):
            raise ValidationError(
                {"quoted": "通知書に載せる回答の設問が、選んだ様式にありません。選び直してください。"}
            )
