"""決裁ルートの入力: forms of a decision class with its posts, of publication, and of a trial matter."""

from typing import Any

from django import forms

from todoke.approvals.approval_rules import FIXED, DecisionClassRule, StopRule
from todoke.approvals.models import Route, Stop
from todoke.approvals.models.route import Importance
from todoke.design.date_fields import DateField
from todoke.design.forms import DatalistInput
from todoke.office.matter_kinds import known_matters
from todoke.organization.models import Department, Post

SPARE = 3
MOST = 999_999_999_999


class RouteForm(forms.ModelForm[Route]):
    """A new route."""

    class Meta:
        model = Route
        fields = ("code", "name")
        help_texts = {"code": "英小文字、数字、ハイフン。あとから変えられません。"}


class DecisionClassForm(forms.Form):
    """The matters that a decision class applies to."""

    kind = forms.CharField(
        label="件名の種類", max_length=40, required=False, widget=DatalistInput(known_matters),
        help_text="候補から選ぶか、書いてください。空けると、ほかの区分がない種類すべて。",
    )  # fmt: skip
    above = forms.IntegerField(label="これを超える金額(円)", min_value=0, max_value=MOST, required=False)
    up_to = forms.IntegerField(label="この金額まで(円)", min_value=0, max_value=MOST, required=False)
    importance = forms.ChoiceField(label="重要度", choices=[("", "どちらも"), *Importance.choices], required=False)
    basis = forms.CharField(label="根拠条項", max_length=200, required=False, help_text="例: 専決規程別表第2")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        above, up_to = given.get("above"), given.get("up_to")
        if above is not None and up_to is not None and up_to <= above:
            self.add_error("up_to", "「これを超える金額」より大きい額にしてください。")
        return given


class StopForm(forms.Form):
    """One post of the chain; a row without an order is ignored."""

    position = forms.IntegerField(label="順序", min_value=1, max_value=20, required=False)
    kind = forms.ChoiceField(label="種別", choices=Stop.Kind.choices, required=False)
    role = forms.ChoiceField(label="役割", choices=Post.Role.choices, required=False)
    place = forms.ChoiceField(label="どの部署の", choices=Stop.Place.choices, required=False)
    department = forms.ModelChoiceField(
        Department.objects.all(), label="指定する部署", to_field_name="code", required=False, empty_label="なし"
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("position") and given.get("place") == FIXED and not given.get("department"):
            self.add_error("department", "「指定した部署」のときは、部署を選んでください。")
        return given

    def rule(self) -> StopRule | None:
        """Return the rule of this post, or None for an empty row."""
        given = self.cleaned_data
        if not given.get("position"):
            return None
        fixed = given["department"] if given["place"] == FIXED else None
        return StopRule(given["position"], given["kind"], given["role"], given["place"], fixed.code if fixed else "")


StopForms = forms.formset_factory(StopForm, extra=SPARE, max_num=20)


def decision_class_forms(rule: DecisionClassRule | None, data: Any = None) -> tuple[DecisionClassForm, Any]:
    """Return the form of a decision class and the formset of its posts, with spare rows."""
    if data is not None:
        return DecisionClassForm(data), StopForms(data)
    if rule is None:
        return DecisionClassForm(), StopForms()
    stops = [
        {"position": s.position, "kind": s.kind, "role": s.role, "place": s.place, "department": s.department}
        for s in rule.stops
    ]
    facts = {name: getattr(rule, name) for name in ("kind", "above", "up_to", "importance", "basis")}
    return DecisionClassForm(initial=facts), StopForms(initial=stops)


def decision_class_rule(decision_class: DecisionClassForm, stops: Any) -> DecisionClassRule:
    """Return the decision class that was entered."""
    chain = [rule for form in stops if (rule := form.rule()) is not None]
    return DecisionClassRule(sorted(chain, key=lambda stop: stop.position), **decision_class.cleaned_data)


class PublicationForm(forms.Form):
    """From when a version applies, and its legal basis."""

    starts_on = DateField(label="適用開始日", help_text="あす以降の日。この日の起案から、新しい版で回ります。")
    basis = forms.CharField(label="根拠規程", max_length=200, help_text="例: 令和9年4月1日改正 事務専決規程")
    seen = forms.IntegerField(label="確かめた案", widget=forms.HiddenInput, min_value=1, max_value=MOST)


class MatterForm(forms.Form):
    """A matter to test the route with."""

    use_required_attribute = False
    department = forms.ModelChoiceField(Department.objects.all(), label="起案する部署", to_field_name="code")
    kind = forms.CharField(label="件名の種類", max_length=40, required=False, widget=DatalistInput(known_matters))
    amount = forms.IntegerField(label="金額(円)", min_value=0, max_value=MOST, required=False)
    importance = forms.ChoiceField(label="重要度", choices=Importance.choices)
