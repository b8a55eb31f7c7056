import json

import pytest

from tests import cast
from tests.cast.admissions import RULES, Nursery, nursery
from todoke.admissions.models import RuleDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Nursery:
    return nursery()


def test_a_version_is_the_published_table_beside_a_sample_family(place: Nursery) -> None:
    clerk = cast.signed_in(place.clerk)
    sample = {"guardians": "2", "work_days-1": "20", "work_days-2": "16", "leave-0": "yes"}
    page = clerk.get("/studio/admissions/nursery/versions/1/", sample).content.decode()
    assert "「1か月の就労日数」が20以上であるとき" in page
    assert "38点" in page


def test_one_writes_the_next_version_and_another_publishes_it(place: Nursery) -> None:
    clerk, second = cast.signed_in(place.clerk), cast.signed_in(place.second)
    rules = json.loads(json.dumps(RULES))
    rules["base"][0]["rows"][0]["points"] = 22
    revision = RuleDraft.objects.get().revision
    text = json.dumps(rules, ensure_ascii=False)
    clerk.post("/studio/admissions/nursery/draft/", {"document": text, "starts_on": "2027-04-01", "revision": revision})
    page = second.get("/studio/admissions/nursery/").content.decode()
    assert "点数が変わる行: 月20日以上の就労(20点から22点)" in page
    given = {"changes": "就労の点数を上げた", "revision": revision + 1}
    assert "確かめてもらってください" in clerk.get("/studio/admissions/nursery/").content.decode()
    second.post("/studio/admissions/nursery/publication/", given)
    assert place.scheme.rule_versions.count() == 2


def test_a_draft_that_cannot_be_read_keeps_what_was_typed(place: Nursery) -> None:
    clerk = cast.signed_in(place.clerk)
    for typed in ('{"format": 1,', '{"format": "todoke-admission-rules/1", "title": "ほげ"}'):
        answer = clerk.post("/studio/admissions/nursery/draft/", {"document": typed, "starts_on": "2027-04-01"})
        assert answer.status_code == 422
        assert typed[:12].replace('"', "&quot;") in answer.content.decode()


def test_another_department_writes_no_rules(place: Nursery) -> None:
    assert cast.signed_in(cast.clerk()).get("/studio/admissions/nursery/").status_code == 404
