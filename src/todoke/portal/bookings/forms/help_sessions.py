"""スマホよろず相談: which time a person takes, and how the person is reached."""

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from todoke.bookings.slots import Span
from todoke.japanese.calendar import JAPAN


class HelpForm(forms.Form):
    """A time of a session, who comes, and how they are reached."""

    span = forms.ChoiceField(label=_("時間"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("お名前"), max_length=100)
    phone = forms.CharField(
        label=_("電話番号"), max_length=20, required=False, help_text=_("電話番号だけでも予約できます。")
    )
    email = forms.EmailField(
        label=_("メールアドレス"),
        required=False,
        help_text=_("入れると、予約を確かめるメールを送ります。メールがない方は、空のままでかまいません。"),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)

    def __init__(self, *args: Any, slots: Sequence[tuple[Span, int]], **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": secrets.token_urlsafe(16), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.spans = {span.start.isoformat(): span for span, _free in slots}
        choices = [(key, _clock(span)) for key, span in self.spans.items()]
        self.fields["span"].choices = choices  # type: ignore[attr-defined] # the field declared above

    def clean_span(self) -> Span:
        """Return the time of a choice."""
        return self.spans[self.cleaned_data["span"]]


def _clock(span: Span) -> str:
    start, end = timezone.localtime(span.start, JAPAN), timezone.localtime(span.end, JAPAN)
    return f"{start:%H:%M}~{end:%H:%M}"
