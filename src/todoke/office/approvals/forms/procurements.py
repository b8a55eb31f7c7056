"""調達の入力."""

from django import forms

from todoke.approvals.models import Procurement, Route


class ProcurementForm(forms.ModelForm[Procurement]):
    """A planned purchase, compared with the previous one."""

    class Meta:
        model = Procurement
        fields = ("title", "kind", "amount", "previous_amount", "increase_reason", "purpose")
        help_texts = {
            "amount": "税込み、総額。",
            "previous_amount": "更改では必ず入力してください。同じ範囲の前回の契約金額(税込み、総額)です。",
            "increase_reason": "前回より増える場合は、必ず書いてください。",
        }


class ProposeForm(forms.Form):
    """The approval route and the urgency."""

    route = forms.ModelChoiceField(Route.objects.filter(code__startswith="procurement"), label="決裁ルート")
    urgent_reason = forms.CharField(label="至急の理由", max_length=200, required=False)
