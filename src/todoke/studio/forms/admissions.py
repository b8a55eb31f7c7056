"""利用調整の基準: the forms of a draft and of a sample family."""

import json
from typing import Any

from django import forms

from todoke.admissions.points.rule_document import FamilyFacts, RuleDocument


class RuleDraftForm(forms.Form):
    """A rule document as text, and from which month it holds."""

    starts_on = forms.DateField(
        label="適用を始める利用開始月", widget=forms.DateInput(attrs={"type": "date"}), help_text="月の1日"
    )
    document = forms.CharField(label="基準の定め", max_length=300_000, widget=forms.Textarea(attrs={"rows": 24}))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_document(self) -> dict[str, Any]:
        """Return the document as data."""
        try:
            found = json.loads(self.cleaned_data["document"])
        except ValueError:
            raise forms.ValidationError("読み取れません。かっことコンマ、引用符を確かめてください。") from None
        if not isinstance(found, dict):
            raise forms.ValidationError("全体を { } で囲んでください。")
        return found


class PublicationForm(forms.Form):
    """The second person's words, and the draft that was read."""

    changes = forms.CharField(label="前の版からの変更", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    revision = forms.IntegerField(widget=forms.HiddenInput)


class SampleForm(forms.Form):
    """A sample family: what the rules ask of each of two guardians, of the household and of one child."""

    def __init__(self, *args: Any, rules: RuleDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        self.fields["guardians"] = forms.ChoiceField(
            label="保護者の数", choices=[("2", "二人"), ("1", "一人")], required=False
        )
        for fact in rules.facts:
            if fact.origin == "computed" or fact.kind == "facilities":
                continue
            numbers = (1, 2) if fact.about == "guardian" else (0,)
            for number in numbers:
                self.fields[f"{fact.id}-{number}"] = self._field(fact.kind, fact.options, self._label(fact, number))

    @staticmethod
    def _label(fact: Any, number: int) -> str:
        unit = f"({fact.unit})" if fact.unit else ""
        return f"{f'保護者{number}: ' if number else ''}{fact.label}{unit}"

    @staticmethod
    def _field(kind: str, options: Any, label: str) -> forms.Field:
        if kind == "number":
            return forms.IntegerField(label=label, required=False)
        choices = list(options.items()) if kind == "choice" else [("yes", "はい"), ("no", "いいえ")]
        return forms.ChoiceField(label=label, choices=[("", "答えない"), *choices], required=False)

    def family(self) -> FamilyFacts:
        """Return the sample as facts."""
        given = {key: str(value) for key, value in self.cleaned_data.items() if value not in {"", None}}
        guardians = [dict[str, str]() for _ in range(1 if given.get("guardians") == "1" else 2)]
        home, child = dict[str, str](), dict[str, str]()
        for fact in self.rules.facts:
            if fact.about == "guardian":
                for number, guardian in enumerate(guardians, 1):
                    if f"{fact.id}-{number}" in given:
                        guardian[fact.id] = given[f"{fact.id}-{number}"]
            elif f"{fact.id}-0" in given:
                (child if fact.about == "child" else home)[fact.id] = given[f"{fact.id}-0"]
        return FamilyFacts(tuple(guardians), home, {"見本": child})
