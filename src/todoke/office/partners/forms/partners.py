"""Forms of partners: what another system is for, and how long its key holds."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms

from todoke.cases.models import Case
from todoke.design.date_fields import DateField
from todoke.integrations.models.api_key import LONGEST
from todoke.integrations.scopes import Scope
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.runtime.client_address import parse_networks


class PartnerForm(forms.Form):
    """A new partner."""

    name = forms.CharField(label="名称", max_length=40, help_text="例: 住民情報システム")
    code = forms.SlugField(
        label="連携先の略号", max_length=20, help_text="半角の英数字とハイフン。あとから変えられません。"
    )
    department = forms.ModelChoiceField(Department.objects.all(), label="担当部署")
    purpose = forms.CharField(label="使う目的", max_length=200)
    contact = forms.CharField(label="連絡先", max_length=200, help_text="事業者の名前、担当者、電話番号。")
    scopes = forms.MultipleChoiceField(
        label="できること", choices=Scope.choices, widget=forms.CheckboxSelectMultiple,
        help_text="担当部署の案件についてだけ、できます。決定はできません。",
    )  # fmt: skip
    channel = forms.ChoiceField(
        label="渡される申請の受付経路", choices=[each for each in Case.Channel.choices if each[0] != Case.Channel.WEB],
        initial=Case.Channel.PARTNER,
    )  # fmt: skip
    networks = forms.CharField(
        label="つないでよいネットワーク", max_length=200, required=False,
        help_text="例: 10.1.2.0/24。いくつかあれば、コンマで区切ります。空けると、どこからでもつなげます。",
    )  # fmt: skip
    review_on = DateField(label="見直す日", help_text="この日に、まだ要るかを確かめます。1年以内の日。")

    def clean_networks(self) -> str:
        text: str = self.cleaned_data["networks"]
        try:
            parse_networks(text)
        except ValueError:
            raise forms.ValidationError("10.1.2.0/24 のように書いてください。") from None
        return text

    def clean_review_on(self) -> object:
        day = self.cleaned_data["review_on"]
        if not today() <= day <= today() + timedelta(days=366):
            raise forms.ValidationError("きょうから1年以内の日にしてください。")
        return day


class KeyForm(forms.Form):
    """How long a key holds."""

    days = forms.IntegerField(label="有効日数", min_value=1, max_value=LONGEST, initial=180)


class EndpointForm(forms.Form):
    """Where a partner is told that a case moved: at an address, or by files."""

    WAYS: ClassVar = [
        ("network", "ネットワークで送る"),
        ("file", "ファイルで渡す(連携先にネットワークがつながらないとき)"),
    ]

    way = forms.ChoiceField(label="渡し方", choices=WAYS, widget=forms.RadioSelect, initial="network")
    url = forms.CharField(
        label="送り先", max_length=300, required=False,
        help_text="ネットワークで送るときだけ。https:// で始まる、連携先のアドレス。",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Take the address away where files are chosen, and ask for it where they are not."""
        given = super().clean() or {}
        if given.get("way") == "file":
            return {**given, "url": ""}
        if not given.get("url") and "url" not in self.errors:
            self.add_error("url", "送り先のアドレスを書いてください。")
        return given


class ReplayForm(forms.Form):
    """How far back everything is sent once more."""

    hours = forms.IntegerField(
        label="何時間前から", min_value=1, max_value=24 * 30, initial=24,
        help_text="届いていない知らせは、いつのものでも送ります。",
    )  # fmt: skip


class EndForm(forms.Form):
    """Why a partner ends."""

    reason = forms.CharField(label="終える理由", max_length=200)
