"""記録の分析の欄: a file, its columns, and the flow to compare with."""

from django import forms

from todoke.flows.models import Flow

ROLES = ("case", "activity", "time", "channel", "deadline")


class LogForm(forms.Form):
    """記録のファイル。"""

    file = forms.FileField(label="記録のファイル(.csv、.xes、.xes.gz)", help_text="案件・作業・日時の列が要ります。")
    case = forms.CharField(label="案件の列", required=False, help_text="空なら列の名前から見つけます。")
    activity = forms.CharField(label="作業の列", required=False)
    time = forms.CharField(label="日時の列", required=False)
    channel = forms.CharField(label="受付方法の列", required=False)
    deadline = forms.CharField(label="期限の列", required=False)
    flow = forms.ModelChoiceField(
        Flow.objects.defer("document"), label="照らし合わせる業務フロー", required=False, to_field_name="number",
        empty_label="照らし合わせない",
    )  # fmt: skip


class PeriodForm(forms.Form):
    """案件の期間。"""

    since = forms.DateField(label="受付日(から)", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="受付日(まで)", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    flow = forms.ModelChoiceField(
        Flow.objects.defer("document"), label="照らし合わせる業務フロー", required=False, to_field_name="number",
        empty_label="照らし合わせない",
    )  # fmt: skip
