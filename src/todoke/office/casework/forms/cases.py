"""Input of the case pages: what the list shows, and what an act needs to know."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from todoke.accounts.models import User
from todoke.cases.assignment import colleagues_of
from todoke.cases.inbox import COLUMNS, SORTS, USUAL, VIEWS, Wish
from todoke.cases.models import Case, Ruling
from todoke.cases.models.querysets import departments_worked_in
from todoke.design.bound_choices import choose_among, choose_from
from todoke.japanese.calendar import midnight
from todoke.offers.models import Offer


class Day(forms.DateField):
    """A date chosen in a calendar or typed."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CaseFilter(forms.Form):
    """The filters of the list; they stand in the address, so that a view can be kept and passed on."""

    use_required_attribute = False
    view = forms.ChoiceField(choices=VIEWS.items(), required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label="受付番号・氏名・フリガナ", max_length=100, required=False)
    offer = forms.ChoiceField(label="手続", required=False)
    status = forms.ChoiceField(label="状態", choices=[("", "すべて"), *Case.Status.choices], required=False)
    channel = forms.ChoiceField(label="受付経路", choices=[("", "すべて"), *Case.Channel.choices], required=False)
    assignee = forms.ChoiceField(label="担当者", required=False)
    since = Day(label="受付日(この日から)", required=False)
    until = Day(label="受付日(この日まで)", required=False)
    columns = forms.MultipleChoiceField(
        label="表示する列", choices=COLUMNS.items(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: QueryDict, user: User) -> None:
        super().__init__(data)
        offers = Offer.objects.filter(department__in=departments_worked_in(user)).select_related("procedure")
        choose_among(self, "offer", [("", "すべて"), *((offer.code, str(offer)) for offer in offers)])
        people = [(str(person.pk), person.name) for person in colleagues_of(user)]
        choose_among(self, "assignee", [("", "すべて"), ("none", "未定"), *people])

    def wish(self) -> Wish:
        """Return what is asked for; a filter that makes no sense is left out."""
        self.is_valid()
        given: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}
        sort = given.get("sort", "due")
        plain = sort.removeprefix("-")
        view = given.get("view", "open")
        if plain not in SORTS:
            plain, sort = "due", "due"
            given.pop("sort")
        if "sort" not in given and view in {"closed", "all"}:
            plain, sort = "received", "-received"
        return Wish(
            view, plain, sort.startswith("-"), given.get("q", ""), self._filters(given), self.data.get("after", ""),
            tuple(key for key in COLUMNS if key in (given.get("columns") or USUAL)),
        )  # fmt: skip

    def query(self) -> str:
        """Return the conditions that make sense as an address, to be kept."""
        self.is_valid()
        kept = QueryDict(mutable=True)
        for name in self.fields:
            if name in self.cleaned_data and self.cleaned_data[name] and name in self.data:
                kept.setlist(name, self.data.getlist(name))  # type: ignore[attr-defined] # a QueryDict here
        return kept.urlencode()

    def _filters(self, given: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {name: given[name] for name in ("status", "channel") if name in given}
        if "offer" in given:
            found["release__offer__code"] = given["offer"]
        if "assignee" in given:
            found |= {"assignee": None} if given["assignee"] == "none" else {"assignee_id": int(given["assignee"])}
        if "since" in given:
            found["received_at__gte"] = midnight(given["since"])
        if "until" in given:
            found["received_at__lt"] = midnight(given["until"] + timedelta(days=1))
        return found


class SavedViewForm(forms.Form):
    """Under which name the present conditions are kept."""

    name = forms.CharField(label="この絞り込みの名前", max_length=30)


class AssignmentForm(forms.Form):
    """Who takes the case."""

    assignee = forms.ModelChoiceField(User.objects.none(), label="担当者", required=False, empty_label="未定")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(pk__in=[person.pk for person in colleagues_of(user)])
        choose_from(self, "assignee", people.order_by("kana", "pk"))


class HandoverForm(AssignmentForm):
    """Whose cases go to whom."""

    person = forms.ModelChoiceField(User.objects.none(), label="引き継ぐもとの担当者")
    field_order = ("person", "assignee")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        held = Case.objects.in_office_of(user).open().exclude(assignee=None).values("assignee")
        choose_from(self, "person", User.objects.filter(pk__in=held))
        self.fields["assignee"].label, self.fields["assignee"].required = "引き継ぐ相手", True


class NoteForm(forms.Form):
    """A note for colleagues."""

    text = forms.CharField(label="内部メモ", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ExtensionForm(ReasonForm):
    """By how many office days, and why."""

    days = forms.IntegerField(label="延ばす日数(開庁日)", min_value=1, max_value=120)
    field_order = ("days", "reason")


class ProposalForm(forms.Form):
    """The decision that is put to the deciders."""

    outcome = forms.ChoiceField(label="決定の案", choices=Ruling.Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由",
        help_text="却下と一部認容では必ず書いてください。通知書にそのまま載ります。",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    takes_effect_on = Day(label="効力の生じる日", help_text="空のときは決裁の日です。", required=False)
    urgent = forms.CharField(label="至急の理由", max_length=200, required=False)
