"""Forms of the rules of attendance, which personnel enter with their source."""

from typing import Any

from django import forms

from todoke.design.date_fields import DateField
from todoke.japanese.calendar import today
from todoke.office.attendance.forms.attendance import time_field
from todoke.organization.models import Department
from todoke.runtime.parameters import YEARS
from todoke.workforce.models import OvertimeLimitRule, OvertimePremiumRule
from todoke.workforce.overtime_limits import LimitKind, LimitScope, LimitTerms

SOURCE = "条例・規則・協定の名と条、確かめた日を書きます。"


def _section(**more: Any) -> "forms.ModelChoiceField[Department]":
    empty = more.pop("empty_label", "全庁")
    return forms.ModelChoiceField(
        Department.objects.all(), label="部署", to_field_name="code", empty_label=empty, **more
    )


class PatternForm(forms.Form):
    """A version of the hours of work."""

    title = forms.CharField(label="名称", max_length=40, initial="通常勤務")
    department = _section(required=False)
    valid_from = DateField(label="始まる日")
    starts = time_field("始業", initial="08:30")
    ends = time_field("終業", initial="17:15")
    rest_from = time_field("休憩の始まり", initial="12:00")
    rest_until = time_field("休憩の終わり", initial="13:00")
    week_minutes = forms.IntegerField(label="1週間の勤務時間(分)", min_value=1, max_value=10_080, initial=2325)
    usual = forms.BooleanField(
        label="ふだんの勤務時間にする",
        required=False,
        initial=True,
        help_text="外すと、日ごとに選べる勤務時間になります。",
    )
    source = forms.CharField(label="根拠", max_length=200, help_text=SOURCE)


class PremiumForm(forms.ModelForm[OvertimePremiumRule]):
    """A version of the premium rule."""

    class Meta:
        model = OvertimePremiumRule
        fields = [
            "source", "valid_from", "line_minutes", "counts_weekly_rest", "counts_holiday", "counts_substituted",
            "night_from", "night_until", "rounding_unit", "round_up_from",
        ]  # fmt: skip
        widgets = {
            "valid_from": forms.DateInput(attrs={"type": "date"}),
            "night_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "night_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }


class LimitForm(forms.Form):
    """A version of the limits in hours; what is left empty is no limit of the rule."""

    basis = forms.ChoiceField(label="根拠の種類", choices=OvertimeLimitRule.Basis.choices)
    source = forms.CharField(label="条・協定の名と確認日", max_length=200, help_text=SOURCE)
    department = _section(required=False)
    valid_from = DateField(label="始まる日")
    first_month = forms.IntegerField(label="年の始まる月", min_value=1, max_value=12, initial=4)
    month = forms.IntegerField(label="ふだんの1か月(時間以下)", min_value=1, max_value=744)
    year = forms.IntegerField(label="ふだんの1年(時間以下)", min_value=1, max_value=8784)
    special_month = forms.IntegerField(
        label="特例・特別条項の1か月(時間未満)", min_value=1, max_value=744, required=False
    )
    special_year = forms.IntegerField(
        label="特例・特別条項の1年(時間以下)", min_value=1, max_value=8784, required=False
    )
    mean = forms.IntegerField(label="2か月から6か月の平均(時間以下)", min_value=1, max_value=744, required=False)
    months_above = forms.IntegerField(
        label="ふだんの1か月を超えてよい月の数(年)", min_value=1, max_value=12, required=False
    )
    holidays_in_month = forms.BooleanField(
        label="ふだんの上限に、休日の勤務を数える", required=False,
        help_text="特例の1か月と平均には、休日の勤務を必ず数えます。",
    )  # fmt: skip

    def terms(self) -> dict[str, Any]:
        """Return the columns of the rule."""
        names = ("basis", "source", "department", "valid_from", "first_month")
        return {name: self.cleaned_data[name] for name in names}

    def limits(self) -> list[LimitTerms]:
        """Return the limits that were filled in, in minutes."""
        given, held = self.cleaned_data, self.cleaned_data["holidays_in_month"]
        ordinary, special, always = LimitScope.ORDINARY, LimitScope.SPECIAL, LimitScope.ALWAYS
        base = (given["month"] or 0) * 60
        rows = (
            ("month", LimitTerms(LimitKind.MONTH, ordinary, base, held)),
            ("year", LimitTerms(LimitKind.YEAR, ordinary, (given["year"] or 0) * 60, held)),
            (
                "special_month",
                LimitTerms(LimitKind.MONTH, special, (given["special_month"] or 0) * 60, True, below=True),
            ),
            ("special_year", LimitTerms(LimitKind.YEAR, special, (given["special_year"] or 0) * 60, held)),
            ("mean", LimitTerms(LimitKind.MEAN, always, (given["mean"] or 0) * 60, True)),
            ("months_above", LimitTerms(LimitKind.MONTHS_ABOVE, special, given["months_above"] or 0, held, base=base)),
        )
        return [limit for name, limit in rows if given[name]]


class SpecialWorkForm(forms.Form):
    """Work for which the ordinary limits may be exceeded for a time."""

    title = forms.CharField(label="業務", max_length=100)
    department = _section(empty_label=None)
    starts_on = DateField(label="始まる日")
    ends_on = DateField(label="終わる日")
    source = forms.CharField(label="根拠", max_length=200, help_text=SOURCE)
    review_due = DateField(label="検証の期限", help_text="年度の終わりから6か月以内など、定めのとおりに入れます。")


class LeaveKindForm(forms.Form):
    """A line of the code table of leave."""

    code = forms.SlugField(label="コード", max_length=20, help_text="人事給与システムの休暇コードを入れます。")
    title = forms.CharField(label="名称", max_length=40)
    source = forms.CharField(label="根拠", max_length=200, help_text=SOURCE)


class TableForm(forms.Form):
    """A table of numbers, or of a card reader."""

    table = forms.FileField(label="表", help_text="CSV か Excel を選びます。")


class CloseForm(forms.Form):
    """The section and month to close."""

    department = _section(empty_label=None)
    month = forms.CharField(
        label="月", widget=forms.TextInput(attrs={"type": "month"}), help_text="例: 2026-10", max_length=7
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = today().replace(day=1)
        before = last.replace(year=last.year - (last.month == 1), month=(last.month - 2) % 12 + 1)
        self.fields["month"].initial = f"{before:%Y-%m}"

    def clean_month(self) -> Any:
        """Return the first day of the month."""
        year, _, month = self.cleaned_data["month"].partition("-")
        if not (year.isdecimal() and month.isdecimal() and int(year) in YEARS and 1 <= int(month) <= 12):
            raise forms.ValidationError("「2026-10」のように、年と月を入れてください。")
        return today().replace(year=int(year), month=int(month), day=1)
