"""The form of a link from a voice to one thing: shape only."""

from typing import Any

from django import forms
from django.db.models import Model

from todoke.flows.models import Flow
from todoke.meetings.models import Commitment
from todoke.plans.models import Indicator, Measure

THINGS = ("commitment", "measure", "indicator", "flow")


class VoiceLinkForm(forms.Form):
    """Exactly one thing, and how the voice led to it."""

    commitment = forms.ModelChoiceField(label="会議の宿題", queryset=Commitment.objects.all(), required=False)
    measure = forms.ModelChoiceField(label="計画の施策", queryset=Measure.objects.all(), required=False)
    indicator = forms.ModelChoiceField(label="計画の指標", queryset=Indicator.objects.all(), required=False)
    flow = forms.ModelChoiceField(label="業務フロー", queryset=Flow.objects.all(), required=False)
    reason = forms.CharField(label="どうつながるか", max_length=300)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if sum(found.get(name) is not None for name in THINGS) != 1:
            raise forms.ValidationError("宿題、施策、指標、業務フローのうち、一つだけを選んでください。")
        return found

    def target(self) -> Model:
        """Return the chosen thing."""
        found: Model = next(self.cleaned_data[name] for name in THINGS if self.cleaned_data[name] is not None)
        return found
