"""先行枠: households that need consideration are settled by people; and the waiting carried over to a next round."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.admissions.models import ApplicantChild, Directive, SelectionRound
from todoke.admissions.selection.earlier_round import carry_over
from todoke.admissions.selection.early_settlement import (
    EarlySeats,
    bring_forward,
    early_seats,
    live_pins,
    main_rounds,
    settle,
)
from todoke.office.selection.forms.early import DecisionForm, HouseholdNumberForm
from todoke.office.selection.round_access import directed_round, round_of
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff

Row = tuple[ApplicantChild, Directive | None, DecisionForm]


def _seats(of: SelectionRound) -> list[EarlySeats]:
    """Return the pools that have a seat, or a child without one."""
    return [each for each in early_seats(of) if each.seats != 0 or each.promised]


def _rows(of: SelectionRound) -> list[Row]:
    pins = live_pins(of)
    children = of.children.applying().select_related("household", "round__scheme")
    rows = children.prefetch_related("preferences__facility").order_by("household__number", "number")
    return [(child, pins.get(child.pk), DecisionForm(child=child)) for child in rows]


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the seats that are left and the households in question, each with its decision."""
    of, user = directed_round(request, pk)
    of = get_object_or_404(SelectionRound.objects.select_related("scheme"), pk=of.pk, kind=SelectionRound.Kind.EARLY)
    context = {
        "round": of, "person": user, "seats": _seats(of), "rows": _rows(of), "mains": main_rounds(of),
        "form": HouseholdNumberForm(),
    }  # fmt: skip
    return render(request, "office/admissions/early.html", context)


@action("office:admission-early", "pk", note="先行枠に入れていません。")
def household(request: HttpRequest, pk: int) -> str:
    """Settle a household of the main round here."""
    of, user = directed_round(request, pk)
    given = cleaned(HouseholdNumberForm(request.POST), "世帯番号を書いてください。")
    return f"{bring_forward(of, given['household'], by=user)}を、先行枠に入れました。"


@action("office:admission-early", "pk", note="決定は書いていません。")
def decision(request: HttpRequest, pk: int, number: str) -> str:
    """Say where a child goes."""
    of, user = directed_round(request, pk)
    children = of.children.applying().select_related("household", "round__scheme__department")
    child = get_object_or_404(children, number=number)
    given = cleaned(DecisionForm(request.POST, child=child), "施設と面談の記録を書いてください。")
    settle(child, given["facility"], note=given["note"], by=user)
    return f"{child}の決定を書きました。ほかの人が「指示」で承認すると決まります。"


@action("office:admission-children", "pk", note="引き継いでいません。")
def carried_over(request: HttpRequest, pk: int) -> str:
    """Let the households that the earlier round kept waiting apply in this one."""
    return f"{carry_over(round_of(request, pk), by=staff(request)):,}世帯を引き継ぎました。点数を計算してください。"
