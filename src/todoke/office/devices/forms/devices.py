"""Forms of the register of devices: registration, loans, losses, use and stocktakes."""

from datetime import date
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.design.date_fields import DateField, DateTimeField
from todoke.japanese.calendar import today
from todoke.japanese.periods import EXAMPLES, Period, UnreadablePeriod, parse_period, this_month
from todoke.organization.models import Department
from todoke.organization.permissions import departments_of
from todoke.systems.data_classes import DataClass
from todoke.systems.devices.device_table import read_connections, read_devices
from todoke.systems.models import DeviceLoan, DevicePool, StocktakeLine
from todoke.systems.models.device import DeviceEntry

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"})


class RegistrationForm(forms.Form):
    """New devices of a pool: a table, or one device."""

    pool = forms.ModelChoiceField(
        DevicePool.objects.all(),
        label="区分",
        help_text="表の区分の列に、登録した区分の名があれば、そちらを使います。",
    )
    table = forms.FileField(
        label="機器の表", required=False,
        help_text="CSV か Excel。いまの表のままで読めます。番号(資産番号・管理番号など)と機種(型番など)の列が要ります。"
        "製造番号、取得日(年月や年度でも)、区分の列があれば、それも読みます。",
    )  # fmt: skip
    asset_number = forms.CharField(label="1台だけ登録する(資産番号)", max_length=30, required=False)
    model = forms.CharField(label="機種", max_length=100, required=False)
    serial = forms.CharField(label="製造番号", max_length=60, required=False)
    acquired_on = DateField(
        label="取得日", required=False, help_text="表を選んだときは、表に取得日のない機器に使います。"
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("table"):
            return given
        for name in ("asset_number", "model", "acquired_on"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, "表を選ばないときは、書いてください。")
        return given

    def entries(self) -> list[DeviceEntry]:
        """Return the devices. Raises Unreadable."""
        given = self.cleaned_data
        if given["table"]:
            return read_devices(given["table"].read(), given["acquired_on"])
        return [DeviceEntry(given["asset_number"], given["serial"], given["model"], given["acquired_on"])]


class LoanForm(forms.Form):
    """Whom a device is lent to, for what and until when."""

    email = forms.EmailField(
        label="借りる職員のメールアドレス", required=False, help_text="部署で共用するときは空のままにします。"
    )
    department = forms.ModelChoiceField(
        Department.objects.all(),
        label="部署",
        required=False,
        help_text="職員を書いたときは、その職員の部署になります。",
    )
    purpose = forms.CharField(label="目的", max_length=200, help_text="例: 在宅勤務、出張")
    starts_on = DateField(label="貸出日", help_text="きょうなら、すぐに渡します。先の日なら、予約になります。")
    due_on = DateField(label="返却の期限")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.borrower = User.objects.filter(email__iexact=given.get("email") or "-").first()
        sections = departments_of(self.borrower) if self.borrower else []
        if given.get("email") and not sections:
            self.add_error("email", "このアドレスの職員はいません。")
        given["department"] = given.get("department") or next(iter(sections), None)
        if given["department"] is None and not self.errors:
            self.add_error("department", "職員か部署の、どちらかを書いてください。")
        if given.get("starts_on") and given["starts_on"] < today():
            self.add_error("starts_on", "貸出日は、きょうか、より後の日にしてください。")
        return given


class DueForm(forms.Form):
    """Until when a loan goes on."""

    due_on = DateField(label="新しい返却の期限")


class ReasonForm(forms.Form):
    """Why a device is repaired or disposed of."""

    reason = forms.CharField(label="理由", max_length=200)


class CheckForm(forms.Form):
    """What was found when a device came back."""

    condition = forms.ChoiceField(label="状態", choices=DeviceLoan.Condition.choices, widget=forms.RadioSelect)
    is_wiped = forms.TypedChoiceField(
        label="データを消しましたか", choices=[("yes", "消した"), ("no", "まだ消していない")], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes", help_text="消していない機器と壊れた機器は、修理に回ります。",
    )  # fmt: skip


class LossForm(forms.Form):
    """What is known about a device that is gone."""

    noticed_at = DateTimeField(label="気づいた日時", widget=MOMENT)
    place = forms.CharField(label="最後にあった場所", max_length=200)
    data_class = forms.ChoiceField(
        label="入っていた情報の区分",
        choices=DataClass.choices,
        help_text="分からないときは、いちばん重い区分を選びます。",
    )


class PoliceForm(forms.Form):
    """The number of the report to the police."""

    number = forms.CharField(label="警察の受理番号", max_length=40)


class AnnouncementForm(forms.Form):
    """That a device comes back, and what is wrong with it."""

    is_broken = forms.TypedChoiceField(
        label="壊れていますか", choices=[("no", "壊れていない"), ("yes", "壊れた・調子が悪い")], initial="no",
        widget=forms.RadioSelect, coerce=lambda value: value == "yes",
    )  # fmt: skip
    explanation = forms.CharField(
        label="説明", max_length=300, required=False, help_text="壊れたときは、どこがどう壊れたかを書きます。"
    )


class UseForm(forms.Form):
    """Whether a device was used on a day."""

    day = DateField(label="日", initial=today)
    is_used = forms.TypedChoiceField(
        label="使いましたか", choices=[("yes", "使った"), ("no", "使わなかった")], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip


class DevicePeriodForm(forms.Form):
    """The period of the figures."""

    period = forms.CharField(label="期間", max_length=20, help_text=EXAMPLES, initial=lambda: this_month(today()).label)

    def clean_period(self) -> Period:
        try:
            return parse_period(str(self.cleaned_data["period"]))
        except UnreadablePeriod as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class ConnectionForm(DevicePeriodForm):
    """The record of a gateway, and the period that it covers."""

    period = forms.CharField(label="記録の期間", max_length=20)
    table = forms.FileField(label="接続の記録", help_text="CSV か Excel。列は「資産番号」と「日付」。")

    def connections(self) -> list[tuple[str, date]]:
        """Return asset numbers and days. Raises Unreadable."""
        return read_connections(self.cleaned_data["table"].read())


class SightForm(forms.Form):
    """Asset numbers that were looked up, and what was found."""

    numbers = forms.CharField(
        label="資産番号",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="1行に1台。読取機で続けて読んでもかまいません。",
    )
    finding = forms.ChoiceField(label="結果", choices=StocktakeLine.Finding.choices, widget=forms.RadioSelect)
    place = forms.CharField(label="場所", max_length=100, required=False)
