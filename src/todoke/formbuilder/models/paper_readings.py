"""Paper readings 紙の様式の読み取り: what a draft took from a paper form, and every text that it did not take."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.formbuilder.document.question_kinds import KIND_LABELS, QuestionKind
from todoke.formbuilder.models.form import FormDraft
from todoke.formbuilder.paper_import.exclusion_rules import SETTLED
from todoke.formbuilder.paper_import.findings import Recognition
from todoke.formbuilder.paper_import.reading_state import HELP
from todoke.formbuilder.paper_import.to_definition import NOTE, to_definition


class PaperReading(ImmutableModel):
    """紙の様式の読み取り: the questions with their places on the paper, and the texts left out with the reason."""

    FROZEN, INSTEAD = "紙の様式の読み取り", "紙の様式をもう一度読み取ってください。"

    draft = models.ForeignKey(FormDraft, models.PROTECT, related_name="paper_readings", verbose_name="様式案")
    file_name = models.CharField("ファイル名", max_length=200)
    asked = models.JSONField("設問にしたもの")
    left = models.JSONField("取り込まなかったもの")
    at = models.DateTimeField("日時", default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="した人")

    class Meta:
        verbose_name = "紙の様式の読み取り"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @classmethod
    @transaction.atomic
    def begin_draft(
        cls, code: str, file_name: str, found: Recognition, *, by: Actor, note: str = NOTE, act: str = FROZEN
    ) -> "PaperReading":
        """Create a draft from what was read, and keep what was not taken. Raises InvalidDefinition.

        ``note`` tells the designer where it is from, ``act`` is what the trail calls it.
        """
        draft = FormDraft.begin(code, to_definition(found, note=note), by=by)
        reading = cls(draft=draft, file_name=file_name[:200], asked=_asked(found), left=_left(found), by=user_of(by))
        reading.save()
        counts = {"設問": len(found.questions), "取り込まなかったもの": len(found.skipped)}
        record(reading, act, by=by, after=counts)
        return reading

    def questions(self) -> list[dict[str, str]]:
        """Return what was asked, with the kind of question in words."""
        return [{**one, "kind_label": KIND_LABELS[QuestionKind(one["kind"])]} for one in self.asked]

    def worth_a_look(self) -> list[dict[str, str]]:
        """Return the texts left out that a designer may want: headings, notes, and print in boxes."""
        return [one for one in self.left if not _is_settled(one)]

    def settled(self) -> list[dict[str, str]]:
        """Return the texts that are never asked: boxes of the office, seals, addressees, the request itself."""
        return [one for one in self.left if _is_settled(one)]


def _is_settled(left: dict[str, str]) -> bool:
    return left["reason"] in SETTLED or left["reason"].endswith(("の欄に含みます", HELP))


def _asked(found: Recognition) -> list[dict[str, Any]]:
    return [{"label": one.label, "kind": one.kind.value, "place": _place(one.cell)} for one in found.questions]


def _left(found: Recognition) -> list[dict[str, str]]:
    return [{"text": one.text, "place": one.cell, "reason": one.reason} for one in found.skipped]


def _place(cell: str) -> str:
    """Return the place of a cell without the sign between sheet and cell: 様式 B5."""
    return cell.replace("!", " ")
