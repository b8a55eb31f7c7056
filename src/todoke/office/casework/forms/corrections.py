"""Form of a correction request: the answers to correct, each with why, and papers that the form did not ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.cases.answers import summary_rows
from todoke.cases.correction.corrections import CorrectionPoint, RequestedPaper, request_correction
from todoke.cases.deadlines import answer_due
from todoke.cases.models import Case, CorrectionItem, CorrectionRequest
from todoke.design.date_fields import DateField
from todoke.formbuilder.answers.journey import AnswerKey, SummaryRow
from todoke.formbuilder.document.structure import QuestionKind
from todoke.japanese.calendar import today

Reason = CorrectionItem.Reason
PHRASES = {
    Reason.MISSING: "書かれていません。書いてください。",
    Reason.MISTAKE: "書かれている内容を確かめて、書き直してください。",
    Reason.UNREADABLE: "写真が読み取れません。明るい所で、書類の全体が写るように撮り直してください。",
    Reason.PAPER: "書類が足りません。裏面も含めて、すべてのページを送ってください。",
    Reason.MISMATCH: "申請書と書類の内容が違います。正しいほうに直すか、違う理由を書いてください。",
    Reason.EXPIRED: "書類の有効期限が切れています。期限内の書類を送ってください。",
}
"""What the applicant reads for each kind of reason, before what the clerk adds."""
REASONS = [
    ("", "直さなくてよい"),
    *((reason.value, f"{reason.label}:「{PHRASES[reason]}」") for reason in PHRASES),
    (Reason.OTHER.value, "そのほか(下に書きます)"),
]
GREETING = (
    "申請を確かめています。次のところを直すか、書類を送ってください。分からないときは、担当の部署に電話してください。"
)
USUAL_PAPERS = ("委任状", "本人確認書類", "住民票の写し", "戸籍の証明書", "登記事項証明書", "所得を証明する書類")
PLACES = range(3)


@dataclass(frozen=True)
class AnswerRow:
    """One answer with its two inputs; ``is_open`` where something is chosen or typed."""

    row: SummaryRow
    reason: forms.BoundField
    text: forms.BoundField

    @property
    def is_open(self) -> bool:
        return bool(self.reason.value() or self.text.value())


@dataclass(frozen=True)
class PaperRow:
    """One paper to ask for with its two inputs."""

    label: forms.BoundField
    text: forms.BoundField


class CorrectionForm(forms.Form):
    """The answers to correct and the papers to send, and why."""

    message = forms.CharField(
        label="申請者へのことば", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    due_on = DateField(
        label="回答の期限",
        required=False,
        help_text="きょうから10開庁日の日を入れてあります。空にすると期限を示しません。",
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.initial.setdefault("message", GREETING)
        self.initial.setdefault("due_on", answer_due(today()))
        self.rows = list(summary_rows(case.submission))
        for number, row in enumerate(self.rows):
            place = f"{row.heading} {row.label}".strip()
            self.fields[f"reason-{number}"] = forms.ChoiceField(
                label=f"{place}を直す理由", choices=REASONS, required=False
            )
            self.fields[f"text-{number}"] = _text(f"{place}について付け加えることば")
        for number in PLACES:
            self.fields[f"paper-{number}"] = forms.CharField(
                label=f"書類{number + 1}の名前", max_length=100, required=False,
                widget=forms.TextInput({"list": "known-papers"}),
            )  # fmt: skip
            self.fields[f"paper-text-{number}"] = _text(f"書類{number + 1}についてのことば")

    def lines(self) -> Iterator[AnswerRow]:
        for number, row in enumerate(self.rows):
            yield AnswerRow(row, self[f"reason-{number}"], self[f"text-{number}"])

    def papers(self) -> list[PaperRow]:
        return [PaperRow(self[f"paper-{number}"], self[f"paper-text-{number}"]) for number in PLACES]

    def known_papers(self) -> list[str]:
        """Return names of papers to choose from: those of the form that the applicant did not see, and usual ones."""
        document, shown = self.case.submission.document, {row.question.id for row in self.rows}
        hidden = [
            question.label
            for _, _, question in document.by_id.values()
            if question.kind is QuestionKind.FILE and question.id not in shown
        ]
        return list(dict.fromkeys([*hidden, *(paper.label for paper in document.papers), *USUAL_PAPERS]))

    def common(self) -> list[forms.BoundField]:
        """The inputs of the whole request."""
        return [self["message"], self["due_on"]]

    def points(self) -> list[CorrectionPoint]:
        given = self.cleaned_data
        return [
            CorrectionPoint(AnswerKey(row.question.id, row.row), reason, _said(reason, given.get(f"text-{number}", "")))
            for number, row in enumerate(self.rows)
            if (reason := given.get(f"reason-{number}"))
        ]

    def requested(self) -> list[RequestedPaper]:
        """Return the papers that were named, each once."""
        given = self.cleaned_data
        named = {given.get(f"paper-{number}", ""): given.get(f"paper-text-{number}", "") for number in PLACES}
        return [RequestedPaper(label, text) for label, text in named.items() if label]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for number, _ in enumerate(self.rows):
            reason, text = given.get(f"reason-{number}"), given.get(f"text-{number}")
            if reason == Reason.OTHER and not text:
                self.add_error(f"text-{number}", "「そのほか」を選んだときは、何を直すかを書いてください。")
            elif text and not reason:
                self.add_error(f"reason-{number}", "直す理由を選んでください。書いたことばは残っています。")
        for number in PLACES:
            if given.get(f"paper-text-{number}") and not given.get(f"paper-{number}"):
                self.add_error(f"paper-{number}", "書類の名前を書いてください。")
        if not self.errors and not self.points() and not self.requested():
            raise forms.ValidationError("直してもらう回答を選ぶか、求める書類の名前を書いてください。")
        return given

    def ask(self, *, by: User) -> CorrectionRequest:
        given = self.cleaned_data
        return request_correction(
            self.case, self.points(), by=by, message=given["message"], due_on=given["due_on"], papers=self.requested()
        )


def _text(label: str) -> forms.CharField:
    widget = forms.Textarea({"rows": 3})
    return forms.CharField(label=label, max_length=400, required=False, widget=widget)


def _said(reason: str, added: str) -> str:
    """Return what the applicant reads: the sentence of the reason, then what the clerk added."""
    return "\n".join(filter(None, (PHRASES.get(Reason(reason), ""), added)))
