"""Form of the letter list."""

from django import forms

from todoke.offers.models import Offer

VIEWS = {"ready": "これから発送", "posted": "発送済み", "returned": "返戻"}


class LetterFilter(forms.Form):
    """Which letters are listed."""

    use_required_attribute = False
    view = forms.ChoiceField(choices=VIEWS.items(), required=False, widget=forms.HiddenInput)
    q = forms.CharField(label="受付番号・氏名", max_length=100, required=False)
    offer = forms.ModelChoiceField(
        Offer.objects.select_related("procedure"), label="手続", required=False, to_field_name="code",
        empty_label="すべて",
    )  # fmt: skip
