"""見本の入力欄: one field of every kind, for the component gallery."""

from django import forms

from todoke.design.date_fields import DateField


class EveryField(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="氏名", help_text="戸籍のとおりに入力してください。𠮷や髙もそのまま使えます。")
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    ward = forms.ChoiceField(label="お住まいの地域", choices=[("", "選んでください"), ("1", "中央"), ("2", "緑町")])
    way = forms.ChoiceField(
        label="受け取り方", choices=[("post", "郵送"), ("counter", "窓口")], widget=forms.RadioSelect
    )
    papers = forms.MultipleChoiceField(
        label="必要な書類",
        choices=[("all", "世帯全員の写し"), ("one", "本人だけの写し")],
        widget=forms.CheckboxSelectMultiple,
    )
    moved_on = DateField(label="引っ越した日", widget=forms.DateInput(attrs={"type": "date"}))
    copies = forms.IntegerField(label="通数", min_value=1, widget=forms.NumberInput)
    proof = forms.FileField(label="本人確認書類", help_text="PDFまたは写真。10MBまで。", required=False)
    agreed = forms.BooleanField(label="内容に間違いがないことを確かめました")
