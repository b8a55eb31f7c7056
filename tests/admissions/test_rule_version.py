import copy
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.cast.admissions import MONTH, RULES, Nursery, nursery, published
from todoke.admissions.models import RuleDraft, RuleVersion
from todoke.admissions.selection.rule_trial import try_draft
from todoke.audit.models import Entry
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Nursery:
    return nursery()


def test_a_version_is_published_by_another_than_its_author(place: Nursery) -> None:
    draft = RuleDraft.edit(place.scheme, RULES, starts_on=MONTH, by=place.clerk)
    with pytest.raises(NotAllowed, match="ほかの人"):
        draft.publish(by=place.clerk)
    version = draft.publish(by=place.second)
    assert (version.number, version.author, version.published_by) == (2, place.clerk, place.second)
    assert Entry.objects.filter(act="基準の公開").count() == 2


def test_the_database_refuses_an_author_who_publishes(place: Nursery) -> None:
    version = place.version
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleVersion.objects.bulk_create(
            [RuleVersion(scheme=place.scheme, number=9, document={}, sha256="x", basis="要綱", starts_on=MONTH,
                         author=version.author, published_by=version.author)]
        )  # fmt: skip


def test_a_published_version_is_never_changed(place: Nursery) -> None:
    with pytest.raises(TypeError, match="書き換えられません"):
        place.version.save()
    with pytest.raises(TypeError, match="消せません"):
        place.version.delete()


def test_versions_of_a_scheme_never_overlap(place: Nursery) -> None:
    with pytest.raises(Refused, match="重なりません"):
        published(place.scheme, RULES, by=place.clerk, confirmed_by=place.second)
    later = published(place.scheme, RULES, by=place.clerk, confirmed_by=place.second, starts_on=MONTH)
    in_force = RuleVersion.objects.in_force(date(2026, 3, 1)), RuleVersion.objects.in_force(MONTH)
    assert [found.get() for found in in_force] == [place.version, later]


def test_a_stranger_writes_no_rules(place: Nursery) -> None:
    with pytest.raises(NotAllowed):
        RuleDraft.edit(place.scheme, RULES, starts_on=MONTH, by=cast.clerk())


def test_of_two_who_save_at_once_the_second_is_told(place: Nursery) -> None:
    draft = RuleDraft.objects.get(scheme=place.scheme)
    RuleDraft.edit(place.scheme, RULES, starts_on=MONTH, by=place.second, revision=draft.revision)
    with pytest.raises(Conflict, match="先に保存"):
        RuleDraft.edit(place.scheme, RULES, starts_on=MONTH, by=place.clerk, revision=draft.revision)


def test_a_draft_is_tried_on_last_years_children_before_it_is_published(place: Nursery) -> None:
    of = place.opened()
    place.child(place.family(of, "A"), "A1", "もも")
    place.child(place.family(of, "B", (16, 20)), "B1", "もも")
    rules = copy.deepcopy(RULES)
    rules["base"][0]["rows"][1]["points"] = 14
    draft = RuleDraft.edit(place.scheme, rules, starts_on=date(2028, 4, 1), by=place.clerk)
    with pytest.raises(NotYet, match="試していない"):
        draft.publish(by=place.second)
    result = try_draft(draft, by=place.clerk)
    assert (result["児童"], result["増える"], result["減る児童"]) == (2, 0, [["B1", -2]])
    assert result["あてはまらない行"] == ["月12日以上の就労", "ひとり親", "育児休業から戻る"]
    draft.refresh_from_db()
    assert draft.publish(by=place.second).number == 2
