"""Form of a national procedure code: which procedure here it means."""

from typing import Any

from django import forms

from todoke.offers.models import Offer, Release


class OfferWithDepartment(forms.ModelChoiceField[Offer]):
    """A choice of offers by procedure and department."""

    def label_from_instance(self, obj: Offer) -> str:
        """Return how an offer is told apart."""
        return f"{obj.procedure.title}({obj.department.name})"


class NationalOfferForm(forms.Form):
    """The procedure here that a code means."""

    use_required_attribute = False
    offer = OfferWithDepartment(
        Offer.objects.none(), label="こちらの手続", empty_label="選んでください",
        help_text="有効な公開版のある手続から選びます。決めたあとで、担当部署の職員が項目の行き先を決めます。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["offer"]
        assert isinstance(field, forms.ModelChoiceField)
        open_offers = Offer.objects.filter(pk__in=Release.objects.in_force().values("offer"))
        field.queryset = open_offers.select_related("procedure", "department").order_by("procedure__title")
