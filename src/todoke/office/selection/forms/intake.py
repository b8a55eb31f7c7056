"""Forms of what comes from elsewhere: the mapping of an online application, and a table of seats."""

from collections.abc import Mapping
from typing import Any

from django import forms

from todoke.admissions.intake.application_reader import (
    CHILD_BIRTH,
    CHILD_NAME,
    NEEDED,
    OPTIONAL,
    SAME,
    SECOND,
    WISH,
    columns_by_question,
)
from todoke.admissions.models import MappedQuestion, SelectionRound
from todoke.admissions.models.mapped_question import Given
from todoke.admissions.models.seat_pool import SeatReport
from todoke.formbuilder.answer_table.answer_columns import AnswerColumn
from todoke.formbuilder.document.structure import QuestionKind

Choices = list[tuple[str, str]]
WISHES = 6
NO_CHOICE = ("", "使わない")
BY_OPTION = {SECOND, SAME}
DAYS = {QuestionKind.DATE}
TYPED = {QuestionKind.NAME, QuestionKind.SHORT_TEXT, QuestionKind.CHOICE, QuestionKind.CHOICES}


def _questions(columns: Mapping[str, AnswerColumn], kinds: set[QuestionKind] | None = None) -> list[tuple[str, str]]:
    return [NO_CHOICE, *((each.question, each.title) for each in columns.values() if not kinds or each.kind in kinds)]


def _options(columns: Mapping[str, AnswerColumn]) -> list[tuple[str, str]]:
    """Return every answer that can be chosen, as 設問: 選択肢."""
    found = [
        (f"{each.question}={value}", f"{each.title}: {label}")
        for each in columns.values()
        for value, label in each.options.items()
    ]
    return [NO_CHOICE, *found]


class MappingForm(forms.Form):
    """Which question gives what; said once for a service."""

    def __init__(self, *args: Any, of: SelectionRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = columns_by_question(of.offer) if of.offer else {}
        said = MappedQuestion.objects.filter(scheme=of.scheme, offer=of.offer)
        self.known = {f"{each.target}:{each.place}": each for each in said}
        asked, chosen = _questions(columns), _options(columns)
        for target, label in NEEDED.items():
            kinds = DAYS if target == CHILD_BIRTH else TYPED
            if target == WISH:
                for rank in range(1, WISHES + 1):
                    self._add(WISH, rank, f"第{rank}希望", _questions(columns, kinds), required=rank == 1)
            else:
                self._add(target, 1, label, _questions(columns, kinds), required=True)
        for target, label in OPTIONAL.items():
            self._add(target, 1, label, chosen if target in BY_OPTION else asked)
        for fact in of.rule_version.rules.facts:
            if fact.origin == "form":
                for guardian in (1, 2) if fact.about == "guardian" else (0,):
                    who = f"保護者{guardian}: " if guardian else ""
                    self._add(f"{fact.id}/{guardian}", 1, f"{who}{fact.label}", chosen if fact.kind == "yes" else asked)
        self.fields[f"{WISH}:1"].help_text = "繰り返しの設問は、ここだけで全部の希望になります"
        self.fields[f"{CHILD_NAME}:1"].help_text = "繰り返しの設問なら、一行が一人の児童になります"

    def _add(self, target: str, place: int, label: str, choices: Choices, *, required: bool = False) -> None:
        said = self.known.get(f"{target}:{place}")
        initial = f"{said.question}={said.option}" if said and said.option else said.question if said else ""
        self.fields[f"{target}:{place}"] = forms.ChoiceField(
            label=label, choices=choices, required=required, initial=initial
        )

    def rows(self) -> list[Given]:
        """Return the mapping as its verb takes it."""
        found = list[Given]()
        for name, chosen in self.cleaned_data.items():
            if chosen:
                target, _, place = name.rpartition(":")
                question, _, option = chosen.partition("=")
                found.append(Given(target, int(place), question, option))
        return found


class SeatTableForm(forms.Form):
    """A table of seats as one side reports them."""

    side = forms.ChoiceField(label="どちらの報告ですか", choices=SeatReport.Side.choices, widget=forms.RadioSelect)
    source = forms.CharField(label="見た資料", max_length=200, help_text="例: 10月1日付けの施設の報告書")
    file = forms.FileField(
        label="募集人数の表",
        help_text="見出しに、施設番号、施設、クラス、募集人数がある表(Excel か CSV)。"
        "定員、引き続き通う児童、前年の募集、所在地もあれば読みます",
    )


class RecountTableForm(forms.Form):
    """A table of points that a person computed by hand."""

    file = forms.FileField(label="手計算の表", help_text="見出しに、申込番号と手計算の点数がある表(Excel か CSV)")
