"""Forms of the pages of 利用調整: shape only."""

from typing import Any

from django import forms

from todoke.admissions.models import ApplicantChild, ChildcareFacility, Directive, SelectionRound, SubmittedPaper
from todoke.admissions.models.seat_pool import SeatReport
from todoke.design.identifier_field import IdentifierTextField

REASON = 300


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label="理由", max_length=REASON, widget=forms.Textarea(attrs={"rows": 2}))


class SignatureForm(forms.Form):
    """What a person has made sure of."""

    kind = forms.CharField(widget=forms.HiddenInput, max_length=40)
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    reason = forms.CharField(label="確かめた内容", max_length=REASON)


class SeatReportForm(forms.Form):
    """The number of seats as one side reports it."""

    side = forms.ChoiceField(label="どちらの報告ですか", choices=SeatReport.Side.choices, widget=forms.RadioSelect)
    seats = forms.IntegerField(label="募集人数", min_value=0, max_value=999)
    source = forms.CharField(label="見た資料", max_length=200, help_text="例: 10月1日付けの施設の報告書")


class RecountForm(forms.Form):
    """Points that a person computed by hand."""

    points = forms.IntegerField(label="手で計算した点数", min_value=-9999, max_value=100_000)


class FactForm(forms.Form):
    """An answer on which points rest, corrected with a reason."""

    place = forms.ChoiceField(label="何を直しますか")
    value = forms.CharField(label="正しい答え", max_length=200, help_text="はい・いいえは、その言葉で入れてください")
    evidence = forms.CharField(label="確かめた書類", max_length=200)
    reason = forms.CharField(label="直す理由", max_length=200)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = choices  # type: ignore[attr-defined]  # a choice field


class PaperForm(forms.Form):
    """A paper that arrived."""

    kind = forms.ChoiceField(label="種類", choices=SubmittedPaper.Kind.choices)
    received_on = forms.DateField(label="届いた日", widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label="書類の表示", max_length=200, help_text="例: 就労証明書(○○株式会社)")
    number = IdentifierTextField(
        label="申込番号", max_length=20, required=False, help_text="わからないときは空けておきます"
    )


class OutcomeForm(forms.Form):
    """What was done with a paper, and for whom it was."""

    number = IdentifierTextField(label="申込番号", max_length=20)
    outcome = forms.CharField(label="反映した内容", max_length=200, help_text="例: 就労日数を20日に直した")


class DirectiveForm(forms.Form):
    """A pin or a forbidden facility with its sealed reason."""

    number = IdentifierTextField(label="申込番号", max_length=20)
    kind = forms.ChoiceField(label="種類", choices=Directive.Kind.choices, widget=forms.RadioSelect)
    facility = forms.ModelChoiceField(label="施設", queryset=ChildcareFacility.objects.none())
    reason = forms.ChoiceField(label="理由の区分", choices=Directive.Reason.choices)
    text = forms.CharField(
        label="理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text="封をして残ります"
    )

    def __init__(self, *args: Any, of: SelectionRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        self.fields["facility"].queryset = of.scheme.facilities.all()  # type: ignore[attr-defined]  # a choice of rows


def child_numbered(of: SelectionRound, number: str) -> ApplicantChild | None:
    """Return the applying child with an application number, if there is one."""
    return of.children.applying().select_related("household", "round__scheme").filter(number=number).first()
