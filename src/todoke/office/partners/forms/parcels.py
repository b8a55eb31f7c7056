"""Forms of the hand-over: with whom, what a person brings, and the code that stands for a receipt."""

from django import forms
from django.conf import settings

from todoke.integrations.models import HandoverLine


class LineForm(forms.ModelForm[HandoverLine]):
    """A line: its name, which is the same on both sides, and the other side."""

    peer = forms.ChoiceField(label="相手", help_text="鍵を電話で確かめて、運用者が取り込んだ相手から選びます。")

    class Meta:
        model = HandoverLine
        fields = ("name", "peer", "sanitised_by", "only_sanitised")
        help_texts = {
            "name": "例: 戸籍の申請。相手の届けでも、同じ名前で登録します。",
            "sanitised_by": "こちらで受けた書類を、保存する前に無害化しているときだけ、製品の名前を書きます。",
            "only_sanitised": "LGWAN の側で選びます。無害化していない書類が一つでもあれば、便を受け取りません。",
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # handed on as they are
        peer = self.fields["peer"]
        assert isinstance(peer, forms.ChoiceField)
        peer.choices = [("", "選んでください"), *((name, name) for name in sorted(settings.PEERS))]


class ParcelFileForm(forms.Form):
    """A parcel that a person brings."""

    use_required_attribute = False
    parcel = forms.FileField(
        label="便のファイル", help_text="相手の届けから受け取った .zip のファイル。中を開かず、そのまま選びます。",
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )  # fmt: skip


class ReceiptFileForm(forms.Form):
    """A receipt that came back as a file."""

    use_required_attribute = False
    receipt = forms.FileField(
        label="受領書のファイル", help_text="相手の届けから受け取った .json のファイル。",
        widget=forms.ClearableFileInput(attrs={"accept": ".json"}),
    )  # fmt: skip


class ReceiptCodeForm(forms.Form):
    """A receipt that came back as 20 characters."""

    use_required_attribute = False
    code = forms.CharField(
        label="受領の番号", max_length=40, help_text="相手の画面に出る20文字。例: ABCDE-FGHJK-LMNPQ-RSTUV",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
