"""休館: which hall is shut from when until when; the reason follows when the person has seen whom it hits."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.bookings.models import FacilityGroup, Resource
from todoke.bookings.slots import Span
from todoke.design.date_fields import DateTimeField


def _moment_field(label: str) -> DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return DateTimeField(label=label, widget=widget)


class ClosureSpanForm(forms.Form):
    """A hall of the person's own, and a time."""

    resource = forms.ModelChoiceField(Resource.objects.none(), label="施設", to_field_name="code", empty_label=None)
    begins = _moment_field("始まり")
    ends = _moment_field("終わり")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        halls = Resource.objects.filter(group__in=FacilityGroup.objects.visible_to(user), ended_on=None)
        self.fields["resource"].queryset = halls.select_related("department")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The end follows the beginning."""
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and begins >= ends:
            self.add_error("ends", "終わりは、始まりより後にしてください。")
        return cleaned

    @property
    def span(self) -> Span:
        """The time in which the hall is shut."""
        return Span(self.cleaned_data["begins"], self.cleaned_data["ends"])


class ClosureReasonForm(forms.Form):
    """Why; and how many bookings the person was shown."""

    reason = forms.CharField(
        label="休館の理由", max_length=80, help_text="住民のページと、予約した人へのメールに出ます。例: 停電のため"
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
