"""番号札: at which window somebody sits."""

from typing import Any

from django import forms


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
