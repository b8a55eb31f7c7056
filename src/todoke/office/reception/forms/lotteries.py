"""抽選: what an announcement is made of, the public value of a draw, and an entry by telephone or paper."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.bookings.models import BookableUnit, FacilityGroup, Frame, LotteryItem, Registrant, Timetable
from todoke.bookings.slots import Span
from todoke.design.date_fields import DateField, DateTimeField
from todoke.design.identifier_field import IdentifierField
from todoke.japanese.calendar import today
from todoke.reception.booking_notices import moment

MOST_ITEMS = 2000


def _moment_field(label: str, help_text: str) -> DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return DateTimeField(label=label, widget=widget, help_text=help_text)


class AnnouncementForm(forms.Form):
    """Which times are drawn, when, and which value that nobody chooses joins the seed."""

    title = forms.CharField(label="名称", max_length=100, help_text="住民のページに出ます。例: 中央体育館 2月分")
    units = forms.ModelMultipleChoiceField(
        BookableUnit.objects.none(), label="抽選する施設", to_field_name="code", widget=forms.CheckboxSelectMultiple
    )
    begins = DateField(label="使う日の始まり")
    ends = DateField(label="使う日の終わり")
    frames = forms.MultipleChoiceField(label="区分", widget=forms.CheckboxSelectMultiple)
    closes_at = _moment_field("申込みの締切", "この時刻に一覧が固まり、だれも書き換えられなくなります。")
    draws_at = _moment_field("抽選の日時", "公開値が分かったあとの時刻にします。")
    source = forms.CharField(
        label="公開値の決まり",
        max_length=200,
        help_text="締切のあとに決まる、だれにも選べない値です。例: 12月1日の日経平均株価の終値",
    )
    limit = forms.IntegerField(
        label="1つの登録が当たる数の上限", min_value=0, max_value=100, initial=1, help_text="0にすると、上限なし"
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = [each for each in FacilityGroup.objects.visible_to(user) if each.can_run_lotteries(user)]
        units = BookableUnit.objects.offered(today()).filter(resource__group__in=self.groups)
        self.fields["units"].queryset = units.select_related("resource__group__department").order_by("code")  # type: ignore[attr-defined]
        names = Frame.objects.filter(timetable__group__in=self.groups).order_by("opens").values_list("name", flat=True)
        self.fields["frames"].choices = [(each, each) for each in dict.fromkeys(names)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The units are of one group; the days follow one another and come after the draw."""
        cleaned = super().clean() or {}
        units, begins, ends, draws = (cleaned.get(each) for each in ("units", "begins", "ends", "draws_at"))
        if units and len({unit.resource.group_id for unit in units}) > 1:
            self.add_error("units", "1つの抽選では、同じ利用規則の施設だけを選んでください。")
        if begins and ends and not begins <= ends <= begins + timedelta(days=92):
            self.add_error("ends", "使う日の終わりは、始まりから3か月までの日にしてください。")
        if begins and draws and begins <= draws.date():
            self.add_error("begins", "使う日は、抽選の日より後にしてください。")
        if not self.errors:
            cleaned["items"] = list(self._items(cleaned))[: MOST_ITEMS + 1]
            if not 0 < len(cleaned["items"]) <= MOST_ITEMS:
                self.add_error("frames", f"この条件の枠は、1から{MOST_ITEMS:,}までにしてください。")
        return cleaned

    def _items(self, cleaned: dict[str, Any]) -> Iterator[tuple[BookableUnit, Span]]:
        """Yield every unit in every chosen frame of the days, as the timetables of those days say."""
        units = list(cleaned["units"])
        tables = list(Timetable.objects.filter(group=units[0].resource.group_id).prefetch_related("frames"))
        for day in _days(cleaned["begins"], cleaned["ends"]):
            in_force = next((each for each in tables if each.starts_on <= day), None)
            for frame, span in in_force.spans_on(day) if in_force else ():
                if frame.name in cleaned["frames"]:
                    yield from ((unit, span) for unit in units)


def _days(begins: date, ends: date) -> Iterator[date]:
    while begins <= ends:
        yield begins
        begins += timedelta(days=1)


class DrawForm(forms.Form):
    """The value that was announced and that everybody can look up now."""

    value = forms.CharField(
        label="公開値", max_length=100, help_text="だれもが調べられる値を、そのまま入れます。例: 38,123.45"
    )


class EntryRecordForm(forms.Form):
    """An entry of a registrant that came by telephone, at the counter or on paper."""

    registrant = IdentifierField(
        Registrant.objects.none(), label="登録番号", to_field_name="number",
        error_messages={"invalid_choice": "この登録番号はありません。登録証を確かめてください。"},
    )  # fmt: skip
    items = forms.MultipleChoiceField(label="申し込む枠", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, items: list[LotteryItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["registrant"].queryset = Registrant.objects.valid(today())  # type: ignore[attr-defined]
        self.known = {each.code: each for each in items}
        choices = [(each.code, f"{each.unit} {_span(each.starts_at, each.ends_at)}") for each in items]
        self.fields["items"].choices = choices  # type: ignore[attr-defined] # the field declared above

    def wanted(self) -> list[LotteryItem]:
        """Return the chosen times."""
        return [self.known[code] for code in self.cleaned_data["items"]]


def _span(start: datetime, end: datetime) -> str:
    return f"{moment(start)}~{moment(end)[-5:]}"
