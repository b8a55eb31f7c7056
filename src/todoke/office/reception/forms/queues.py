"""番号札: what a queue is made of, and at which window somebody sits."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.organization.models import Department
from todoke.reception.models import QueueDetails, TicketQueue


def _time_field(label: str) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class QueueForm(forms.Form):
    """Windows, hours and the limit of one queue."""

    name = forms.CharField(label="名称", max_length=60, help_text="住民のページに出ます。例: 住民異動の窓口")
    windows = forms.IntegerField(label="窓口の数", min_value=1, max_value=50, initial=1)
    opens = _time_field("番号札を出す時間の始まり")
    closes = _time_field("番号札を出す時間の終わり")
    most_a_day = forms.IntegerField(label="1日に出す番号の上限", min_value=1, max_value=5000, initial=300)

    def __init__(self, *args: Any, queue: TicketQueue | None = None, **kwargs: Any) -> None:
        if queue is not None:
            kwargs["initial"] = {name: getattr(queue, name) for name in QueueDetails.__dataclass_fields__}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The end follows the beginning."""
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and opens >= closes:
            self.add_error("closes", "終わりは、始まりより後にしてください。")
        return cleaned

    def details(self) -> QueueDetails:
        """Return what was typed."""
        return QueueDetails(**{name: self.cleaned_data[name] for name in QueueDetails.__dataclass_fields__})


class NewQueueForm(QueueForm):
    """A queue and the section whose counter it is."""

    department = forms.ModelChoiceField(Department.objects.none(), label="担当部署", empty_label=None)
    field_order = ("department", "name")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [each.pk for each in MANAGE_BOOKINGS.departments_of(user)]
        self.fields["department"].queryset = Department.objects.filter(pk__in=mine)  # type: ignore[attr-defined]


class WindowForm(forms.Form):
    """The number of a window."""

    window = forms.IntegerField(label="窓口", min_value=1)

    def __init__(self, *args: Any, windows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.windows = windows

    def clean_window(self) -> int:
        """Return a window that the queue has."""
        window: int = self.cleaned_data["window"]
        if window > self.windows:
            raise forms.ValidationError(f"窓口は{self.windows}番までです。")
        return window


class TicketForm(forms.Form):
    """The number that was called."""

    number = forms.IntegerField(label="番号", min_value=1, max_value=99_999)
