"""Texts of a consultation 案の版: the draft in clauses as it was announced and as it was decided."""

from collections.abc import Sequence

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import lock_subject, record, subject_of
from todoke.audit.transitions import compare_and_set
from todoke.runtime.refusals import Conflict, Refused
from todoke.voices.clause_difference import ClauseWords
from todoke.voices.models.consultation import Consultation
from todoke.voices.seen_text import is_as_seen


class ConsultationText(models.Model):
    """案の版: version 0 as announced, which is frozen then, and version 1 as decided."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="texts", verbose_name="意見募集")
    version = models.PositiveSmallIntegerField("版", default=0)
    frozen_at = models.DateTimeField("確定日時", null=True)

    class Meta:
        verbose_name = "案の版"
        ordering = ["consultation", "version"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "version"], name="voices_one_text_per_version"),
            models.CheckConstraint(condition=Q(version__in=[0, 1]), name="voices_a_text_is_announced_or_decided"),
        ]

    def __str__(self) -> str:
        return "公示した案" if self.version == 0 else "決定した案"

    def freeze(self) -> None:
        """Freeze the text in the transaction of its notice."""
        compare_and_set(self, {"frozen_at": None}, frozen_at=timezone.now())

    def copy_as_decided(self) -> "ConsultationText":
        """Return version 1 with copies of all clauses, for the changes."""
        made = ConsultationText.objects.create(consultation=self.consultation, version=1)
        copies = [
            Clause(text=made, key=each.key, number=each.number, heading=each.heading, body=each.body,
                   position=each.position)
            for each in self.clauses.all()
        ]  # fmt: skip
        Clause.objects.bulk_create(copies)
        return made

    @transaction.atomic
    def write(self, clauses: Sequence[tuple[str, str, str]], *, by: User) -> None:
        """Replace the clauses of the announced draft before its notice: number, heading and text of each.

        Raises NotAllowed, Refused once it is frozen.
        """
        self.consultation.require_running(by)
        if self.frozen_at is not None or self.version != 0:
            raise Refused("公示した案は書き換えられません。決定した案のほうで直してください。")
        self.clauses.all().delete()
        Clause.objects.bulk_create(
            Clause(text=self, key=f"c{at:02d}", number=number, heading=heading, body=body, position=at)
            for at, (number, heading, body) in enumerate(clauses, 1)
        )
        record(self.consultation, "案の段落の登録", by=by, after={"段落": len(clauses)})

    @transaction.atomic
    def insert(self, behind: str, *, number: str, heading: str, body: str, by: User) -> "Clause":
        """Put a new clause behind the one of a key, or first, and return it. Raises NotAllowed, Refused."""
        of = self.consultation
        of.require_running(by)
        of.hold(Consultation.Status.ANSWERING)
        if self.version != 1 or not body.strip():
            raise Refused("決定する案に加える段落の文を書いてください。")
        lock_subject(subject_of(of))
        before = self.clauses.filter(key=behind).first() if behind else None
        if behind and before is None:
            raise Refused("その段落は、もうありません。画面を開き直してください。")
        at = before.position + 1 if before else 1
        for each in self.clauses.filter(position__gte=at).order_by("-position"):
            Clause.objects.filter(pk=each.pk).update(position=each.position + 1)
        made = self.clauses.create(
            key=self._free_key(), number=number.strip(), heading=heading.strip(), body=body.strip(), position=at
        )
        record(of, "案の段落の追加", by=by, after={"段落": str(made), "文": made.body})
        return made

    def _free_key(self) -> str:
        """Return a key that no clause of either version has or had."""
        taken = Clause.objects.filter(text__consultation=self.consultation).values_list("key", flat=True)
        numbers = [int(key[1:]) for key in taken if key[1:].isdecimal()]
        return f"c{max(numbers, default=0) + 1:02d}"

    def words(self) -> list[ClauseWords]:
        """Return the clauses for a comparison."""
        return [ClauseWords(each.key, each.body) for each in self.clauses.all()]


class Clause(models.Model):
    """案の段落: a numbered clause of a draft; its key is the same in both versions."""

    text = models.ForeignKey(ConsultationText, models.CASCADE, related_name="clauses", verbose_name="案の版")
    key = models.SlugField("段落の記号", max_length=20)
    number = models.CharField("番号", max_length=20, blank=True)
    heading = models.CharField("見出し", max_length=150, blank=True)
    body = models.TextField("文")
    position = models.PositiveSmallIntegerField("順")

    class Meta:
        verbose_name = "案の段落"
        ordering = ["text", "position"]
        constraints = [
            models.UniqueConstraint(fields=["text", "key"], name="voices_one_clause_per_key"),
            models.UniqueConstraint(fields=["text", "position"], name="voices_one_clause_per_position"),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.number, self.heading) if part) or f"段落{self.position}"

    def announced(self) -> "Clause | None":
        """Return the clause as it was announced, or None for one that was added."""
        rows = Clause.objects.filter(text__consultation=self.text.consultation, text__version=0, key=self.key)
        return rows.first()

    @transaction.atomic
    def rewrite(self, body: str, *, seen: str, by: User) -> None:
        """Change the words of a decided draft while answers are prepared. Raises NotAllowed, Refused, Conflict."""
        self.require_unchanged(seen=seen, by=by, body=body)
        of = self.text.consultation
        record(of, "案の修正", by=by, before={"段落": str(self), "文": seen}, after={"段落": str(self), "文": body})

    def require_unchanged(self, *, seen: str, by: User, **changes: str) -> None:
        """Write changes to a decided clause that is still as a person saw it. Raises NotAllowed, Refused, Conflict."""
        of = self.text.consultation
        of.require_running(by)
        of.hold(Consultation.Status.ANSWERING)
        if self.text.version != 1:
            raise Refused("公示した案は書き換えられません。")
        body = self.body
        if not is_as_seen(body, seen) or not compare_and_set(self, {"body": body}, **(changes or {"body": body})):
            raise Conflict("ほかの人が先に直しました。いまの文を確かめてから、もう一度直してください。")
