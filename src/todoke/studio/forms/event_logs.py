"""記録の分析の欄: forms for an event log file, its columns, and the flow to compare."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from todoke.cases.models.status import Channel
from todoke.design.date_fields import DateField
from todoke.flows.dataclass_json import to_plain
from todoke.flows.mining.log_analysis import Narrowing
from todoke.flows.models import Flow
from todoke.offers.models import Offer

LARGEST_LOG = 20 * 1024 * 1024
ROLES = ("case", "activity", "time", "channel", "deadline")


class NarrowingForm(forms.Form):
    """何を図にするか: how many of the frequent variants, and from which share of the cases a way is drawn."""

    most = forms.IntegerField(
        label="多い経路だけを見る(上から何種類)", min_value=1, max_value=1000, required=False,
        help_text="空けておくと、すべての経路を見ます。",
    )  # fmt: skip
    rare = forms.IntegerField(label="まれなつながりを省く(全体の何%未満)", min_value=0, max_value=50, required=False)

    def narrowing(self) -> Narrowing:
        """Return what the valid form asks for."""
        given = self.cleaned_data
        return Narrowing(given["most"] or 0, (given["rare"] or 0) / 100)

    def order(self) -> dict[str, Any]:
        """Return the order of an analysis: how it is narrowed, and the flow to compare with its table as it stands."""
        flow = self.cleaned_data["flow"]
        return {
            "narrowing": to_plain(self.narrowing()),
            "flow": flow.number if flow else "",
            "table": to_plain(flow.table) if flow else None,
        }


class LogForm(NarrowingForm):
    """記録のファイル: the file, its columns, and the flow."""

    file = forms.FileField(
        label="記録のファイル(.csv、.xlsx、.xes、.xes.gz)", help_text="案件・作業・日時の列が要ります。"
    )
    case = forms.CharField(label="案件の列", required=False, help_text="空なら列の名前から見つけます。")
    activity = forms.CharField(label="作業の列", required=False)
    time = forms.CharField(label="日時の列", required=False)
    channel = forms.CharField(label="受付方法の列", required=False)
    deadline = forms.CharField(label="期限の列", required=False)
    flow = forms.ModelChoiceField(
        Flow.objects.defer("document"), label="照らし合わせる業務フロー", required=False, to_field_name="number",
        empty_label="照らし合わせない",
    )  # fmt: skip

    def clean_file(self) -> UploadedFile[Any]:
        """Return the file, which is not larger than what is kept until it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_LOG:
            raise forms.ValidationError("記録のファイルは20MBまでです。期間を分けるか、.xes.gz にしてください。")
        return file

    def order(self) -> dict[str, Any]:
        """Return the order of an analysis, with the file's name and its columns."""
        columns = {role: self.cleaned_data[role] for role in ROLES}
        return {**super().order(), "name": self.cleaned_data["file"].name, "columns": columns}


class CasesForm(NarrowingForm):
    """対象の案件と、照らし合わせる業務フロー: which own cases, and the flow."""

    since = DateField(label="受付日(から)", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = DateField(label="受付日(まで)", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    channel = forms.ChoiceField(label="受付方法", required=False, choices=[("", "すべて"), *Channel.choices])
    offer = forms.ModelChoiceField(
        Offer.objects.select_related("procedure"), label="オンライン受付の手続", required=False, to_field_name="code",
        empty_label="すべて",
    )  # fmt: skip
    flow = forms.ModelChoiceField(
        Flow.objects.defer("document"), label="照らし合わせる業務フロー", required=False, to_field_name="number",
        empty_label="照らし合わせない",
    )  # fmt: skip

    def order(self) -> dict[str, Any]:
        """Return the order of an analysis, with which cases."""
        given = self.cleaned_data
        chosen = {
            "since": str(given["since"] or ""), "until": str(given["until"] or ""), "channel": given["channel"],
            "offer": given["offer"].code if given["offer"] else "",
        }  # fmt: skip
        return {**super().order(), "selection": chosen}
