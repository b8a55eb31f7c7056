"""自治体の表示の入力."""

from typing import Any

from django import forms

from todoke.design.colours import is_colour
from todoke.design.municipality import LINKS
from todoke.installation.appearance import read_logo
from todoke.runtime.refusals import Unreadable

KEEP, REMOVE = "keep", "remove"


class AppearanceForm(forms.Form):
    """Name, logo, colour, and a link of each kind."""

    use_required_attribute = False
    name = forms.CharField(label="自治体の名前", max_length=40, help_text="どのページとメールにも出ます。例: みらい区")
    logo = forms.FileField(
        label="ロゴ(PNG・JPEG・WebP)", required=False,
        help_text="名前の左に出ます。高さ40ピクセルに縮めて出します。選ばなければ、いまのままです。",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )  # fmt: skip
    without_logo = forms.BooleanField(label="ロゴを出さない", required=False)
    accent = forms.CharField(
        label="色", max_length=7, required=False,
        help_text="ボタンとリンクの色を、# と6けたで書きます(例: #00695c)。読みにくい色は使えません。空けると青です。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in LINKS.items():
            self.fields[f"link_{kind}"] = forms.URLField(
                label=f"{label}のアドレス", required=False, max_length=300, assume_scheme="https"
            )

    def clean_accent(self) -> str:
        written = str(self.cleaned_data["accent"]).strip().lower()
        if written and not is_colour(written):
            raise forms.ValidationError("色は # と6けたの英数字(0から9、aからf)で書いてください。")
        return written

    def clean_logo(self) -> tuple[bytes, str] | None:
        file = self.cleaned_data["logo"]
        try:
            return read_logo(file.read()) if file else None
        except Unreadable as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def facts(self) -> dict[str, Any]:
        """Return what is published."""
        given = self.cleaned_data
        logo = (b"", "") if given["without_logo"] else given["logo"]
        links = {kind: given[f"link_{kind}"] for kind in LINKS}
        return {"name": given["name"], "accent": given["accent"], "links": links, "logo": logo}
