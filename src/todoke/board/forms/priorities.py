"""Forms of the priorities page: the weights, as query parameters."""

from typing import Any

from django import forms

from todoke.roadmaps.models import WeightScenario
from todoke.roadmaps.ranking import PARTS, Weights
from todoke.runtime.refusals import Refused

LABELS = {"burden": "負担の大きさ", "feasibility": "進めやすさ", "reach": "助かる人の広さ", "cost": "手間の少なさ"}


class WeightsForm(forms.Form):
    """Four weights from 0 to 100; only their proportions count."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PARTS:
            self.fields[name] = forms.FloatField(
                label=LABELS[name], min_value=0, max_value=100, initial=getattr(Weights(), name)
            )

    def weights(self) -> Weights:
        """Return the weights, or the default ones when missing or invalid."""
        if not self.is_bound or not self.is_valid():
            return Weights()
        asked = Weights(**{name: self.cleaned_data[name] for name in PARTS})
        try:
            asked.shares()
        except Refused as problem:
            self.add_error(None, str(problem))
            return Weights()
        return asked


class ScenarioForm(forms.ModelForm[WeightScenario]):
    """The current weights under a name."""

    use_required_attribute = False

    class Meta:
        model = WeightScenario
        fields = ["name", *PARTS]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        weights = [cleaned[name] for name in PARTS if cleaned.get(name) is not None]
        if len(weights) == len(PARTS) and (min(weights) < 0 or max(weights) == 0):
            raise forms.ValidationError("重みは0以上で、少なくとも一つは0より大きくしてください。")
        return cleaned
