"""利用調整: the forms of a family for its wishes, the answers on siblings and the answer to an offer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from todoke.admissions.models import ApplicantChild, ChildcareFacility, Household, Placement

SPARE = 3
"""Empty lines below the wishes that a child has."""
MOST = 20


class WishesForm(forms.Form):
    """Ranked wishes: one choice a rank; empty ones are closed up."""

    def __init__(self, *args: Any, child: ApplicantChild, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wished = [each.facility_id for each in child.preferences.all()]
        self.known = {each.pk: each for each in child.round.scheme.facilities.filter(closed_on=None)}
        choices = [("", _now("選ばない")), *((pk, each.name) for pk, each in self.known.items())]
        for rank in range(1, min(MOST, len(wished) + SPARE) + 1):
            field = forms.TypedChoiceField(
                label=_now("第%(rank)s希望") % {"rank": rank},
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=wished[rank - 1] if rank <= len(wished) else None,
            )
            self.fields[f"wish_{rank}"] = field

    def wishes(self) -> list[ChildcareFacility]:
        """Return the chosen facilities, the best first."""
        return [self.known[pk] for pk in self.cleaned_data.values() if pk]


class SiblingsForm(forms.Form):
    """The answers on siblings."""

    same = forms.ChoiceField(label=_("ごきょうだいの施設"), widget=forms.RadioSelect)
    partial = forms.ChoiceField(label=_("一人だけ決まったとき"), widget=forms.RadioSelect)
    named = forms.ChoiceField(label=_("一人だけでもよいお子さん"), required=False)

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        answers = {"same": household.same, "partial": household.partial, "named": household.named}
        super().__init__(*args, **{**kwargs, "initial": answers})
        children = [(child.number, child.name) for child in household.children.applying()]
        self._choices("same", list(SAME.items()))
        self._choices("partial", list(PARTIAL.items()))
        self._choices("named", [("", _("選ばない")), *children])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field


SAME = {
    Household.Same.RANK: _("希望の順を優先する"),
    Household.Same.PREFERRED: _("できれば同じ施設がよい"),
    Household.Same.REQUIRED: _("同じ施設でなければ利用しない"),
}
PARTIAL = {
    Household.Partial.ANY: _("一人だけでも利用する"),
    Household.Partial.NONE: _("全員そろわなければ利用しない"),
    Household.Partial.NAMED: _("決めた子だけなら利用する"),
}


class AnswerForm(forms.Form):
    """Whether a family takes the place."""

    answer = forms.ChoiceField(
        label=_("内定への答え"),
        choices=[(Placement.Status.ACCEPTED, _("承諾する")), (Placement.Status.DECLINED, _("辞退する"))],
        widget=forms.RadioSelect,
    )
