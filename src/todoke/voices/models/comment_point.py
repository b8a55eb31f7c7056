"""Comment points 意見の論点: the single opinions of a comment, each in at most one group with one answer."""

from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.runtime.refusals import Conflict, Refused
from todoke.voices.arrival import Standing
from todoke.voices.models.comment_group import CommentGroup
from todoke.voices.models.comment_receipt import CommentReceipt
from todoke.voices.models.consultation import Consultation
from todoke.voices.models.public_comment import PublicComment


class CommentPointQuerySet(models.QuerySet["CommentPoint"]):
    def counted(self) -> "CommentPointQuerySet":
        """Opinions of comments of which an arrival came in time."""
        timely = CommentReceipt.objects.standing(Standing.TIMELY).order_by()
        return self.filter(comment__in=timely.values("comment"))

    def lines(self) -> "CommentPointQuerySet":
        """One line for each text; those that say nearly the same are folded into the first (``with_copies``)."""
        return self.filter(fold_of=None)

    def with_copies(self, most: int) -> "list[CommentPoint]":
        """Return the first lines, each with the number of opinions folded into it, in two queries."""
        found = list(self[:most])
        folded = CommentPoint.objects.filter(fold_of__in=[each.pk for each in found]).order_by()
        copies = dict(folded.values_list("fold_of").annotate(models.Count("pk")))
        for each in found:
            each.copies = copies.get(each.pk, 0)
        return found


class CommentPoint(models.Model):
    """意見の論点: a part of a comment that says one thing, on a clause of the draft or on the whole of it."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="points", verbose_name="意見募集")
    comment = models.ForeignKey(PublicComment, models.CASCADE, related_name="points", verbose_name="提出意見")
    start = models.PositiveIntegerField("始まり")
    end = models.PositiveIntegerField("終わり")
    clause = models.SlugField("段落の記号", max_length=20, blank=True)
    group = models.ForeignKey(
        CommentGroup, models.SET_NULL, null=True, related_name="points", verbose_name="意見のまとまり"
    )
    fold_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="folded", verbose_name="ほぼ同じ文の意見"
    )

    objects = CommentPointQuerySet.as_manager()
    copies = 0

    class Meta:
        verbose_name = "意見の論点"
        ordering = ["consultation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "start", "end"], name="voices_one_point_per_place"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="voices_a_point_covers_something"),
        ]
        indexes = [models.Index(fields=["consultation", "group", "clause", "id"], name="voices_points_to_group")]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def text(self) -> str:
        return self.comment.text[self.start : self.end]

    @property
    def copy_count(self) -> int:
        """How many opinions the line stands for, with itself."""
        return 1 + self.copies

    @transaction.atomic
    def move(self, group: CommentGroup | None, *, seen: int | None, by: User) -> int:
        """まとめる: put the opinion and those folded into it in a group, or in none; return how many moved.

        ``seen`` is the id of the group that was on the person's screen. Raises NotAllowed, Refused, Conflict.
        """
        self.consultation.require_open(by)
        if group is not None and group.consultation_id != self.consultation_id:
            raise Refused("別の意見募集のまとまりです。")
        if not compare_and_set(self, {"group": seen}, group=group):
            raise Conflict("ほかの人が先にこの意見を動かしました。いまのまとまりを確かめてください。")
        moved = 1 + self.folded.update(group=group)
        record(self, "意見のまとめ", by=by, before={"まとまり": seen}, after={"まとまり": group.pk if group else None})
        return moved

    @transaction.atomic
    def cut(self, at: int, *, clause: str, by: User) -> "CommentPoint":
        """論点を分ける: cut the opinion in two at a place of the comment; return the second, on a clause.

        Raises NotAllowed, Refused, Conflict.
        """
        self.consultation.require_open(by)
        if not self.start < at < self.end:
            raise Refused("分ける位置は、この論点の文の途中にしてください。")
        end = self.end
        if not compare_and_set(self, {"end": end, "group": self.group_id}, end=at):
            raise Conflict("ほかの人が先に直しました。画面を開き直してください。")
        made = CommentPoint.objects.create(
            consultation=self.consultation, comment=self.comment, start=at, end=end, clause=clause
        )
        record(self, "論点の分割", by=by, before={"終わり": end}, after={"終わり": at, "次の論点": made.pk})
        return made

    @transaction.atomic
    def place_at(self, clause: str, *, by: User) -> None:
        """論点の段落: say on which clause of the draft the opinion is. Raises NotAllowed, Refused, Conflict."""
        self.consultation.require_open(by)
        before = self.clause
        if not compare_and_set(self, {"clause": before}, clause=clause):
            raise Conflict("ほかの人が先に直しました。画面を開き直してください。")
        record(self, "論点の段落", by=by, before={"段落": before}, after={"段落": clause})


class SimilarOpinion(models.Model):
    """似た意見: one of the ten opinions most like another, with the words that both have; proposed, never assigned."""

    point = models.ForeignKey(CommentPoint, models.CASCADE, related_name="similar", verbose_name="意見の論点")
    other = models.ForeignKey(CommentPoint, models.CASCADE, related_name="+", verbose_name="似た意見の論点")
    rank = models.PositiveSmallIntegerField("順")
    score = models.FloatField("近さ")
    words = models.CharField("同じ言葉", max_length=200, blank=True)

    class Meta:
        verbose_name = "似た意見"
        ordering = ["point", "rank"]
        constraints = [models.UniqueConstraint(fields=["point", "rank"], name="voices_one_similar_per_rank")]

    def __str__(self) -> str:
        return f"{self.rank} {self.words}"
