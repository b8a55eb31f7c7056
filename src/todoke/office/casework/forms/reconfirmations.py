"""Form of a reconfirmation round: granted service, service to apply with, year, deadline."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from todoke.design.bound_choices import set_queryset
from todoke.design.date_fields import DateField
from todoke.japanese.calendar import today
from todoke.offers.models import Offer


class RoundForm(forms.Form):
    """A new round."""

    source = forms.ModelChoiceField(
        Offer.objects.none(), label="もとの手続", help_text="この手続で認められた人にたずねます。", to_field_name="code"
    )
    offer = forms.ModelChoiceField(
        Offer.objects.none(),
        label="現況届の手続",
        help_text="答えを受け付ける手続。もとの手続と同じでもかまいません。",
        to_field_name="code",
    )
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2999, help_text="西暦")
    due_on = DateField(label="提出期限", widget=forms.DateInput({"type": "date"}))

    asked_anew = forms.BooleanField(
        label="足りない答えは、あらためて聞く",
        required=False,
        help_text="もとの手続に答えがない設問があるときだけ印を付けます。「変わりなし」の一押しでは終わらなくなります。",
    )

    def __init__(self, *args: Any, offers: QuerySet[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "offer"):
            set_queryset(self, name, offers)
        self.fields["year"].initial = today().year
