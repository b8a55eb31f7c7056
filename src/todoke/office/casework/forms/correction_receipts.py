"""Form of what comes in for a correction: how and when each thing came, and the answers as corrected."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from todoke.accounts.models import User
from todoke.cases.correction.correction_receipts import Arrival, Means, receive_answers
from todoke.cases.models import CorrectionItem, CorrectionRequest
from todoke.design.date_fields import DateField
from todoke.formbuilder.answers.answers_form import AnswersForm
from todoke.formbuilder.answers.journey import AnswerKey, AnswerProblem, Journey
from todoke.formbuilder.answers.page_form import input_name, parse_answers
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.models import Upload
from todoke.formbuilder.models.answer_writes import complete_regions
from todoke.japanese.calendar import format_date, today
from todoke.office.casework.forms.counter import CHANNELS

NO = "no"
NOT_YET = (NO, "まだ届いていない")
OF_PAPER = [
    NOT_YET,
    (Means.RETURNED, "原本を確認して、返した"),
    (Means.KEPT, "原本を確認して、預かった"),
    (Means.COPY, "写しを取り込む(下でファイルを選ぶ)"),
]
OF_ANSWER = [NOT_YET, (Means.ANSWER, "下の回答に直す")]


@dataclass(frozen=True)
class ReceiptLine:
    """One thing that was asked for, with the input of how it came and that of the answer or the copy."""

    item: CorrectionItem
    means: forms.BoundField
    answer: forms.BoundField
    is_paper: bool


class CorrectionReceiptForm(forms.Form):
    """What of a correction request came in, how and when; nothing arrives chosen."""

    channel = forms.ChoiceField(label="受け取った経路", choices=CHANNELS, widget=forms.RadioSelect, initial="counter")
    received_on = DateField(
        label="到達日",
        help_text="書類や回答が届いた日です。郵送で先に届いていたときは、届いた日に直してください。",
    )

    def __init__(self, data: Any = None, *, asked: CorrectionRequest) -> None:
        super().__init__(data, initial={"received_on": today()})
        self.asked, self.submission = asked, asked.case.submission
        self.items = list(asked.open_items())
        self.document = self.submission.document
        for item in self.items:
            choices = OF_PAPER if self._is_paper(item) else OF_ANSWER
            self.fields[f"means-{item.pk}"] = forms.ChoiceField(
                label=f"{item.label}は届きましたか", choices=choices, initial=NO, widget=forms.RadioSelect
            )
        self.answers = self._answers()

    def _is_paper(self, item: CorrectionItem) -> bool:
        return self.document.question(item.question).kind is QuestionKind.FILE

    def _typed(self) -> dict[AnswerKey, Value]:
        """Return what was typed at the answers that were asked for."""
        typed: dict[AnswerKey, Value] = {}
        for page in self.document.pages if self.is_bound else ():
            typed |= complete_regions(self.document, parse_answers(page, self.data))
        spots = {item.spot for item in self.items}
        return {spot: value for spot, value in typed.items() if spot in spots}

    def _answers(self) -> AnswersForm:
        answers = {**self.submission.current_answers(), **self._typed()}
        journey = Journey(self.document, answers, self.submission.reference_date())
        return AnswersForm({item.spot: item.label for item in self.items}, journey, self._copies())

    def _copies(self) -> QuerySet[Upload]:
        """Return the files that came since the request; what was sent before it is not the office's to take away."""
        return self.submission.uploads.current().filter(uploaded_at__gte=self.asked.requested_at)

    def lines(self) -> Iterator[ReceiptLine]:
        for item in self.items:
            answer = self.answers[input_name(*item.spot)]
            yield ReceiptLine(item, self[f"means-{item.pk}"], answer, self._is_paper(item))

    def common(self) -> list[forms.BoundField]:
        """The inputs of the whole receipt."""
        return [self["channel"], self["received_on"]]

    def clean_received_on(self) -> Any:
        """Return the day, which is neither in the future nor before the request."""
        on = self.cleaned_data["received_on"]
        if on > today():
            raise forms.ValidationError(f"きょう({format_date(today())})か、それより前の日を入力してください。")
        return on

    def attach(self, name: str, file: UploadedFile[Any], *, by: User) -> AnswerKey | None:
        """Store the copy of a paper that was asked for; None for any other input. Raises NotAccepted."""
        for item in self.items:
            if input_name(*item.spot) == name and self._is_paper(item):
                self.submission.attach(item.question, file, by=by, row=item.row, correcting=[item.spot])
                return item.spot
        return None

    def remove(self, token: str) -> None:
        """Take back a copy that was attached since the request, at a paper that has not been taken in."""
        spots = {item.spot for item in self.items}
        for upload in self._copies().filter(token=token):
            if AnswerKey(upload.question, upload.row) in spots:
                upload.remove()

    def means(self) -> dict[AnswerKey, str]:
        """Return how each thing came; a chosen file is a copy and a changed answer an answer, also unsaid."""
        stored, typed = self.submission.current_answers(), self._typed()
        said = {item.spot: self.cleaned_data[f"means-{item.pk}"] for item in self.items}
        found = {spot: "" if each == NO else each for spot, each in said.items()}
        copies = {AnswerKey(upload.question, upload.row) for upload in self._copies()}
        for spot, each in found.items():
            if not each and spot in copies:
                found[spot] = Means.COPY
            elif not each and spot in typed and typed[spot] != stored.get(spot, _empty(typed[spot])):
                found[spot] = Means.ANSWER
        return {spot: each for spot, each in found.items() if each}

    def receive(self, *, by: User) -> list[AnswerProblem]:
        given = self.cleaned_data
        arrival = Arrival(given["channel"], given["received_on"])
        return receive_answers(self.asked, self.means(), self.data, arrival, by=by)


def _empty(like: Value) -> Value:
    """Return the empty answer of the same shape, as an untouched input sends it."""
    if isinstance(like, dict):
        return dict.fromkeys(like, "")
    return [] if isinstance(like, list) else ""
