"""記録の分析の欄: forms for an event log file, its columns, and the flow to compare."""

from django import forms

from todoke.cases.models.status import Channel
from todoke.design.date_fields import DateField
from todoke.flows.mining.discovery import DiscoveryResult
from todoke.flows.mining.flow_draft import narrowed
from todoke.flows.models import Flow
from todoke.insights.case_event_log import CaseSelection
from todoke.offers.models import Offer

ROLES = ("case", "activity", "time", "channel", "deadline")


class NarrowingForm(forms.Form):
    """何を図にするか: how many of the frequent variants, and from which share of the cases a way is drawn."""

    most = forms.IntegerField(
        label="多い経路だけを見る(上から何種類)", min_value=1, max_value=1000, required=False,
        help_text="空けておくと、すべての経路を見ます。",
    )  # fmt: skip
    rare = forms.IntegerField(label="まれなつながりを省く(全体の何%未満)", min_value=0, max_value=50, required=False)

    def narrowed(self, findings: DiscoveryResult) -> DiscoveryResult:
        """Return the findings as the valid form wants them."""
        given = self.cleaned_data
        if not given["most"] and not given["rare"]:
            return findings
        return narrowed(findings, given["most"], (given["rare"] or 0) / 100)


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

    def selection(self) -> CaseSelection:
        """Return the selection of the valid form."""
        given = self.cleaned_data
        return CaseSelection(given["since"], given["until"], given["channel"], given["offer"])
