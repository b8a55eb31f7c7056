"""Both spellings of a name on the way from the form to the review and the letter."""

import copy
from typing import Any

import pytest

from tests import cast
from tests.cast import cases, signed_in
from todoke.cases import decisions
from todoke.cases.letters.batches import address_sheet
from todoke.cases.models.stop_flag import names_by_case

pytestmark = pytest.mark.django_db
RARE: dict[str, Any] = {"name__family": "辻󠄂", "name__plain_family": "辻"}


def counter() -> cases.Counter:
    document = copy.deepcopy(cases.DOCUMENT)
    document["pages"][0]["groups"][0]["questions"][0]["alternative"] = True
    return cases.counter(document=document)


def test_the_review_shows_both_and_the_letter_is_made_though_no_font_has_the_character() -> None:
    at = counter()
    case = cases.reviewed(at, **RARE)
    assert case.applicant_name == "辻󠄂 花子"
    page = signed_in(at.clerk).get(f"/office/cases/{case.number}/").content.decode()
    assert "代替表記: 辻 花子" in page
    decisions.propose(case, "granted", reason="", by=at.clerk)
    cast.present(case.proposal).approve(by=at.chief)
    cases.work_off()
    letter = case.letters.get()
    assert (letter.problem, letter.is_ready) == ("", True)
    assert (letter.data["recipient"], letter.data["recipient_plain"]) == ("辻󠄂 花子", "辻 花子")
    assert address_sheet([letter])["without"] == [case.number]


def test_a_stop_flag_meets_either_spelling() -> None:
    case = cases.case(counter(), **RARE)
    assert {"辻󠄂花子", "辻 花子"} <= set(names_by_case([case])[case.pk])
