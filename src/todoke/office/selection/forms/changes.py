"""Forms of a changed condition, of a correction after letters, and of the replay of last year."""

from typing import Any

from django import forms

from todoke.admissions.models import ReplayDifference, SeatPool, SelectionRound
from todoke.admissions.selection.round_instance import pool_key
from todoke.design.identifier_field import IdentifierTextField


class ChangeForm(forms.Form):
    """One changed condition: the points of a child, or the seats of a pool."""

    number = IdentifierTextField(label="点数を変える児童の申込番号", max_length=20, required=False)
    points = forms.IntegerField(label="その児童の点数", min_value=0, max_value=100_000, required=False)
    pool = forms.ModelChoiceField(label="人数を変える募集枠", queryset=SeatPool.objects.none(), required=False)
    seats = forms.IntegerField(label="その枠の募集人数", min_value=0, max_value=999, required=False)

    def __init__(self, *args: Any, of: SelectionRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        pools = of.pools.select_related("facility").prefetch_related("classes")
        self.fields["pool"].queryset = pools  # type: ignore[attr-defined]  # a choice of rows

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        number, points = given.get("number"), given.get("points")
        if bool(number) != (points is not None):
            self.add_error("points", "申込番号と点数は、一緒に入れてください。")
        elif number and not self.of.children.applying().filter(number=number).exists():
            self.add_error("number", "この申込番号の児童は、この選考にいません。")
        if bool(given.get("pool")) != (given.get("seats") is not None):
            self.add_error("seats", "募集枠と人数は、一緒に入れてください。")
        if not number and not given.get("pool"):
            self.add_error(None, "点数か募集人数の、どちらかを変えてください。")
        return given

    def changes(self) -> dict[str, Any]:
        """Return the changed condition as a run takes it."""
        given, found = self.cleaned_data, dict[str, Any]()
        if given["number"]:
            found["points"] = {given["number"]: given["points"]}
        if given["pool"]:
            found["capacity"] = {pool_key(given["pool"]): given["seats"]}
        return found


class CorrectionForm(ChangeForm):
    """What was wrong, and what is right."""

    reason = forms.CharField(
        label="誤りの内容", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="家庭への手紙に載ります。ほかの児童のことは書かないでください。",
    )  # fmt: skip


class ReplayForm(forms.Form):
    """The official list of last year."""

    file = forms.FileField(label="実際の結果の一覧", help_text="申込番号と施設の列がある表(Excel か CSV)")


class CauseForm(forms.Form):
    """Why an official place differs."""

    difference = forms.IntegerField(widget=forms.HiddenInput)
    cause = forms.ChoiceField(label="差の理由", choices=ReplayDifference.Cause.choices)
    note = forms.CharField(label="説明", max_length=300)
