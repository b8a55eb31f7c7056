"""Input of the inventory pages: what people correct."""

from typing import Any

from django import forms

from todoke.design.date_fields import DateField
from todoke.procedures.models import Code, LegalBasis, PaperForm, Procedure, Volume

EDITED_CODES = {
    "concern": "オンライン化の懸念点",
    "identification": "本人確認手法",
    "information": "記載させる情報",
    "document": "添付させる書類",
    "life_event": "ライフイベント(個人)",
}


class ProcedureForm(forms.ModelForm[Procedure]):
    """What people correct on one procedure; ``version`` says what they saw when they opened it."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="変更の理由", max_length=200, required=False)

    class Meta:
        model = Procedure
        fields = [
            "title", "plain_name", "search_words", "department", "deadline", "online_since", "phone_checked_on",
            "municipal_note", "online_status", "online_note", "online_from", "fee", "fee_note", "time_online",
            "time_offline", "total_count", "online_count", "offline_count", "abolished_on",
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
