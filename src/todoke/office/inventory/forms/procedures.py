"""Input of the inventory pages: what the list shows, and what people correct."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from todoke.offers.procedure_list import CODED, FACETS, SORTS, ProcedureQuery
from todoke.organization.models import Department
from todoke.procedures import codes
from todoke.procedures.models import Code, LegalBasis, PaperForm, Procedure, Volume

FACET_LABELS = {
    "online_status": "国の調査の状況",
    "kind": "手続類型",
    "actor": "手続主体",
    "recipient": "手続の受け手",
    "fee": "手数料",
    "department": "所管部署",
    "taken": "区のオンライン受付",
}
CODED_LABELS = {"life_event": "ライフイベント", "document": "添付書類", "office": "提出先"}
EDITED_CODES = {
    "concern": "オンライン化の懸念点",
    "identification": "本人確認手法",
    "information": "記載させる情報",
    "document": "添付させる書類",
    "life_event": "ライフイベント(個人)",
}


class ProcedureFilter(forms.Form):
    """The filters of the list; they stand in the address, so that a view can be kept and passed on."""

    use_required_attribute = False
    q = forms.CharField(label="手続名・法令・番号", max_length=100, required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        for name, label in {**FACET_LABELS, **CODED_LABELS}.items():
            self.fields[name] = forms.CharField(label=label, required=False)

    def procedure_query(self) -> ProcedureQuery:
        """Return the query that the address holds; invalid values are left out."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        sort = said.get("sort", "-volume")
        return ProcedureQuery(
            words=said.get("q", ""),
            facets={name: said[name] for name in FACETS if name in said},
            coded={name: said[name] for name in CODED if name in said},
            sort=sort if sort.removeprefix("-") in SORTS else "-volume",
            after=self.data.get("after", "")[:500],
            before=self.data.get("before", "")[:500],
        )

    def offer(self, counts: dict[str, Counter[str]], departments: Iterable[Department], events: Iterable[Code]) -> None:
        """Turn the filters into lists of choices, each with how many it would show."""
        for name, number in counts.items():
            labels = _labels(name, departments)
            self._choose(name, [(key, f"{labels[key]}({number[key]:,})") for key in labels if number[key]])
        by_table: dict[str, list[tuple[str, str]]] = {name: [] for name in CODED}
        for code in events:
            by_table[code.table].append((code.key, code.label))
        for name, choices in by_table.items():
            self._choose(name, choices)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.widget = forms.Select(choices=[("", "すべて"), *choices])


def _labels(name: str, departments: Iterable[Department]) -> dict[str, str]:
    if name == "taken":
        return {"1": "受け付けている", "0": "受け付けていない"}
    if name == "department":
        return {**{department.code: department.name for department in departments}, "none": "未定"}
    choices = dict(getattr(Procedure._meta.get_field(name), "flatchoices", ()))
    return {**{key: str(label) for key, label in choices.items()}, "": "未回答"}


class DateField(forms.DateField):
    """A date chosen in a calendar or typed."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ProcedureForm(forms.ModelForm[Procedure]):
    """What people correct on one procedure; ``version`` says what they saw when they opened it."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="変更の理由", max_length=200, required=False)

    class Meta:
        model = Procedure
        fields = [
            "title", "department", "deadline", "online_since", "phone_checked_on", "municipal_note", "online_status",
            "online_note",
            "online_from", "fee", "fee_note", "time_online", "time_offline", "total_count", "online_count",
            "offline_count", "abolished_on",
        ]  # fmt: skip
        field_classes = {"online_since": DateField, "phone_checked_on": DateField, "abolished_on": DateField}
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in ("municipal_note", "online_note", "fee_note")}
        help_texts = {
            "total_count": "分からないときは空欄にします(0 は「0件だった」という意味です)。",
            "abolished_on": "なくなった手続は、消さずに廃止日を入れます。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        held: dict[str, list[int]] = {}
        for table, code in self.instance.coded_values.values_list("code__table", "code_id"):
            held.setdefault(table, []).append(code)
        for table, label in EDITED_CODES.items():
            self.fields[table] = forms.ModelMultipleChoiceField(
                Code.objects.filter(table=table), label=label, required=False,
                initial=held.get(table, []), widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        total, online = cleaned.get("total_count"), cleaned.get("online_count")
        if total is not None and online is not None and online > total:
            self.add_error("online_count", f"総手続件数({total:,})以下にしてください。分からない件数は空欄にします。")
        return cleaned

    def values(self) -> dict[str, Any]:
        """The typed values of the fields, as columns of the inventory."""
        found = {name: self.cleaned_data[name] for name in self.Meta.fields}
        department = found.pop("department")
        return {**found, "department_id": department.pk if department else None}

    def chosen(self) -> dict[str, set[int]]:
        """The chosen codes by table."""
        return {table: {code.pk for code in self.cleaned_data[table]} for table in EDITED_CODES}


class VolumeForm(forms.ModelForm[Volume]):
    """How many there were in a period, by channel."""

    use_required_attribute = False

    class Meta:
        model = Volume
        fields = ["starts_on", "ends_on", "total", "online", "counter", "post", "other", "precision", "source"]
        field_classes = {"starts_on": DateField, "ends_on": DateField}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        total, online = cleaned.get("total"), cleaned.get("online")
        if total is not None and online is not None and online > total:
            self.add_error("online", f"総件数({total:,})以下にしてください。")
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "初日より後の日にしてください。")
        return cleaned


class LegalBasisForm(forms.ModelForm[LegalBasis]):
    """A law, ordinance or rule, and who can amend it."""

    use_required_attribute = False

    class Meta:
        model = LegalBasis
        fields = ["rank", "title", "number", "article", "amendable_by"]


class PaperFormForm(forms.ModelForm[PaperForm]):
    """A paper form by its number."""

    use_required_attribute = False

    class Meta:
        model = PaperForm
        fields = ["number", "title"]


def code_labels() -> dict[str, str]:
    """The headings of the code tables, for the detail page."""
    return {key: table.name for key, table in codes.tables().items()}
