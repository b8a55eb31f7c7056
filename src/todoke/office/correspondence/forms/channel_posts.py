"""掲出の入力: a public text, why a held one may go out, and the decision that opens LINE."""

from django import forms

from todoke.design.identifier_field import IdentifierTextField
from todoke.notices.models.channel_post import LONGEST


class ChannelPostForm(forms.Form):
    """A text for everybody who follows the account."""

    text = forms.CharField(
        label="本文", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="だれが読んでもよいことだけを書きます。名前、住所、個人の電話番号があると、ほかの人が確かめるまで出ません。",
    )  # fmt: skip


class ReleaseForm(forms.Form):
    """Why a text that was stopped may go out."""

    reason = forms.CharField(label="送ってよい理由", max_length=200)


class ChannelSwitchForm(forms.Form):
    """The number of the approved proposal by which LINE is used."""

    proposal = IdentifierTextField(
        label="決裁の起案番号", max_length=20, help_text="LINEを使うことを決めた、決裁済みの起案の番号です。"
    )
