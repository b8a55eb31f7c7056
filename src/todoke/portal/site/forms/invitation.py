"""はじめのパスワードの入力."""

from typing import Any

from django import forms

PLAIN = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class FirstPasswordForm(forms.Form):
    """A first password, typed twice."""

    use_required_attribute = False
    password = forms.CharField(
        label="パスワード", max_length=200, strip=False, widget=PLAIN,
        help_text="8文字以上。ほかで使っていないものにしてください。",
    )  # fmt: skip
    again = forms.CharField(label="パスワード(もう一度)", max_length=200, strip=False, widget=PLAIN)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", "二つのパスワードが違います。同じものをもう一度入れてください。")
        return given
