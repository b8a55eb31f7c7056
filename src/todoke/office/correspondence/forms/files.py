"""Form of a file link: file, recipient, and days until it expires."""

from django import forms

from todoke.notices.file_links import MAX_DAYS


class FileLinkForm(forms.Form):
    """File, recipient and validity in days."""

    name = forms.CharField(label="相手の名前", max_length=100, help_text="団体と担当者の名前。")
    email = forms.EmailField(label="相手のメールアドレス")
    file = forms.FileField(label="ファイル", help_text="メールで送れない大きさのファイルも渡せます。")
    note = forms.CharField(label="ことば", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    days = forms.IntegerField(label="受け取れる日数", min_value=1, max_value=MAX_DAYS, initial=7)
