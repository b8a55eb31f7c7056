"""利用規則: the form of a draft, one field a table, one line a row."""

from typing import Any

from django import forms

from todoke.bookings.terms_lines import TABLES, lines_of, rows_of
from todoke.japanese.calendar import today

NUMBERS = {
    "least_members": "団体の構成員の下限(人)", "resident_percent": "区内の構成員の下限(%)",
    "most_a_day": "1日の上限(区分)", "most_a_month": "1か月の上限(区分)", "most_entries": "1回の抽選の申込みの上限(件)",
    "resident_weight": "抽選の重み(区内)", "loser_weight": "前の抽選に外れた人に足す重み",
}  # fmt: skip
START = {"resident_weight": 1}


class UseRulesForm(forms.Form):
    """The terms of a group: tables as lines, limits as numbers."""

    basis = forms.CharField(label="根拠(条例・規則の名)", max_length=200)
    starts_on = forms.DateField(label="適用を始める日", widget=forms.DateInput(attrs={"type": "date"}))
    bundles = forms.BooleanField(label="抽選に、いくつかの枠をまとめて申し込める", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, document: dict[str, Any], **kwargs: Any) -> None:
        kwargs["initial"] = {"starts_on": today(), **_typed(document), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for name, (title, example, _, _) in TABLES.items():
            self.fields[name] = forms.CharField(
                label=title, required=False, widget=forms.Textarea(attrs={"rows": 5}), max_length=4000,
                help_text=f"例: {example}",
            )  # fmt: skip
        for name, label in NUMBERS.items():
            self.fields[name] = forms.IntegerField(label=label, required=False, min_value=0, max_value=1000)

    def document(self) -> dict[str, Any]:
        """Return the document. Raises InvalidTerms with the line that cannot be read."""
        typed = self.cleaned_data
        tables = {name: rows_of(name, typed[name]) for name in TABLES}
        numbers = {name: typed[name] for name in NUMBERS if typed[name] is not None}
        return {"basis": typed["basis"], "bundles": typed["bundles"], **tables, **numbers}


def _typed(document: dict[str, Any]) -> dict[str, Any]:
    tables = {name: lines_of(name, document.get(name, [])) for name in TABLES}
    return {**START, **{key: each for key, each in document.items() if key not in TABLES}, **tables}


class PublicationForm(forms.Form):
    """The draft as it was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
