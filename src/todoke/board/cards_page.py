"""Context of the card series page カード交付状況: curve, monthly need, and neighbours on the same day."""

from datetime import date
from typing import Any

from django.http import QueryDict

from todoke.board.forms.plans import CardForm
from todoke.plans.card_series import SOURCE, card_need, neighbours
from todoke.plans.models import CardCount


def cards_context(query: QueryDict) -> dict[str, Any]:
    """Return the template context for the query parameters."""
    first = CardCount.objects.order_by("code").first()
    start = {"code": "131164", "target": 69.9, "due": "2022-03-31", "on": "2021-04-01"}
    form = CardForm(query if "code" in query else start)
    page: dict[str, Any] = {"form": form, "source": SOURCE, "is_empty": first is None}
    if first is None or not form.is_valid():
        return page
    code, on = form.cleaned_data["code"], form.cleaned_data["on"] or date.max
    series = list(CardCount.objects.of(code).filter(counted_on__lte=on))
    page["found"] = card_need(code, form.cleaned_data["target"], form.cleaned_data["due"], form.cleaned_data["on"])
    if not series:
        return page
    last = series[-1]
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
