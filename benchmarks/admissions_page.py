"""Admissions on its pages: a round of so many children in a database, a trial, and a what-if to its page.

./todoke bench admissions_page [CHILDREN]

A SQLite file is made for the run and thrown away. The market is synthetic (admissions_market.py); processor seconds of
the process are told, from the press of the button to the page with who gains and who loses.
"""

import argparse
import json
import time
from datetime import date
from typing import Any

from django.core.management import call_command
from django.test import Client
from tests.cast.admissions import Nursery, nursery
from tests.cast.cases import work_off

from benchmarks.admissions_market import market
from todoke.admissions.models import (
    ApplicantChild,
    ChildcareFacility,
    ChildScore,
    Household,
    Preference,
    SeatPool,
    SeatPoolClass,
    SeatReport,
    SelectionRound,
)

BATCH = 500


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("children", nargs="?", type=int, default=8000)
    children = asked.parse_args().children
    call_command("migrate", verbosity=0)
    place = nursery()
    measured(place, filled(place, json.loads(market(children, 1))))


def filled(place: Nursery, data: dict[str, Any]) -> SelectionRound:
    """A round with the facilities, seats, families and points of a market, its deadline passed."""
    of = place.opened()
    scheme = place.scheme
    codes = sorted({pool["facility"] for pool in data["pools"]})
    made = ChildcareFacility.objects.bulk_create(ChildcareFacility(scheme=scheme, code=c, name=c) for c in codes)
    facilities = dict(zip(codes, made, strict=True))
    pools = SeatPool.objects.bulk_create(
        SeatPool(round=of, facility=facilities[each["facility"]], name="・".join(map(str, each["classes"])))
        for each in data["pools"]
    )
    for pool, each in zip(pools, data["pools"], strict=True):
        SeatPoolClass.objects.bulk_create(
            SeatPoolClass(pool=pool, round=of, facility=pool.facility, number=number) for number in each["classes"]
        )
        for side, by in (("facility", place.clerk), ("office", place.second)):
            SeatReport.objects.create(pool=pool, side=side, seats=each["capacity"], source="表", reported_by=by)
    homes = Household.objects.bulk_create(
        (Household(round=of, number=each["id"], name="見本", same=each["policy"]["same"]) for each in data["families"]),
        batch_size=BATCH,
    )
    home_of = {home.number: home for home in homes}
    rows = ApplicantChild.objects.bulk_create(
        (
            ApplicantChild(
                household=home_of[each["family"]], round=of, number=each["id"], name="見本", born_on=date(2024, 6, 1),
                age_class=each["class"], current=facilities[each["current"]] if each["current"] else None,
            )
            for each in data["children"]
        ),
        batch_size=BATCH,
    )  # fmt: skip
    pairs = list(zip(rows, data["children"], strict=True))
    Preference.objects.bulk_create(
        (
            Preference(child=child, rank=rank, facility=facilities[name])
            for child, each in pairs
            for rank, name in enumerate(each["prefs"], 1)
        ),
        batch_size=BATCH,
    )
    ChildScore.objects.bulk_create(
        (
            ChildScore(
                child=child, total=each["points"], numerator=each["points"], ties=each["tie"][:1],
                bonus=each["bonus"], inputs=0,
            )
            for child, each in pairs
        ),
        batch_size=BATCH,
    )  # fmt: skip
    of.close(by=place.clerk)
    return of


def measured(place: Nursery, of: SelectionRound) -> None:
    """Print what a trial and a what-if cost."""
    client = Client()
    client.force_login(place.clerk)
    at = f"/office/admissions/{of.pk}/"
    begin = time.process_time()
    client.post(f"{at}runs/request/")
    work_off()
    print(json.dumps({"children": of.children.count(), "trial, processor s": round(time.process_time() - begin, 2)}))
    child = of.children.order_by("number")[7]
    for points in (1500, 1501):
        begin = time.process_time()
        client.post(f"{at}what-if/", {"number": child.number, "points": points})
        work_off()
        page = client.get(f"{at}runs/{of.runs.first().number}/").content.decode()  # type: ignore[union-attr]
        assert "希望の順位が下がる児童" in page
        print(json.dumps({"what-if to the page, processor s": round(time.process_time() - begin, 2)}))


if __name__ == "__main__":
    main()
