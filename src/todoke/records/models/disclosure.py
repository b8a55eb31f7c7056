"""Disclosure 開示: passages of filed documents that are withheld, with the legal ground."""

from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.records.models.file import Document
from todoke.runtime.refusals import Refused


class Ground(models.TextChoices):
    """不開示の理由: the grounds on which information may be withheld."""

    PERSONAL = "personal", "第1号(個人に関する情報)"
    CORPORATE = "corporate", "第2号(法人等に関する情報)"
    SAFETY = "safety", "第3号(公共の安全)"
    DELIBERATION = "deliberation", "第4号(審議・検討)"
    OPERATIONS = "operations", "第5号(事務・事業)"
    LAW = "law", "第6号(法令秘)"


class WithheldPassage(models.Model):
    """不開示部分: a range of characters of a document and the ground on which it is withheld."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="passages", verbose_name="綴った文書")
    start = models.PositiveIntegerField("始め")
    end = models.PositiveIntegerField("終わり")
    ground = models.CharField("不開示の理由", max_length=12, choices=Ground.choices)

    class Meta:
        verbose_name = "不開示部分"
        ordering = ["document", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="records_a_passage_has_a_length"),
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="records_ground_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.start}〜{self.end}"

    @classmethod
    @transaction.atomic
    def withhold(cls, document: Document, words: str, *, ground: Ground, by: Actor) -> int:
        """Withhold every occurrence of a text; return how many.

        Raises NotAllowed to other departments, Refused when there is none.
        """
        document.file.require_keeping(by=by)
        found, at = 0, document.text.find(words) if words else -1
        while at >= 0:
            cls.objects.create(document=document, start=at, end=at + len(words), ground=ground)
            found, at = found + 1, document.text.find(words, at + len(words))
        if not found:
            raise Refused("この文書に、その言葉はありません。")
        record(document.file, "不開示部分の指定", by=by, after={"文書": document.order, "理由": ground, "箇所": found})
        return found

    @classmethod
    @transaction.atomic
    def withhold_all(cls, document: Document, *, ground: Ground, by: Actor) -> None:
        """Withhold a whole document. Raises NotAllowed to other departments."""
        document.file.require_keeping(by=by)
        Document.objects.filter(pk=document.pk).update(withheld_for=ground)
        document.withheld_for = ground
        record(document.file, "全部不開示の指定", by=by, after={"文書": document.order, "理由": ground})

    @transaction.atomic
    def take_back(self, *, by: Actor) -> None:
        """Disclose a passage again (不開示の取消し). Raises NotAllowed to other departments."""
        self.document.file.require_keeping(by=by)
        record(
            self.document.file, "不開示部分の取消し", by=by, before={"文書": self.document.order, "理由": self.ground}
        )
        self.delete()

    @classmethod
    @transaction.atomic
    def take_all_back(cls, document: Document, *, by: Actor) -> None:
        """Disclose a document again that was withheld as a whole (全部不開示の取消し). Raises NotAllowed."""
        document.file.require_keeping(by=by)
        record(
            document.file, "全部不開示の取消し", by=by, before={"文書": document.order, "理由": document.withheld_for}
        )
        Document.objects.filter(pk=document.pk).update(withheld_for="")
        document.withheld_for = ""
