"""予約の受付: what is typed at the telephone and the counter; the rules are those of the residents' page."""

import secrets
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from todoke.accounts.models import User
from todoke.bookings.models import BookableUnit, Booking, FacilityGroup, Frame, Registrant, Resource
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.design.date_fields import DateField
from todoke.design.identifier_field import IdentifierField
from todoke.japanese.calendar import JAPAN, format_date, today
from todoke.reception.facility_grid import FREE, free_frames
from todoke.reception.models import Visit, VisitPurpose
from todoke.reception.staff_holds import LABELS
from todoke.reception.visits.visit_slots import days_with_room

FURTHEST = timedelta(days=730)
SHOWN_DAYS = 10
CHANNELS = [each for each in Booking.Channel.choices if each[0] in {"phone", "counter", "paper"}]


class CallingOffForm(forms.Form):
    """Why the office ends a booking; the person reads it."""

    reason = forms.CharField(label="中止する理由", max_length=200, help_text="予約した人へのメールとページに出ます。")


class PurposeForm(forms.Form):
    """What somebody at the telephone comes for, how, and with whose help; the free times follow."""

    purpose = forms.ModelChoiceField(VisitPurpose.objects.none(), label="用件", to_field_name="code", empty_label=None)
    mode = forms.ChoiceField(label="方法", choices=Visit.Mode, required=False)
    language = forms.ChoiceField(label="通訳", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [each.pk for each in MANAGE_BOOKINGS.departments_of(user)]
        self.rows = VisitPurpose.objects.filter(department__in=mine, ended_on=None).prefetch_related("periods")
        self.fields["purpose"].queryset = self.rows.select_related("department")  # type: ignore[attr-defined]
        skills = Resource.objects.filter(kind=Resource.Kind.INTERPRETER, ended_on=None).exclude(skill="")
        names = skills.order_by("skill").values_list("skill", flat=True).distinct()
        self.fields["language"].choices = [("", "いらない"), *((each, each) for each in names)]  # type: ignore[attr-defined]
        self.fields["purpose"].widget.attrs["autofocus"] = not self.is_bound

    def clean(self) -> dict[str, Any]:
        """The purpose is received by the chosen mode; without one, by its first."""
        cleaned = super().clean() or {}
        if purpose := cleaned.get("purpose"):
            modes = purpose.modes.split()
            cleaned["mode"] = cleaned.get("mode") or modes[0]
            if cleaned["mode"] not in modes:
                names = "、".join(Visit.Mode(each).label for each in modes)
                self.add_error("mode", f"この用件は、{names}で受けています。")
        return cleaned


class VisitEntryForm(forms.Form):
    """A visit, taken at the telephone, the counter or from paper."""

    start = forms.ChoiceField(label="日時")
    name = forms.CharField(label="お名前", max_length=100)
    phone = forms.CharField(label="電話番号", max_length=20, required=False)
    channel = forms.ChoiceField(label="受付の方法", choices=CHANNELS)
    email = forms.EmailField(label="メールアドレス", required=False)
    wheelchair = forms.BooleanField(label="車いす", required=False)
    writing = forms.BooleanField(label="筆談", required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)

    def __init__(self, *args: Any, purpose: VisitPurpose, mode: str, language: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": secrets.token_urlsafe(16)}
        super().__init__(*args, **kwargs)
        days = days_with_room(purpose, SHOWN_DAYS, mode=mode, language=language)
        self.spans = {span.start.isoformat(): span for _, spans in days for span in spans}
        choices = [(key, _words(span.start)) for key, span in self.spans.items()]
        self.fields["start"].choices = choices  # type: ignore[attr-defined] # the field declared above
        self.fields["start"].widget.attrs["autofocus"] = True


def _words(instant: Any) -> str:
    at = timezone.localtime(instant, JAPAN)
    return f"{format_date(at.date())} {at:%H:%M}"


class UnitDayForm(forms.Form):
    """A hall of the person's own, and a day; the frames of that day follow with what is free."""

    unit = forms.ModelChoiceField(BookableUnit.objects.none(), label="施設", to_field_name="code", empty_label=None)
    day = DateField(label="使う日")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = FacilityGroup.objects.visible_to(user)
        units = BookableUnit.objects.offered(today()).filter(resource__group__in=groups)
        units = units.select_related("resource__group__department").prefetch_related("parts").order_by("code")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined] # the field declared above

    def clean_day(self) -> date:
        """Return a day to come."""
        day: date = self.cleaned_data["day"]
        if not today() <= day <= today() + FURTHEST:
            raise forms.ValidationError("きょうから2年先までの日にしてください。")
        return day

    def frames(self) -> list[tuple[Frame, str]]:
        """Return the frames of the day with their state in words."""
        return free_frames(self.cleaned_data["unit"], [self.cleaned_data["day"]])[0][1]


class FrameForm(forms.Form):
    """A free frame of the hall and day that were chosen before."""

    frame = forms.ChoiceField(label="時間", widget=forms.RadioSelect)

    def __init__(self, *args: Any, chosen: UnitDayForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(frame.pk): frame for frame, state in chosen.frames() if state == FREE}
        choices = [(key, str(frame)) for key, frame in self.known.items()]
        self.fields["frame"].choices = choices  # type: ignore[attr-defined] # the field declared above
        self.initial.setdefault("frame", choices[0][0] if choices else "")

    def clean_frame(self) -> Frame:
        """Return the frame."""
        return self.known[self.cleaned_data["frame"]]


class UseEntryForm(FrameForm):
    """A use of a hall for a registrant, by its number."""

    registrant = IdentifierField(
        Registrant.objects.none(), label="登録番号", to_field_name="number",
        error_messages={"invalid_choice": "この登録番号はありません。登録証を確かめてください。"},
    )  # fmt: skip
    channel = forms.ChoiceField(label="受付の方法", choices=CHANNELS)
    purpose = forms.CharField(label="使う目的", max_length=100)
    people = forms.IntegerField(label="人数", min_value=1, max_value=10_000)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)

    def __init__(self, *args: Any, chosen: UnitDayForm, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": secrets.token_urlsafe(16), **kwargs.get("initial", {})}
        super().__init__(*args, chosen=chosen, **kwargs)
        self.fields["registrant"].queryset = Registrant.objects.valid(today())  # type: ignore[attr-defined]


class HoldForm(FrameForm):
    """A hold by staff; label and reason stand on the residents' page."""

    label = forms.ChoiceField(label="名目", choices=[(each, each) for each in LABELS])
    reason = forms.CharField(label="理由", max_length=80, help_text="住民のページに出ます。")
