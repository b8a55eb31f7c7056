"""認証元とグループの対応の入力."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.federation.models import GroupMapping, IdentityProvider
from todoke.organization.models import Post


class ProviderForm(forms.ModelForm[IdentityProvider]):
    """What the provider gave the municipality, and what its word is worth here."""

    secret = forms.CharField(
        label="合言葉", max_length=500, required=False, widget=forms.PasswordInput,
        help_text="証明のしかたが「合言葉」のときだけ入れます。暗号化して保存し、画面には出しません。空けておくと変わりません。",
    )  # fmt: skip

    issuer = forms.CharField(
        label="発行者", max_length=200, help_text="認証元が知らせた発行者を、末尾まで同じに入れます。"
    )

    class Meta:
        model = IdentityProvider
        fields = (
            "slug", "name", "audience", "issuer", "client_id", "client_proof", "algorithms", "scopes", "acr_levels",
            "least_authentication", "sends_issuer", "reads_userinfo", "assertion_to_token_endpoint",
        )  # fmt: skip
        help_texts = {
            "slug": "英字と数字。戻り先のアドレスに使い、登録のあとは変えません。",
            "acr_levels": "1行に「acr 当人認証 身元確認」。書いていないものは、いちばん弱いとみなします。",
            "least_authentication": "1 パスワード、2 二段階の認証、3 マイナンバーカード",
            "algorithms": "公開鍵の方式だけ。例: ES256 RS256",
        }

    def __init__(self, *args: Any, **terms: Any) -> None:
        super().__init__(*args, **terms)
        if self.instance.pk:
            del self.fields["slug"]

    def _post_clean(self) -> None:
        """Leave the row to the verb, which checks it and says what is wrong."""


class MappingForm(forms.Form):
    """A group of the provider and the post that goes with it."""

    value = forms.CharField(label="グループの名", max_length=GroupMapping._meta.get_field("value").max_length or 255)
    post = forms.ModelChoiceField(Post.objects.select_related("department"), label="職位")
    absence_closes = forms.BooleanField(label="いなければログインさせない", required=False, initial=True)


class ArrivalForm(forms.Form):
    """The colleague whom an arrival is joined to."""

    email = forms.EmailField(label="職員のメールアドレス", help_text="職位に就いている職員の、登録済みのアドレス。")

    def clean_email(self) -> User:
        found = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if found is None:
            raise forms.ValidationError("このアドレスの利用者はいません。先に職員を登録してください。")
        return found
