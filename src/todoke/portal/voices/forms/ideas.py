"""お題: the form of an idea, without an account."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from todoke.cases.models.tokens import new_token
from todoke.voices.models.challenge import BANDS
from todoke.voices.models.idea import LONGEST


class IdeaForm(forms.Form):
    """What, where, with a photo or without, how old, and nothing else."""

    text = forms.CharField(
        label=_("あなたの考え"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("400文字まで。名前や電話番号は書かないでください。読んで確かめてから、みんなに見せます。"),
        error_messages={"required": _("考えを書いてください。")},
    )  # fmt: skip
    place = forms.CharField(
        label=_("どこのことですか"),
        max_length=100,
        required=False,
        help_text=_("例:駅の北口。書かなくてもかまいません。"),
    )
    photo = forms.FileField(
        label=_("写真"), required=False, widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
        help_text=_("1枚まで。JPEG か PNG。撮った場所や日時は消します。人の顔や車の番号が写らないようにしてください。"),
    )  # fmt: skip
    photo_words = forms.CharField(
        label=_("写真に何が写っていますか"), max_length=200, required=False,
        help_text=_("写真を付けたときに書きます。写真が見えない人にも伝わります。"),
    )  # fmt: skip
    age = forms.ChoiceField(
        label=_("年代"), required=False, choices=[("", _("答えない")), *((band, _(band)) for band in BANDS)],
        help_text=_("考えとは別に数えます。だれの考えかは分かりません。"),
    )  # fmt: skip
    area = forms.CharField(label=_("住んでいる地域"), max_length=50, required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False, initial=new_token)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("photo") and not found.get("photo_words"):
            self.add_error("photo_words", _("写真に何が写っているかを書いてください。"))
        return found

    def facts(self) -> dict[str, Any]:
        """Return what is kept of the idea."""
        file: UploadedFile[bytes] | None = self.cleaned_data["photo"]
        kept = {key: self.cleaned_data[key] for key in ("text", "place", "photo_words", "token")}
        return {**kept, "photo": file.read() if file else b""}
