"""Forms by which a round, its seats and its children are entered: shape only."""

from datetime import datetime, time
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.admissions.models import ChildcareFacility, Household, Scheme, SelectionRound
from todoke.cases.models import Case
from todoke.design.identifier_field import IdentifierField
from todoke.japanese.calendar import JAPAN
from todoke.offers.models import Offer
from todoke.runtime.parameters import whole_number

WISHES = 6


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), help_text=help_text)


class RoundForm(forms.Form):
    """A new round: scheme, kind, month of entry and deadline."""

    scheme = forms.ModelChoiceField(label="制度", queryset=Scheme.objects.none())
    kind = forms.ChoiceField(label="区分", choices=SelectionRound.Kind.choices)
    month = _day("利用開始月", "月の1日")
    number = forms.IntegerField(label="回", min_value=1, max_value=99, initial=1)
    closes_on = _day("申込みの締切", "この日の17時15分まで受け付けます")
    offer = forms.ModelChoiceField(
        label="申込みのオンライン受付",
        queryset=Offer.objects.none(),
        required=False,
        help_text="受け付けた件数を照合します",
    )
    last_year = forms.ModelChoiceField(label="前年の選考", queryset=SelectionRound.objects.none(), required=False)
    earlier = forms.ModelChoiceField(label="先に行った選考", queryset=SelectionRound.objects.none(), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds = SelectionRound.objects.visible_to(user).select_related("scheme")
        schemes = Scheme.objects.visible_to(user)
        self._rows("scheme", schemes)
        self._rows("offer", Offer.objects.filter(department__in=schemes.values("department")))
        self._rows("last_year", rounds)
        self._rows("earlier", rounds)

    def _rows(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a choice of rows

    def terms(self) -> dict[str, Any]:
        """Return the terms of the round as its verb takes them."""
        given = dict(self.cleaned_data)
        closes_on = given.pop("closes_on")
        return given | {"deadline": datetime.combine(closes_on, time(17, 15), JAPAN)}


def following_terms(user: User, after: str) -> dict[str, Any]:
    """Return what a round that follows another begins with; empty where there is none."""
    rounds = SelectionRound.objects.visible_to(user).select_related("rule_version")
    of = rounds.filter(pk=whole_number(after) or 0).first()
    if of is None:
        return {}
    again = of.rule_version.rules.freed_seats == "rerun" and of.kind != SelectionRound.Kind.EARLY
    following = SelectionRound.Kind.FIRST if of.kind == SelectionRound.Kind.EARLY else SelectionRound.Kind.SECOND
    return {
        "scheme": of.scheme_id, "kind": of.kind if again else following, "month": of.month,
        "number": of.number + 1 if again else 1, "earlier": of.pk, "last_year": of.last_year_id, "offer": of.offer_id,
    }  # fmt: skip


class FacilityForm(forms.Form):
    """A facility whose places the scheme gives."""

    code = forms.SlugField(label="施設番号", max_length=20)
    name = forms.CharField(label="名称", max_length=100)
    address = forms.CharField(label="所在地", max_length=150, required=False)


class PoolForm(forms.Form):
    """A pool of seats: facility and classes, with what the checks compare."""

    facility = forms.ModelChoiceField(label="施設", queryset=ChildcareFacility.objects.none())
    classes = forms.TypedMultipleChoiceField(label="クラス", coerce=int, widget=forms.CheckboxSelectMultiple)
    places = forms.IntegerField(label="定員", min_value=0, max_value=999, required=False)
    staying = forms.IntegerField(label="引き続き通う児童", min_value=0, max_value=999, required=False)
    last_year = forms.IntegerField(label="前年の募集", min_value=0, max_value=999, required=False)

    def __init__(self, *args: Any, of: SelectionRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scheme = of.scheme
        self.fields["facility"].queryset = scheme.facilities.all()  # type: ignore[attr-defined]  # a choice of rows
        choices = [(number, scheme.class_name(number)) for number in scheme.classes]
        self.fields["classes"].choices = choices  # type: ignore[attr-defined]  # a choice field


class HouseholdForm(forms.Form):
    """A household."""

    number = forms.SlugField(label="世帯番号", max_length=20)
    name = forms.CharField(label="保護者の氏名", max_length=100)
    address = forms.CharField(label="住所", max_length=200, required=False)
    guardians = forms.TypedChoiceField(label="保護者の数", choices=[(2, "二人"), (1, "一人")], coerce=int)
    email = forms.EmailField(label="アカウントのメールアドレス", required=False, help_text="あれば、マイページに出ます")

    def terms(self) -> dict[str, Any]:
        """Return the terms of the household as its verb takes them."""
        given = dict(self.cleaned_data)
        email = given.pop("email")
        return given | {"applicant": User.objects.filter(email__iexact=email).first() if email else None}


class ApplicantsForm(forms.Form):
    """A table of applicant children."""

    file = forms.FileField(
        label="申込児童の表", help_text="見出しに、世帯番号、保護者の氏名、申込番号などがある表(Excel か CSV)"
    )


class ChildForm(forms.Form):
    """A child with its wishes, the best first."""

    household = forms.ModelChoiceField(label="世帯", queryset=Household.objects.none())
    number = forms.SlugField(label="申込番号", max_length=20)
    name = forms.CharField(label="児童の氏名", max_length=100)
    born_on = _day("生年月日")
    age_class = forms.TypedChoiceField(label="クラス", coerce=int)
    current = forms.ModelChoiceField(label="いま通う施設", queryset=ChildcareFacility.objects.none(), required=False)
    case = IdentifierField(
        Case.objects.none(), label="申込みの受付番号", to_field_name="number", required=False,
        error_messages={"invalid_choice": "この受付番号の申込みは、この部署にありません。"},
    )  # fmt: skip

    def __init__(self, *args: Any, of: SelectionRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facilities = of.scheme.facilities.all()
        self._set("household", queryset=of.households.all())
        self._set("current", queryset=facilities)
        self._set("case", queryset=Case.objects.filter(department=of.scheme.department))
        self._set("age_class", choices=[(number, of.scheme.class_name(number)) for number in of.scheme.classes])
        for rank in range(1, WISHES + 1):
            self.fields[f"wish_{rank}"] = forms.ModelChoiceField(
                label=f"第{rank}希望", queryset=facilities, required=False
            )

    def _set(self, name: str, **values: Any) -> None:
        for key, value in values.items():
            setattr(self.fields[name], key, value)

    def terms(self) -> dict[str, Any]:
        """Return the terms of the child as its verb takes them."""
        given = dict(self.cleaned_data)
        wishes = [given.pop(f"wish_{rank}") for rank in range(1, WISHES + 1)]
        return given | {"wishes": [facility for facility in wishes if facility]}
