"""Comment groups 意見のまとまり and official responses 区の考え方: one answer for all who say one thing."""

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.models import User
from todoke.approvals.models import Proposal
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.audit.transitions import compare_and_set
from todoke.japanese.personal_data import Kind, find_pieces
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, Refused
from todoke.voices.models.consultation import Consultation
from todoke.voices.models.consultation_text import Clause
from todoke.voices.seen_text import is_as_seen

REACHES_A_PERSON = {Kind.MAIL, Kind.TELEPHONE, Kind.MY_NUMBER}


def _require_public_words(summary: str) -> None:
    """Raises Refused where words that will be published hold what reaches one person, as copied from an opinion."""
    if found := find_pieces(summary, REACHES_A_PERSON):
        raise Refused(f"要旨はそのまま公表します。「{found[0].text}」({found[0].kind})を除いて書いてください。")


class CommentGroup(models.Model):
    """意見のまとまり: opinions that say one thing, in the order of the draft and never of their number."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="groups", verbose_name="意見募集")
    position = models.PositiveSmallIntegerField("順")
    clause = models.SlugField("段落の記号", max_length=20, blank=True)
    summary = models.CharField("意見の要旨", max_length=400)

    class Meta:
        verbose_name = "意見のまとまり"
        ordering = ["consultation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "position"], name="voices_one_group_per_position")
        ]

    def __str__(self) -> str:
        return self.summary

    @classmethod
    @transaction.atomic
    def create(cls, consultation: Consultation, *, summary: str, clause: str = "", by: User) -> "CommentGroup":
        """まとまりを作る: begin a group with the words that stand for its opinions. Raises NotAllowed, Refused."""
        consultation.require_open(by)
        _require_public_words(summary)
        made = cls.objects.create(
            consultation=consultation, position=next_position(consultation.groups.all(), consultation, "position"),
            clause=clause, summary=summary,
        )  # fmt: skip
        record(made, "意見のまとまりの作成", by=by, after={"要旨": summary}, first=True)
        return made

    @transaction.atomic
    def rename(self, summary: str, *, seen: str, by: User) -> None:
        """要旨の訂正: change the words that stand for its opinions. Raises NotAllowed, Refused, Conflict."""
        self.consultation.require_open(by)
        if not summary.strip():
            raise Refused("意見の要旨を書いてください。")
        _require_public_words(summary)
        if not compare_and_set(self, {"summary": seen}, summary=summary.strip()):
            raise Conflict("ほかの人が先に直しました。いまの要旨を確かめてください。")
        record(self, "意見の要旨の訂正", by=by, before={"要旨": seen}, after={"要旨": self.summary})

    @transaction.atomic
    def answer(
        self, *, kind: str, text: str, by: User, seen: tuple[str, str] | None = None
    ) -> "OfficialResponse":  # fmt: skip
        """区の考え方を書く: write the one answer; an approval before lapses.

        ``seen`` is the kind and text that the person had before them. Raises NotAllowed, Refused, Conflict.
        """
        of = self.consultation
        of.require_running(by)
        of.hold(Consultation.Status.ANSWERING)
        if not text.strip():
            raise Refused("区の考え方を書いてください。")
        found = OfficialResponse.objects.filter(group=self).first()
        stands = (found.kind, found.text) if found else ("", "")
        if seen is not None and (seen[0] != stands[0] or not is_as_seen(stands[1], seen[1])):
            raise Conflict("ほかの人が先に書きました。いまの文を確かめてください。")
        if found is None:
            found = OfficialResponse.objects.create(group=self, kind=kind, text=text)
            record(self, "区の考え方", by=by, after={"種類": kind, "文": text})
            return found
        if found.proposal is not None and found.proposal.settled_at is None:
            page = path_to("office:proposal", found.proposal.number)
            raise Refused("決裁に回っています。直すには、先に起案を引き戻してください。", link=page)
        before = {"種類": found.kind, "文": found.text}
        if not compare_and_set(found, {"text": found.text, "kind": found.kind}, kind=kind, text=text, settled_at=None):
            raise Conflict("ほかの人が先に書きました。いまの文を確かめてください。")
        record(self, "区の考え方", by=by, before=before, after={"種類": kind, "文": text})
        return found


class OfficialResponse(models.Model):
    """区の考え方: the one answer to a group; it counts once its approval is given."""

    class Kind(models.TextChoices):
        CHANGED = "changed", "案を修正します"
        INCLUDED = "included", "案に盛り込み済みです"
        AS_DRAFTED = "as_drafted", "原案のとおりとします"
        LATER = "later", "今後の参考とします"
        OUTSIDE = "outside", "対象外の意見です"

    group = models.OneToOneField(CommentGroup, models.CASCADE, related_name="response", verbose_name="意見のまとまり")
    kind = models.CharField("種類", max_length=10, choices=Kind)
    text = models.TextField("区の考え方", max_length=4000)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="+", verbose_name="起案")
    settled_at = models.DateTimeField("決裁日時", null=True)

    class Meta:
        verbose_name = "区の考え方"
        ordering = ["group"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="voices_a_response_has_words"),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(proposal__isnull=False), name="voices_settled_by_an_approval"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:40]}"


class TextChange(models.Model):
    """案の修正: a clause as announced and as decided, with the answer that asks for it or the office's own reason."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="changes", verbose_name="意見募集")
    before = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+", verbose_name="公示した段落")
    after = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+", verbose_name="決定した段落")
    response = models.ForeignKey(
        OfficialResponse, models.PROTECT, null=True, related_name="changes", verbose_name="区の考え方"
    )
    reason = models.CharField("区が自ら直した理由", max_length=400, blank=True)

    class Meta:
        verbose_name = "案の修正"
        ordering = ["consultation", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False), name="voices_a_change_is_of_a_clause"
            ),
            models.CheckConstraint(
                condition=Q(response__isnull=False) | ~Q(reason=""), name="voices_a_change_has_an_answer_or_a_reason"
            ),
            models.UniqueConstraint(
                fields=["after", "response"], condition=Q(response__isnull=False), name="voices_one_change_per_answer"
            ),
        ]

    def __str__(self) -> str:
        return str(self.after or self.before)

    @classmethod
    @transaction.atomic
    def write(
        cls, clause: Clause, body: str, *, seen: str, by: User, response: OfficialResponse | None = None,
        reason: str = "",
    ) -> "TextChange":  # fmt: skip
        """案を直す: change a decided clause for an answer, or of the office's own accord with a reason.

        Raises NotAllowed, Refused, Conflict.
        """
        of = _with_cause(clause.text.consultation, response, reason)
        clause.rewrite(body, seen=seen, by=by)
        if response is not None:
            made, _ = cls.objects.get_or_create(
                after=clause, response=response, defaults={"consultation": of, "before": clause.announced()}
            )
            return made
        return cls.objects.create(consultation=of, before=clause.announced(), after=clause, reason=reason)

    @classmethod
    @transaction.atomic
    def add(
        cls, of: Consultation, *, behind: str, number: str, heading: str, body: str, by: User,
        response: OfficialResponse | None = None, reason: str = "",
    ) -> "TextChange":  # fmt: skip
        """段落を加える: put a new clause behind another of the decided draft, or with "" first.

        Raises NotAllowed, Refused.
        """
        _with_cause(of, response, reason)
        clause = of.texts.get(version=1).insert(behind, number=number, heading=heading, body=body, by=by)
        return cls.objects.create(consultation=of, after=clause, response=response, reason=reason)

    @classmethod
    @transaction.atomic
    def remove(
        cls, clause: Clause, *, seen: str, by: User, response: OfficialResponse | None = None, reason: str = ""
    ) -> "TextChange | None":
        """段落を削る: leave a clause out of the decided draft; None where it was only added before.

        Raises NotAllowed, Refused, Conflict.
        """
        of = _with_cause(clause.text.consultation, response, reason)
        first = clause.announced()
        clause.require_unchanged(seen=seen, by=by)
        earlier = cls.objects.filter(after=clause)
        made = None
        if first is None:
            earlier.delete()
        else:
            earlier.filter(response=response).delete()
            earlier.update(after=None)
            made = cls.objects.create(consultation=of, before=first, response=response, reason=reason)
        clause.delete()
        record(of, "案の段落の削除", by=by, before={"段落": str(clause), "文": seen}, reason=reason)
        return made

    @property
    def clause(self) -> Clause:
        """The clause as decided, or as announced where it was left out."""
        found = self.after or self.before
        assert found is not None, "a constraint of the table"
        return found


def _with_cause(of: Consultation, response: OfficialResponse | None, reason: str) -> Consultation:
    """Return the consultation. Raises Refused for a change without an answer or a reason."""
    if response is None and not reason.strip():
        raise Refused("意見によらない修正には、区が自ら直す理由を書いてください。")
    return of
