"""さがす言葉の入力: forms of a synonym, a plain name and a referral."""

from typing import Any

from django import forms

from todoke.guidance.models import PlainName, Referral, Synonym


class SynonymForm(forms.ModelForm[Synonym]):
    """What residents say, and the office's words for it."""

    class Meta:
        model = Synonym
        fields = ("said", "means")


class PlainNameForm(forms.ModelForm[PlainName]):
    """What people call a procedure."""

    class Meta:
        model = PlainName
        fields = ("title", "plain", "easy", "english", "asked")


class ReferralForm(forms.ModelForm[Referral]):
    """Where to go with what is not in the inventory."""

    url = forms.URLField(label="ホームページ", required=False, assume_scheme="https")

    class Meta:
        model = Referral
        fields = ("title", "said", "ours", "place", "asked", "note", "easy", "english", "phone", "url", "source")


FORMS: dict[str, type[forms.ModelForm[Any]]] = {
    "synonyms": SynonymForm,
    "plain-names": PlainNameForm,
    "referrals": ReferralForm,
}
