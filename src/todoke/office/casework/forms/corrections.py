"""Form of a correction request: one row per answer, with the kind of reason and a text for the applicant."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.cases.answers import summary_rows
from todoke.cases.corrections import CorrectionPoint, request_correction
from todoke.cases.models import Case, CorrectionItem, CorrectionRequest
from todoke.design.date_fields import DateField
from todoke.formbuilder.answers.journey import AnswerKey, SummaryRow

REASONS = [("", "直さなくてよい"), *CorrectionItem.Reason.choices]


@dataclass(frozen=True)
class AnswerRow:
    """One answer with its two inputs."""

    row: SummaryRow
    reason: forms.BoundField
    text: forms.BoundField


class CorrectionForm(forms.Form):
    """The answers to correct, and why."""

    message = forms.CharField(
        label="申請者へのことば", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = DateField(label="回答の期限", required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.rows = list(summary_rows(case.submission))
        for number, row in enumerate(self.rows):
            place = f"{row.heading} {row.label}".strip()
            self.fields[f"reason-{number}"] = forms.ChoiceField(label=f"{place}の理由", choices=REASONS, required=False)
            self.fields[f"text-{number}"] = forms.CharField(label=f"{place}の説明", max_length=500, required=False)

    def lines(self) -> Iterator[AnswerRow]:
        for number, row in enumerate(self.rows):
            yield AnswerRow(row, self[f"reason-{number}"], self[f"text-{number}"])

    def common(self) -> list[forms.BoundField]:
        """The inputs of the whole request."""
        return [self["message"], self["due_on"]]

    def points(self) -> list[CorrectionPoint]:
        given = self.cleaned_data
        return [
            CorrectionPoint(AnswerKey(row.question.id, row.row), given[f"reason-{number}"], given[f"text-{number}"])
            for number, row in enumerate(self.rows)
            if given.get(f"reason-{number}")
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.points():
            raise forms.ValidationError("直してもらう回答を一つ以上選んでください。")
        for number, _ in enumerate(self.rows):
            if given.get(f"reason-{number}") == CorrectionItem.Reason.OTHER and not given.get(f"text-{number}"):
                self.add_error(f"text-{number}", "「そのほか」を選んだときは、何を直すかを書いてください。")
        return given

    def ask(self, *, by: User) -> CorrectionRequest:
        given = self.cleaned_data
        return request_correction(self.case, self.points(), by=by, message=given["message"], due_on=given["due_on"])
