"""施設の登録: a group of halls, one hall with its parts, and when they are lent; each as a person writes it down."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.bookings.hall_setup import EXAMPLE, HallDetails
from todoke.bookings.models import Resource, Timetable
from todoke.bookings.permissions import WRITE_USE_RULES
from todoke.design.date_fields import DateField
from todoke.japanese.calendar import today
from todoke.organization.models import Department

KINDS = [(kind, Resource.Kind(kind).label) for kind in ("room", "court")]


class GroupForm(forms.Form):
    """Halls that share their rules, frames and section."""

    department = forms.ModelChoiceField(Department.objects.none(), label="担当部署", empty_label=None)
    name = forms.CharField(
        label="施設群の名称", max_length=100, help_text="同じ利用規則と時間割を使う施設のまとまりです。例: 区民館"
    )
    appeal = forms.CharField(
        label="教示", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="利用の不承認や制限を知らせるときに付ける、審査請求の案内です。",
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [each.pk for each in WRITE_USE_RULES.departments_of(user)]
        rows = Department.objects.all() if WRITE_USE_RULES.held_by(user) else Department.objects.filter(pk__in=mine)
        self.fields["department"].queryset = rows  # type: ignore[attr-defined]


class HallForm(forms.Form):
    """One hall: its name, its parts, how many people it holds."""

    name = forms.CharField(label="施設の名称", max_length=100, help_text="例: 中央区民館 多目的室")
    kind = forms.ChoiceField(label="種類", choices=KINDS)
    address = forms.CharField(label="所在地", max_length=200, required=False)
    capacity = forms.IntegerField(label="全体の定員(人)", min_value=1, max_value=100_000)
    parts = forms.CharField(
        label="分けて貸す区画", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="1行に1つ書きます。例: 東側。分けて貸さないときは、空欄のままにします。",
    )  # fmt: skip
    part_capacity = forms.IntegerField(
        label="区画1つの定員(人)",
        required=False,
        min_value=1,
        max_value=100_000,
        help_text="区画があるときだけ入れます。",
    )
    step_free = forms.BooleanField(label="段差なしで入れる", required=False)
    purposes = forms.CharField(
        label="使いみち", required=False, max_length=200,
        help_text="住民がさがす言葉を「、」で並べます。例: 卓球、ダンス、会議。空欄なら、どの使いみちにも貸します。",
    )  # fmt: skip
    rule_kind = forms.CharField(
        label="規則の区分", required=False, max_length=40,
        help_text="利用規則で「ホール」「会議室」のように分けるときの名です。分けないときは空欄です。",
    )  # fmt: skip

    def details(self) -> HallDetails:
        """Return the hall as it was typed."""
        typed = self.cleaned_data
        parts = tuple(line.strip()[:50] for line in typed["parts"].splitlines() if line.strip())
        return HallDetails(
            typed["name"], typed["kind"], typed["address"], parts, typed["capacity"],
            typed["part_capacity"] or typed["capacity"], typed["step_free"], typed["rule_kind"],
            typed["purposes"],
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Whoever names one part alone is asked: a hall is lent whole, or in two parts or more."""
        cleaned = super().clean() or {}
        if len([line for line in cleaned.get("parts", "").splitlines() if line.strip()]) == 1:
            self.add_error("parts", "区画は2つ以上書いてください。分けないときは、空欄にしてください。")
        return cleaned


class TimetableForm(forms.Form):
    """The frames, the closed days, and from when they hold."""

    starts_on = DateField(label="適用を始める日")
    frames = forms.CharField(
        label="貸し出す区分", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"1行に1つ書きます。例: {EXAMPLE}。曜日で違うときは「夜間、18:00、21:00、月火水」のように足します。",
    )  # fmt: skip
    closed_days = forms.CharField(
        label="休館日", required=False, max_length=200,
        help_text="例: 月曜日(祝日の場合は翌平日)、第3日曜日、12月29日~1月3日。臨時の休みは別に入れます。",
    )  # fmt: skip

    def __init__(self, *args: Any, known: Timetable | None, lines: str, **kwargs: Any) -> None:
        start = {"frames": lines, "closed_days": known.closed_days} if known else {}
        kwargs["initial"] = {"starts_on": today(), **start}
        super().__init__(*args, **kwargs)
