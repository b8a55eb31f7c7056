"""An installation that took the words of an earlier release gets those of this one, and keeps what its staff wrote."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from todoke.accounts.actors import System
from todoke.guidance import seed_data
from todoke.guidance.models import Referral, Synonym
from todoke.guidance.shipped_data import shipped

pytestmark = pytest.mark.django_db
migration: Any = import_module("todoke.guidance.migrations.0008_later_words")


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
