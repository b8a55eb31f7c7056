"""Figure feed 公開の数値の配信: the online rates with definition, counts and day, signed, for others."""

from django.conf import settings

from todoke.design.municipality import municipality
from todoke.insights import rates
from todoke.plans.peer_feed import FORMAT
from todoke.runtime.installation_key import write_signed


def figure_feed() -> str:
    """Return the feed of today: the figures of the council page, which count procedures and applications."""
    return write_signed(
        {
            "format": FORMAT,
            "municipality": municipality().name,
            "code": settings.MUNICIPALITY_CODE,
            "figures": [_figure(rate) for rate in rates.rates() if rate.percent is not None],
        }
    )


def _figure(rate: rates.Rate) -> dict[str, str | int]:
    of = rate.definition
    return {
        "key": of.key, "title": of.title, "meaning": of.meaning, "part": of.part, "whole": of.whole,
        "on": rate.on.isoformat(), "numerator": rate.numerator, "denominator": rate.denominator,
        "percent": str(rate.percent),
    }  # fmt: skip
