"""Forms of shops and settlements."""

from typing import Any

from django import forms

from todoke.approvals.models import Route
from todoke.design.bound_choices import set_queryset
from todoke.design.identifier_field import DigitsField
from todoke.points.models import Merchant
from todoke.points.settlement_proposals import MATTER


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


class SuspensionForm(forms.Form):
    """Why a shop takes no points for now."""

    reason = forms.CharField(label="止める理由", max_length=200)


class FindingForm(forms.Form):
    """What a person found about an alert."""

    finding = forms.CharField(label="確かめた結果", max_length=300)


class RunForm(forms.Form):
    """Until which day the shops are settled."""

    ends_on = forms.DateField(
        label="期間の末日", widget=_day(), help_text="この日までの利用と取消しを、店ごとにまとめます"
    )


class ProposalForm(forms.Form):
    """On which route the payment is approved."""

    route = forms.ModelChoiceField(Route.objects.none(), label="決裁ルート", empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "route", Route.objects.fitting(MATTER))


class FeeRuleForm(forms.Form):
    """Which share of its uses a shop bears, from which day, and on what ground."""

    percent = forms.DecimalField(
        label="率(%)", min_value=0, max_value=99, decimal_places=2,
        help_text="利用の合計に掛けます。手数料をやめるときは0を入れます。",
    )  # fmt: skip
    valid_from = forms.DateField(
        label="適用を始める日",
        widget=_day(),
        help_text="この日か後に終わる期間から使います。精算した期間は変わりません。",
    )
    source = forms.CharField(label="根拠", max_length=200, help_text="例: くらし応援ポイント事業実施要綱 第8条")


class PaymentForm(forms.Form):
    """On which day the bank paid."""

    on = forms.DateField(label="支払日", widget=_day(), help_text="金融機関の通知にある日")


class PayerForm(forms.Form):
    """Who pays, as the bank wrote it in the contract, and on which day."""

    code = DigitsField(10, label="委託者コード", help_text="金融機関から知らされた数字10けた")
    name_kana = forms.CharField(label="委託者名(カナ)", max_length=40)
    bank_code = DigitsField(4, label="仕向金融機関コード", help_text="数字4けた")
    branch_code = DigitsField(3, label="仕向支店コード", help_text="数字3けた")
    account_kind = forms.ChoiceField(label="預金の種類", choices=Merchant.AccountKind.choices)
    account_number = DigitsField(7, label="口座番号", help_text="数字7けた")
    on = forms.DateField(label="振込指定日", widget=_day())
