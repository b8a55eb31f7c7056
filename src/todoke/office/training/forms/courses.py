"""Forms of courses of staff, help sessions and volunteers."""

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.bookings.models import BookableUnit
from todoke.bookings.slots import Span
from todoke.design.date_fields import DateField, DateTimeField
from todoke.design.identifier_field import IdentifierField
from todoke.organization.models import Department
from todoke.procedures.models import Procedure
from todoke.reception.booking_notices import moment
from todoke.workforce.models import DigitalHelper, HelpRecord, StaffCourse, StaffEnrolment
from todoke.workforce.permissions import KEEP_HELP_DESK

MOMENT = {"type": "datetime-local"}


def moment_field(label: str) -> DateTimeField:
    """Return a field for a moment."""
    return DateTimeField(label=label, widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"))


def room_field() -> "forms.ModelChoiceField[BookableUnit]":
    """Return a field for a room whose time is taken as a booking."""
    return forms.ModelChoiceField(
        BookableUnit.objects.select_related("resource"), label="部屋の予約", to_field_name="code", required=False,
        empty_label="予約しない", help_text="選ぶと、施設の予約でこの時間を押さえます。",
    )  # fmt: skip


class CourseForm(forms.Form):
    """A course."""

    code = forms.SlugField(label="コード", max_length=40)
    title = forms.CharField(label="名称", max_length=100)
    purpose = forms.CharField(label="目的", max_length=200)


class SessionForm(forms.Form):
    """A time of a course with its seats."""

    course = forms.ModelChoiceField(StaffCourse.objects.all(), label="研修", to_field_name="code", empty_label=None)
    starts_at, ends_at = moment_field("始まり"), moment_field("終わり")
    place = forms.CharField(label="会場", max_length=100)
    capacity = forms.IntegerField(label="定員", min_value=1, max_value=10_000)
    closes_at = moment_field("申込みの締切")
    members_until = DateField(label="デジタル化推進委員(職員)が先に申し込める日まで", required=False)
    unit = room_field()

    def span(self) -> Span:
        """Return the time."""
        return Span(self.cleaned_data["starts_at"], self.cleaned_data["ends_at"])


class AttendanceForm(forms.Form):
    """What came of a seat."""

    status = forms.ChoiceField(
        label="出席",
        choices=[each for each in StaffEnrolment.Status.choices if each[0] not in {"applied", "withdrawn"}],
    )


class AttendanceTableForm(forms.Form):
    """Who came, as a learning system hands it out."""

    table = forms.FileField(
        label="出欠の表",
        help_text="CSV か Excel。職員番号かメールアドレスの列と、出欠(受講・欠席・修了など)の列を読みます。",
    )


class HelpSessionForm(forms.Form):
    """A session of help."""

    department = forms.ModelChoiceField(
        Department.objects.none(), label="担当部署", to_field_name="code", empty_label=None
    )
    title = forms.CharField(label="名称", max_length=100, initial="スマホよろず相談")
    starts_at, ends_at = moment_field("始まり"), moment_field("終わり")
    place = forms.CharField(label="会場", max_length=100)
    helpers = forms.ModelMultipleChoiceField(
        DigitalHelper.objects.all(), label="国の協力者", to_field_name="token", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    seats = forms.IntegerField(
        label="同時に相談できる人数", min_value=0, max_value=20, initial=1,
        help_text="住民のページで時間を予約できます。0なら、予約なしで来てもらいます。",
    )  # fmt: skip
    minutes = forms.IntegerField(label="一人の時間(分)", min_value=5, max_value=240, initial=20)
    unit = room_field()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = Department.objects.all()
        if not KEEP_HELP_DESK.held_by(user):
            sections = sections.filter(pk__in=[each.pk for each in KEEP_HELP_DESK.departments_of(user)])
        self.fields["department"].queryset = sections  # type: ignore[attr-defined] # the field declared above


class SeatForm(forms.Form):
    """A time at a seat, taken at the counter or the telephone."""

    span = forms.ChoiceField(label="時間")
    name = forms.CharField(label="お名前", max_length=100)
    phone = forms.CharField(label="電話番号", max_length=20, required=False)
    email = forms.EmailField(label="メールアドレス", required=False)
    channel = forms.ChoiceField(
        label="受付の方法", choices=[("counter", "窓口"), ("phone", "電話"), ("paper", "郵送・紙")]
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)

    def __init__(self, *args: Any, slots: Sequence[tuple[Span, int]], **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": secrets.token_urlsafe(16)}
        super().__init__(*args, **kwargs)
        self.spans = {span.start.isoformat(): span for span, _ in slots}
        choices = [(span.start.isoformat(), f"{moment(span.start)} 空き{free}席") for span, free in slots]
        self.fields["span"].choices = choices  # type: ignore[attr-defined] # the field declared above

    def clean_span(self) -> Span:
        """Return the time of a choice."""
        return self.spans[self.cleaned_data["span"]]


class RecordForm(forms.Form):
    """What somebody asked; nobody is named."""

    topic = forms.ChoiceField(label="種類", choices=HelpRecord.Topic.choices)
    number = IdentifierField(
        Procedure.objects.all(), label="手続の番号", to_field_name="number", required=False,
        help_text="手続の相談のときに入れます。",
        error_messages={"invalid_choice": "この番号の手続はありません。手続の台帳で確かめてください。"},
    )  # fmt: skip
    minutes = forms.IntegerField(label="分", min_value=1, max_value=480, initial=15)
    solved = forms.BooleanField(label="解決した", required=False, initial=True)


class HelperForm(forms.Form):
    """A volunteer of the State."""

    name = forms.CharField(label="氏名", max_length=100)
    organisation = forms.CharField(label="所属", max_length=100, required=False)
    appointed_on = DateField(label="任命の日")
    until = DateField(label="任期の終わり", required=False)
    badge_url = forms.URLField(
        label="オープンバッジのアドレス", max_length=300, required=False, assume_scheme="https",
        help_text="国が出したもの。ここでは出しません。",
    )  # fmt: skip
    languages = forms.CharField(label="話せる言語", max_length=100, required=False)
    topics = forms.CharField(label="教えられること", max_length=200, required=False)
    consented_on = DateField(label="連絡の同意の日", required=False)
