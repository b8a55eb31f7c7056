"""利用登録: who is registered by which paper, and a limit of use with its ground."""

from datetime import timedelta
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.bookings.models import FacilityGroup, Registrant, RegistrantDetails, Suspension
from todoke.design.date_fields import DateField
from todoke.design.identifier_field import IdentifierField
from todoke.japanese.calendar import today
from todoke.runtime.mail_addresses import mail_address


class RegistrantForm(forms.Form):
    """A person or group as its papers say."""

    group = forms.ModelChoiceField(FacilityGroup.objects.none(), label="受け付けた施設", empty_label=None)
    kind = forms.ChoiceField(label="種類", choices=Registrant.Kind, initial=Registrant.Kind.GROUP)
    name = forms.CharField(label="名称", max_length=100, help_text="団体の名前、または氏名")
    origin = forms.ChoiceField(label="区分", choices=Registrant.Origin)
    reduced_percent = forms.IntegerField(label="減免(%)", min_value=0, max_value=100, initial=0)
    phone = forms.CharField(label="電話番号", max_length=20)
    email = forms.EmailField(label="メールアドレス", required=False, help_text="抽選の結果と空きの案内を送ります。")
    account = IdentifierField(
        User.objects.none(), label="代表者のログイン", to_field_name="email", widget=forms.EmailInput, required=False,
        fold=mail_address,
        help_text="代表者が利用者登録したメールアドレス。入れると、スマートフォンで予約できます。",
        error_messages={"invalid_choice": "このアドレスの利用者登録はありません。空欄でも登録できます。"},
    )  # fmt: skip
    verified_by = forms.CharField(label="確かめた書類", max_length=100, help_text="例: 構成員名簿、運転免許証")
    valid_until = DateField(label="有効期限")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"valid_until": today() + timedelta(days=3 * 365)}
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = FacilityGroup.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["account"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]

    def details(self) -> RegistrantDetails:
        """Return who it is."""
        names = ("kind", "name", "origin", "account", "email", "phone", "reduced_percent")
        return RegistrantDetails(**{each: self.cleaned_data[each] for each in names})


class SuspensionForm(forms.Form):
    """What is limited, from when until when, and why; the registrant reads the ground."""

    group = forms.ModelChoiceField(FacilityGroup.objects.none(), label="施設", empty_label=None)
    reach = forms.ChoiceField(label="制限するもの", choices=Suspension.Reach)
    starts_on = DateField(label="始まり")
    ends_on = DateField(label="終わり")
    ground = forms.CharField(label="理由", max_length=300, help_text="登録した人のページと通知に出ます。")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"starts_on": today() + timedelta(days=1), "ends_on": today() + timedelta(days=30)}
        super().__init__(*args, **kwargs)
        self.groups = [each.pk for each in FacilityGroup.objects.visible_to(user) if each.can_suspend(user)]
        self.fields["group"].queryset = FacilityGroup.objects.filter(pk__in=self.groups)  # type: ignore[attr-defined]


class LiftForm(forms.Form):
    """Why a limit ends early."""

    reason = forms.CharField(label="解く理由", max_length=200)
