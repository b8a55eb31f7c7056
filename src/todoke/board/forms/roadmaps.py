"""導入計画の入力欄: forms of roadmaps."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import QueryDict

from todoke.design.bound_choices import set_choices
from todoke.design.date_fields import DateField
from todoke.design.forms import mark_required_when
from todoke.japanese.parsers import to_ascii_hyphens
from todoke.roadmaps.models import Precondition, Roadmap, RoadmapItem, Stage
from todoke.runtime import parameters
from todoke.runtime.refusals import Unreadable

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST_MONTHS = 1000


class RoadmapForm(forms.ModelForm[Roadmap]):
    """Start, length and central support of a roadmap."""

    use_required_attribute = False

    class Meta:
        model = Roadmap
        fields = ["code", "title", "starts_on", "quarters", "shared_section", "month_cost"]
        widgets = {"starts_on": DATE}
        help_texts = {
            "code": "アドレスに使います(半角英数字。例: 2027)。",
            "shared_section": "どの部署の手続も手伝う部署です(例: DX推進課)。いなければ空欄にします。",
        }

    def clean_starts_on(self) -> Any:
        """Require the first day of a quarter."""
        day = self.cleaned_data["starts_on"]
        if day.day != 1 or day.month not in {1, 4, 7, 10}:
            raise forms.ValidationError("四半期の初日(4月・7月・10月・1月の1日)にしてください。")
        return day

    def clean_quarters(self) -> int:
        """Require one quarter to six years."""
        number: int = self.cleaned_data["quarters"]
        if not 1 <= number <= 24:
            raise forms.ValidationError("1から24までの数にしてください。")
        return number


class StageForm(forms.Form):
    """A stage: planned day, actual day, owner."""

    use_required_attribute = False
    name = forms.ChoiceField(label="段階", choices=Stage.Name.choices)
    planned_on = DateField(label="予定日", required=False, widget=DATE)
    done_on = DateField(label="済んだ日", required=False, widget=DATE)
    owner = forms.CharField(label="担当", required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_required_when(self, {"owner": "済んだ日を書くとき必要"})


class StagesForm(forms.Form):
    """Planned day and owner for the next stage of several procedures."""

    use_required_attribute = False
    planned_on = DateField(label="予定日", required=False, widget=DATE)
    owner = forms.CharField(label="担当", required=False, max_length=60)


class EstimateForm(forms.ModelForm[RoadmapItem]):
    """The effort of a procedure in staff-months and quarters."""

    use_required_attribute = False

    class Meta:
        model = RoadmapItem
        fields = ["effort", "shared_effort", "length"]


class ConditionForm(forms.Form):
    """A precondition: something with a date, or another procedure of the roadmap."""

    use_required_attribute = False
    title = forms.CharField(label="前提の名称", required=False, max_length=100, help_text="例: 公園条例の改正")
    kind = forms.ChoiceField(label="種類", choices=Precondition.Kind.choices)
    ready_on = DateField(label="整う日", required=False, widget=DATE)
    predecessor = forms.ChoiceField(label="先に要る手続", required=False)

    def __init__(self, *args: Any, item: RoadmapItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = item.roadmap.items.filter(excluded_at=None).exclude(pk=item.pk).order_by("procedure__title")
        rows = others.values_list("procedure__number", "procedure__title")
        set_choices(self, "predecessor", [("", "選ばない"), *rows])
        mark_required_when(self, dict.fromkeys(("title", "ready_on"), "先に要る手続を選ばないとき必要"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("predecessor") and not (cleaned.get("title") and cleaned.get("ready_on")):
            raise forms.ValidationError("名称と整う日を書くか、先に要る手続を選んでください。")
        return cleaned


class PinForm(forms.Form):
    """The quarter a procedure is fixed to."""

    use_required_attribute = False

    def __init__(self, data: QueryDict | None, *, roadmap: Roadmap) -> None:
        super().__init__(data)
        choices = [(at, roadmap.quarter_label(at)) for at in range(roadmap.quarters)]
        self.fields["quarter"] = forms.TypedChoiceField(label="着手する四半期", choices=choices, coerce=int)


def read_months(query: QueryDict) -> dict[tuple[int, int], Decimal]:
    """Return the posted staff-months by section and quarter. Raises Unreadable for a number that is none."""
    found = {}
    for name, text in query.items():
        kind, _, place = name.partition("_")
        section, quarter = (parameters.whole_number(part) for part in place.partition("_")[::2])
        if kind == "months" and section is not None and quarter is not None:
            found[section, quarter] = _months(str(text))
    return found


def _months(text: str) -> Decimal:
    try:
        months = Decimal(to_ascii_hyphens(text.strip()))
    except InvalidOperation:
        months = Decimal("NaN")
    if not months.is_finite() or not 0 <= months < MOST_MONTHS:
        raise Unreadable(f"「{text.strip()[:20]}」は、人月として読めません。0 から 999 までの数で書いてください。")
    return round(months, 2)
