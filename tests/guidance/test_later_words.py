"""An installation that took the words of an earlier release gets those of this one, and keeps what its staff wrote."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from todoke.accounts.actors import System
from todoke.guidance import seed_data
from todoke.guidance.models import PlainName, Referral, Synonym
from todoke.guidance.shipped_data import shipped

pytestmark = pytest.mark.django_db
migration: Any = import_module("todoke.guidance.migrations.0008_later_words")
later_ways: Any = import_module("todoke.guidance.migrations.0010_later_ways")


def test_earlier_words_are_replaced_and_those_of_the_staff_stay() -> None:
    seed_data.load(by=System())
    rows = {row["title"]: row["said"] for row in shipped("referrals")}
    earlier = {title: "、".join(rows[title].split("、")[:count]) for title, count in migration.FIRST_WORDS.items()}
    for title, said in earlier.items():
        Referral.objects.filter(title=title).update(said=said)
    Referral.objects.filter(title="運転免許").update(said="うちの言葉")
    Synonym.objects.filter(said="car").update(means="自動車")
    Synonym.objects.filter(said="くるま").update(means="うちの車")
    migration.ship(apps, None)
    found = dict(Referral.objects.values_list("title", "said"))
    assert found == {**rows, "運転免許": "うちの言葉"}
    assert all(rows[title] != said for title, said in earlier.items())
    assert Synonym.objects.get(said="car").means == "自動車臨時運行 軽自動車"
    assert Synonym.objects.filter(means="うちの車").count() == 1


def test_later_ways_of_asking_come_to_whoever_kept_the_earlier_ones() -> None:
    seed_data.load(by=System())
    asked = shipped("asked")
    earlier = {title: "、".join(asked[title].split("、")[:count]) for title, count in later_ways.FIRST_WAYS.items()}
    for title, before in earlier.items():
        PlainName.objects.filter(title=title).update(asked=before)
        Referral.objects.filter(title=title).update(asked=before)
    PlainName.objects.filter(title="妊娠の届出").update(asked="うちの聞き方")
    Referral.objects.filter(title="運転免許").update(asked="")
    later_ways.ship(apps, None)
    kept = {"妊娠の届出": "うちの聞き方", "運転免許": ""}
    found = {
        **dict(PlainName.objects.values_list("title", "asked")),
        **dict(Referral.objects.values_list("title", "asked")),
    }
    assert {title: found[title] for title in earlier} == {title: kept.get(title, asked[title]) for title in earlier}
    assert all(before != asked[title] for title, before in earlier.items())
