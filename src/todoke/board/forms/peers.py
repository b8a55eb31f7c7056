"""他自治体の数値の入力欄."""

from django import forms


class PeersForm(forms.Form):
    """他自治体の数値の取込"""

    file = forms.FileField(
        label="CSVファイル",
        help_text="見出しは 自治体、割合の種類、期間、基準日、分子、分母、値、定義、出典、写した日 です。",
    )
