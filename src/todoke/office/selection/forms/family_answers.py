"""Forms of what a family answers, entered by the office from a paper or a call: shape only."""

from typing import Any

from django import forms

from todoke.admissions.models import ApplicantChild, ChildcareFacility, Household, Placement, SelectionRound
from todoke.cases.models import Case
from todoke.design.bound_choices import set_queryset
from todoke.design.identifier_field import IdentifierField, IdentifierTextField

SPARE = 3
MOST = 20


class WishForm(forms.Form):
    """Ranked wishes of a child; empty ones are closed up."""

    def __init__(self, *args: Any, child: ApplicantChild, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wished = [each.facility_id for each in child.preferences.all()]
        for rank in range(1, min(MOST, len(wished) + SPARE) + 1):
            self.fields[f"wish_{rank}"] = forms.ModelChoiceField(
                label=f"第{rank}希望",
                queryset=child.round.scheme.facilities.all(),
                required=False,
                initial=wished[rank - 1] if rank <= len(wished) else None,
            )

    @staticmethod
    def wishes(given: dict[str, Any]) -> list[ChildcareFacility]:
        """Return the chosen facilities, the best first."""
        return [facility for facility in given.values() if facility]


class SiblingForm(forms.Form):
    """The answers on siblings."""

    same = forms.ChoiceField(label="きょうだいの施設", choices=Household.Same.choices)
    partial = forms.ChoiceField(label="一人だけ決まったとき", choices=Household.Partial.choices)
    named = IdentifierTextField(label="一人だけでもよい児童の申込番号", max_length=20, required=False)


class OfferAnswerForm(forms.Form):
    """Whether a family takes the place, as it wrote or said."""

    answer = forms.ChoiceField(
        label="家庭の答え",
        choices=[(Placement.Status.ACCEPTED, "承諾する"), (Placement.Status.DECLINED, "辞退する")],
        widget=forms.RadioSelect,
    )


class WithdrawalForm(forms.Form):
    """Why an application is withdrawn."""

    withdrawal = forms.CharField(label="取下げの申し出の経緯", max_length=200)


class LeftOutForm(forms.Form):
    """An application that is not in the round, with the reason."""

    number = IdentifierField(
        Case.objects.none(), label="受付番号", to_field_name="number",
        error_messages={"invalid_choice": "この受付番号の申込みは、この部署にありません。"},
    )  # fmt: skip
    left_out = forms.CharField(label="対象外とする理由", max_length=200)

    def __init__(self, *args: Any, of: SelectionRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "number", Case.objects.filter(department=of.scheme.department))
