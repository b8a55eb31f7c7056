"""講座: what a class is made of, and an enrolment that came by telephone, at the counter or on paper."""

import secrets
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.bookings.models import CourseFee, Enrolment
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.bookings.slots import Span
from todoke.design.date_fields import DateField, DateTimeField
from todoke.office.reception.forms.bookings import CHANNELS
from todoke.organization.models import Department


class CourseForm(forms.Form):
    """One class: when, where, for how many, and until when people enrol."""

    department = forms.ModelChoiceField(Department.objects.none(), label="担当部署", empty_label=None)
    title = forms.CharField(label="名称", max_length=100, help_text="住民のページに出ます。例: はじめてのスマホ教室")
    place = forms.CharField(label="会場", max_length=100)
    day = DateField(label="日")
    opens = forms.TimeField(label="始まり", widget=forms.TimeInput(attrs={"type": "time"}))
    closes = forms.TimeField(label="終わり", widget=forms.TimeInput(attrs={"type": "time"}))
    capacity = forms.IntegerField(label="定員", min_value=1, max_value=2000)
    closes_at = DateTimeField(
        label="申込みの締切",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    fee_yen = forms.IntegerField(
        label="受講料(円、1人あたり)",
        min_value=0,
        max_value=1_000_000,
        initial=0,
        help_text="無料の講座は0のままにします。",
    )
    refund_until = DateField(
        label="受講料を返す期限",
        required=False,
        help_text="この日までの辞退には全額を返します。空欄なら、申込みの締切の日までです。",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [each.pk for each in MANAGE_BOOKINGS.departments_of(user)]
        self.fields["department"].queryset = Department.objects.filter(pk__in=mine)  # type: ignore[attr-defined]

    @property
    def span(self) -> Span:
        """The time of the class."""
        typed = self.cleaned_data
        return Span.on(typed["day"], typed["opens"], typed["closes"])

    @property
    def fee(self) -> CourseFee:
        """What a seat costs."""
        return CourseFee(self.cleaned_data["fee_yen"], self.cleaned_data["refund_until"])


class EnrolmentEntryForm(forms.Form):
    """An enrolment as it is told or written; the telephone number is enough."""

    name = forms.CharField(label="お名前", max_length=100)
    phone = forms.CharField(label="電話番号", max_length=20, required=False)
    seats = forms.IntegerField(label="人数", min_value=1, max_value=5, initial=1, help_text="付き添いの人も数えます。")
    channel = forms.ChoiceField(label="受付の方法", choices=CHANNELS)
    email = forms.EmailField(
        label="メールアドレス", required=False, help_text="ないときは、電話かはがきで知らせる一覧に入ります。"
    )
    needs = forms.CharField(label="配慮", max_length=200, required=False)
    age_band = forms.ChoiceField(
        label="年代", choices=[("", "聞いていない"), *Enrolment.AgeBand.choices], required=False,
        help_text="講座の効果を数えるためです。5人未満の数は出しません。",
    )  # fmt: skip
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": secrets.token_urlsafe(16), "seats": 1}
        super().__init__(*args, **kwargs)
