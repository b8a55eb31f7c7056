"""Context of the card series page カード交付状況: curve, monthly need, and neighbours on the same day."""

from datetime import date
from typing import Any

from django.http import QueryDict

from todoke.board.forms.plans import CardForm
from todoke.japanese.calendar import format_date
from todoke.plans.card_series import SOURCE, card_need, neighbours
from todoke.plans.models import CardCount


def cards_context(query: QueryDict) -> dict[str, Any]:
    """Return the template context for the query parameters."""
    is_empty = not CardCount.objects.exists()
    start = {"code": "131164", "target": 69.9, "due": "2022-03-31", "on": "2021-04-01"}
    form = CardForm(query if "code" in query else start)
    page: dict[str, Any] = {"form": form, "source": SOURCE, "is_empty": is_empty}
    if is_empty or not form.is_valid():
        return page
    code, on = form.cleaned_data["code"], form.cleaned_data["on"] or date.max
    every = list(CardCount.objects.of(code))
    series = [each for each in every if each.counted_on <= on]
    if not series:
        first_day = format_date(every[0].counted_on)
        form.add_error("on", f"その日までの実績がありません。いちばん古い実績は{first_day}です。")
        return page
    last = series[-1]
    if form.cleaned_data["due"] <= last.counted_on:
        form.add_error("due", f"目標の期日は、実績の日({format_date(last.counted_on)})より後の日にしてください。")
        return page
    page["found"] = card_need(code, form.cleaned_data["target"], form.cleaned_data["due"], form.cleaned_data["on"])
    near = neighbours(last.counted_on, last.prefecture)
    place = next(n for n, each in enumerate(near, 1) if each.code == code)
    return page | {
        "series": series[::-1],
        "points": [each.counted_on.isoformat() for each in series],
        "curve": [(last.municipality, [round(each.rate, 1) for each in series])],
        "last": last,
        "neighbours": [(each.municipality, round(each.rate, 1)) for each in near[:10]],
        "place": place,
        "of": len(near),
    }
