"""Forms of the attendance pages: corrections, orders, leave, explanations; the models decide what is allowed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms

from todoke.design.date_fields import DateField
from todoke.japanese.calendar import JAPAN, today
from todoke.workforce.clock_intervals import ClockKind
from todoke.workforce.models import ClockEvent, LeaveKind, MonthSheet, SpecialWork, WorkDay, WorkPattern

OVER_MIDNIGHT = "夜中の0時をまたぐときは、そのまま翌日の時刻を入れます。"


def time_field(label: str, **more: Any) -> forms.TimeField:
    """Return a field for a time of day."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}), **more)


def moment_on(on: date, at: time, after: time | None = None) -> datetime:
    """Return a time of a day in Japan; one at or before ``after`` lies on the next day."""
    day = on + timedelta(days=1) if after is not None and at <= after else on
    return datetime.combine(day, at, JAPAN)


class ClockForm(forms.Form):
    """One press of the clock, with a key that is good once."""

    kind = forms.ChoiceField(choices=ClockKind.choices)
    place = forms.ChoiceField(label="場所", choices=ClockEvent.Place.choices, widget=forms.RadioSelect)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ReasonForm(forms.Form):
    """Why something is refused or sent back; the person reads it."""

    reason = forms.CharField(label="理由", max_length=200, help_text="本人に見えます。")


class ExplanationForm(forms.Form):
    """Why record and orders of a day differ."""

    on = DateField(label="日付")
    reason = forms.CharField(label="説明", max_length=200, help_text="例: 命令のない片付け、私用で残っていた")


class CorrectionForm(forms.Form):
    """Another time for an event, a forgotten event, or a strike-out."""

    on = DateField(label="勤務日")
    event = forms.ModelChoiceField(
        ClockEvent.objects.none(),
        label="直す打刻",
        to_field_name="key",
        required=False,
        empty_label="押し忘れ(新しく加える)",
    )
    kind = forms.ChoiceField(label="種類", choices=ClockKind.choices, help_text="押し忘れのときに使います。")
    at = time_field("正しい時刻", required=False, help_text="空のままにすると、選んだ打刻を取り消します。")
    next_day = forms.BooleanField(label="翌日の時刻", required=False)
    reason = forms.CharField(label="理由", max_length=200)

    def __init__(self, *args: Any, sheet: MonthSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = ClockEvent.objects.standing().filter(user=sheet.user_id, month=sheet.month)
        self.fields["event"].queryset = mine  # type: ignore[attr-defined] # the field declared above

    def wanted(self) -> datetime | None:
        """Return the right time, or None for a strike-out."""
        given = self.cleaned_data
        if given["at"] is None:
            return None
        return moment_on(given["on"] + timedelta(days=int(given["next_day"])), given["at"])


class ArrangementForm(forms.Form):
    """Another kind of day or other hours, by the chief."""

    on = DateField(label="日付")
    kind = forms.ChoiceField(label="日の種類", choices=[("", "暦のとおり"), *WorkDay.Kind.choices], required=False)
    pattern = forms.ModelChoiceField(
        WorkPattern.objects.all(), label="この日の勤務時間", required=False, empty_label="部署のふだんのとおり"
    )
    moved_for = DateField(
        label="振り替えた日", required=False, help_text="休みの日を勤務日に振り替えたときに入れます。"
    )


class OrderForm(forms.Form):
    """Overtime that somebody asks to be ordered."""

    on = DateField(label="勤務日", initial=today)
    starts = time_field("始まり", initial=time(17, 15))
    ends = time_field("終わり", help_text=OVER_MIDNIGHT)
    reason = forms.CharField(label="業務の内容", max_length=200)
    afterwards_reason = forms.CharField(
        label="事後になった理由", max_length=200, required=False, help_text="始まった後に申請するときに書きます。"
    )
    special_work = forms.ModelChoiceField(
        SpecialWork.objects.none(), label="特例業務・特別条項", required=False, empty_label="当たらない"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        works = SpecialWork.objects.filter(ends_on__gte=today() - timedelta(days=60))
        self.fields["special_work"].queryset = works  # type: ignore[attr-defined] # the field declared above

    def span(self) -> tuple[datetime, datetime]:
        """Return the beginning and the end."""
        given = self.cleaned_data
        starts = moment_on(given["on"], given["starts"])
        return starts, moment_on(given["on"], given["ends"], given["starts"])


class LeaveForm(forms.Form):
    """Leave that somebody asks for."""

    kind = forms.ModelChoiceField(LeaveKind.objects.filter(ended_on=None), label="種類", to_field_name="code")
    on = DateField(label="日付")
    begins = time_field("始まり", initial=time(8, 30))
    hours = forms.IntegerField(label="時間", min_value=0, max_value=24, initial=7)
    minutes = forms.IntegerField(label="分", min_value=0, max_value=59, initial=45)

    def length(self) -> int:
        """Return the minutes."""
        return int(self.cleaned_data["hours"]) * 60 + int(self.cleaned_data["minutes"])
