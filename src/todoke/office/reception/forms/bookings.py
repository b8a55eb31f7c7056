"""予約の受付: what is typed at the telephone and the counter; the rules are those of the residents' page."""

import secrets
from typing import Any

from django import forms
from django.utils import timezone

from todoke.accounts.models import User
from todoke.bookings.models import BookableUnit, Booking, FacilityGroup, Frame, Registrant
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.japanese.calendar import JAPAN, format_date, today
from todoke.reception.models import VisitPurpose
from todoke.reception.staff_holds import LABELS
from todoke.reception.visit_slots import days_with_room

CHANNELS = [each for each in Booking.Channel.choices if each[0] in {"phone", "counter", "paper"}]


class CallingOffForm(forms.Form):
    """Why the office ends a booking; the person reads it."""

    reason = forms.CharField(label="中止する理由", max_length=200, help_text="予約した人へのメールとページに出ます。")


class PurposeForm(forms.Form):
    """What somebody at the telephone comes for; the free times follow."""

    purpose = forms.ModelChoiceField(VisitPurpose.objects.none(), label="用件", to_field_name="code", empty_label=None)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [each.pk for each in MANAGE_BOOKINGS.departments_of(user)]
        rows = VisitPurpose.objects.filter(department__in=mine, ended_on=None).prefetch_related("periods")
        self.fields["purpose"].queryset = rows  # type: ignore[attr-defined] # the field declared above


class VisitEntryForm(forms.Form):
    """A visit, taken at the telephone, the counter or from paper."""

    start = forms.ChoiceField(label="日時")
    channel = forms.ChoiceField(label="受付の方法", choices=CHANNELS)
    name = forms.CharField(label="お名前", max_length=100)
    phone = forms.CharField(label="電話番号", max_length=20, required=False)
    email = forms.EmailField(label="メールアドレス", required=False)
    wheelchair = forms.BooleanField(label="車いす", required=False)
    writing = forms.BooleanField(label="筆談", required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)

    def __init__(self, *args: Any, purpose: VisitPurpose, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": secrets.token_urlsafe(16)}
        super().__init__(*args, **kwargs)
        self.spans = {
            span.start.isoformat(): span
            for _, spans in days_with_room(purpose, 5, mode=purpose.modes.split()[0])
            for span in spans
        }
        choices = [(key, _words(span.start)) for key, span in self.spans.items()]
        self.fields["start"].choices = choices  # type: ignore[attr-defined] # the field declared above


def _words(instant: Any) -> str:
    at = timezone.localtime(instant, JAPAN)
    return f"{format_date(at.date())} {at:%H:%M}"


class UnitForm(forms.Form):
    """A hall, a day and a frame of the person's own facilities."""

    unit = forms.ModelChoiceField(BookableUnit.objects.none(), label="施設", to_field_name="code", empty_label=None)
    day = forms.DateField(label="使う日", widget=forms.DateInput(attrs={"type": "date"}))
    frame = forms.ModelChoiceField(Frame.objects.none(), label="区分", empty_label=None)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = FacilityGroup.objects.visible_to(user)
        units = BookableUnit.objects.offered(today()).filter(resource__group__in=groups)
        self.fields["unit"].queryset = units.select_related("resource__group__department")  # type: ignore[attr-defined]
        frames = Frame.objects.filter(timetable__group__in=groups).select_related("timetable")
        self.fields["frame"].queryset = frames  # type: ignore[attr-defined] # the field declared above
        names = [(each.pk, f"{'月火水木金土日'[each.weekday]}曜 {each}") for each in frames]
        self.fields["frame"].choices = names  # type: ignore[attr-defined] # the field declared above

    def clean(self) -> dict[str, Any]:
        """The frame belongs to the weekday of the day."""
        cleaned = super().clean() or {}
        day, frame = cleaned.get("day"), cleaned.get("frame")
        if day and frame and (frame.weekday != day.weekday() or not today() <= day):
            self.add_error("frame", "これからの日と、その曜日の区分を選んでください。")
        return cleaned


class UseEntryForm(UnitForm):
    """A use of a hall for a registrant, by its number."""

    registrant = forms.ModelChoiceField(
        Registrant.objects.none(), label="登録番号", to_field_name="number", widget=forms.TextInput,
        error_messages={"invalid_choice": "この登録番号はありません。登録証を確かめてください。"},
    )  # fmt: skip
    channel = forms.ChoiceField(label="受付の方法", choices=CHANNELS)
    purpose = forms.CharField(label="使う目的", max_length=100)
    people = forms.IntegerField(label="人数", min_value=1, max_value=10_000)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": secrets.token_urlsafe(16)}
        super().__init__(*args, user=user, **kwargs)
        self.fields["registrant"].queryset = Registrant.objects.valid(today())  # type: ignore[attr-defined]


class HoldForm(UnitForm):
    """A hold by staff; label and reason stand on the residents' page."""

    label = forms.ChoiceField(label="名目", choices=[(each, each) for each in LABELS])
    reason = forms.CharField(label="理由", max_length=80, help_text="住民のページに出ます。")
