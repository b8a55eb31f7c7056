"""都市計画の確認の入力: an address, or a point copied from a map."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PlaceForm(forms.Form):
    """The place that is asked about; it is looked up and not kept."""

    where = forms.CharField(
        label=_("調べたい場所の住所"), max_length=200,
        help_text=_(
            "例:本町2丁目16番32号。地図アプリで写した緯度と経度(34.8669, 138.3232)でも調べられ、"
            "位置がより確かになります。"
        ),
    )  # fmt: skip
