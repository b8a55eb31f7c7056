"""さがす言葉: query parameters of the search."""

from django import forms


class SearchForm(forms.Form):
    """Words, life event, whose procedures, and page number."""

    q = forms.CharField(max_length=100, required=False)
    event = forms.SlugField(max_length=30, required=False)
    whose = forms.CharField(max_length=20, required=False)
    page = forms.IntegerField(min_value=1, max_value=200, required=False)
