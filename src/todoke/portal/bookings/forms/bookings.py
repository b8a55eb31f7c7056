"""予約: the forms of a visit, of a search for a hall, of a use of it, and of an entry in a draw."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from todoke.bookings.models import LotteryItem, Registrant, Resource
from todoke.portal.bookings.span_words import span_in_words

MODES = {
    "desk": _("窓口に来る"),
    "video": _("オンラインで話す"),
    "phone": _("電話で話す"),
    "home": _("自宅に来てもらう"),
}


class NeedsForm(forms.Form):
    """How a person wants to be received; asked with the free times, and changed with one press."""

    mode = forms.ChoiceField(label=_("方法"))
    language = forms.ChoiceField(label=_("通訳"), required=False)

    def __init__(self, *args: Any, modes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        skills = Resource.objects.filter(kind=Resource.Kind.INTERPRETER, ended_on=None).exclude(skill="")
        offered = skills.order_by("skill").values_list("skill", flat=True).distinct()
        self.fields["mode"].choices = [(each, MODES[each]) for each in modes]  # type: ignore[attr-defined]
        languages = [("", _now("いらない")), *((each, each) for each in offered)]
        self.fields["language"].choices = languages  # type: ignore[attr-defined] # the field declared above


class VisitForm(forms.Form):
    """Who comes, and how they are reached."""

    name = forms.CharField(label=_("お名前"), max_length=100)
    email = forms.EmailField(
        label=_("メールアドレス"),
        required=False,
        help_text=_("予約を確かめるメールを送ります。電話だけでも予約できます。"),
    )
    phone = forms.CharField(label=_("電話番号"), max_length=20, required=False)
    wheelchair = forms.BooleanField(label=_("車いすで行きます"), required=False)
    writing = forms.BooleanField(label=_("筆談をお願いします"), required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": secrets.token_urlsafe(16), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class FacilitySearchForm(forms.Form):
    """What somebody wants to do in a hall, in their own words, what it must have, and on which day."""

    words = forms.CharField(
        label=_("したいこと、または施設の名前"), required=False, max_length=100, help_text=_("例: 卓球")
    )
    day = forms.DateField(label=_("使う日"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    people = forms.IntegerField(label=_("人数"), required=False, min_value=1, max_value=10_000)
    step_free = forms.BooleanField(label=_("段差のないところだけ"), required=False)


class UseForm(forms.Form):
    """For whom and for what a hall is used."""

    registrant = forms.ModelChoiceField(Registrant.objects.none(), label=_("使う団体・人"), empty_label=None)
    purpose = forms.CharField(label=_("使う目的"), max_length=100)
    people = forms.IntegerField(label=_("人数"), min_value=1, max_value=10_000)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)

    def __init__(self, *args: Any, of: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": secrets.token_urlsafe(16), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["registrant"].queryset = of  # type: ignore[attr-defined] # the field declared above


class RegistrantForm(forms.Form):
    """For which registration of the person who is signed in."""

    registrant = forms.ModelChoiceField(Registrant.objects.none(), label=_("使う団体・人"), empty_label=None)

    def __init__(self, *args: Any, of: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["registrant"].queryset = of  # type: ignore[attr-defined] # the field declared above


class EntryForm(RegistrantForm):
    """Which times of a draw, for which registration."""

    items = forms.MultipleChoiceField(label=_("申し込む枠"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, of: Any, items: list[LotteryItem], **kwargs: Any) -> None:
        super().__init__(*args, of=of, **kwargs)
        self.known = {each.code: each for each in items}
        choices = [(each.code, f"{each.unit} {span_in_words(each.span)}") for each in items]
        self.fields["items"].choices = choices  # type: ignore[attr-defined] # the field declared above

    def wanted(self) -> list[LotteryItem]:
        """Return the chosen times."""
        return [self.known[code] for code in self.cleaned_data["items"]]
