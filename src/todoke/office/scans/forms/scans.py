"""Forms of scanned paper: a batch, its count, its pictures, and where a sheet belongs."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.design.date_fields import DateTimeField
from todoke.scans.models import ScanBatch, ScanTemplate

AT_ONCE = 20


class BatchForm(forms.Form):
    """A batch: which form, how it came, how many pages somebody counted, and when the paper was received."""

    template = forms.ModelChoiceField(ScanTemplate.objects.none(), label="どの様式の紙か", to_field_name="pk")
    channel = forms.ChoiceField(label="届き方", choices=ScanBatch.Channel.choices, widget=forms.RadioSelect)
    claimed = forms.IntegerField(
        label="紙の枚数", min_value=1, max_value=1000,
        help_text="スキャンの前に手で数えた枚数です。届いた画像の数と合うまで、完了にできません。",
    )  # fmt: skip
    received_at = DateTimeField(
        label="受け付けた日時",
        help_text="受付印の日時です。案件の受付日になります。",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    is_baseline = forms.BooleanField(
        label="読取りを使わずに入力し、時間を測る",
        help_text="手入力にかかる時間が、読取りで減った時間を計算する基準になります。",
        required=False,
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        templates = ScanTemplate.objects.visible_to(user).select_related("department")
        self.fields["template"].queryset = templates  # type: ignore[attr-defined] # of a model's choices


class CountForm(forms.Form):
    """The counted pages, and the seconds for scanning and sorting."""

    claimed = forms.IntegerField(label="紙の枚数", min_value=1, max_value=1000)
    handling_minutes = forms.FloatField(
        label="スキャンと仕分けにかかった分", min_value=0, max_value=600, required=False,
        help_text="この束の全部についてです。減った時間の計算から引きます。",
    )  # fmt: skip

    def terms(self) -> tuple[int, int]:
        """Return the pages and the seconds."""
        return self.cleaned_data["claimed"], round(60 * (self.cleaned_data["handling_minutes"] or 0))


class PlaceForm(forms.Form):
    """Which page of which application a sheet is."""

    application = forms.IntegerField(label="何件目", min_value=1, max_value=1000)
    page = forms.IntegerField(label="ページ", min_value=1, max_value=12)
