"""Forms of 先行枠: shape only."""

from typing import Any

from django import forms

from todoke.admissions.models import ApplicantChild, ChildcareFacility
from todoke.design.identifier_field import IdentifierTextField


class HouseholdNumberForm(forms.Form):
    """A household of the main round."""

    household = IdentifierTextField(label="世帯番号", max_length=20, help_text="あとに行う選考の世帯です")


class DecisionForm(forms.Form):
    """Where a child goes, with the note of the interview."""

    facility = forms.ModelChoiceField(label="決める施設", queryset=ChildcareFacility.objects.none())
    note = forms.CharField(
        label="面談の記録", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="封をして残り、この役割の人だけが読めます",
    )  # fmt: skip

    def __init__(self, *args: Any, child: ApplicantChild, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "auto_id": f"id_{child.pk}_%s"})
        offered = child.round.pools.filter(classes__number=child.age_class).values("facility")
        facilities = child.round.scheme.facilities.filter(pk__in=offered)
        self.fields["facility"].queryset = facilities  # type: ignore[attr-defined]  # a choice of rows
