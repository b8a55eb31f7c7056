"""A paper that the form never asked for is sent from the resident's own page, and stands among what they sent."""

import pytest

from tests import cast
from tests.cast import cases, signed_in
from tests.cast.formbuilder import photo
from todoke.cases.correction import corrections
from todoke.cases.correction.corrections import CorrectionPoint, RequestedPaper
from todoke.formbuilder.answers.journey import AnswerKey

pytestmark = pytest.mark.django_db


def test_a_resident_reads_which_paper_is_missing_and_sends_it() -> None:
    at, hanako = cases.counter(), cast.resident()
    case = cases.reviewed(at, hanako)
    corrections.request_correction(case, [], by=at.clerk, papers=[RequestedPaper("委任状", "署名のあるもの")])
    page, there = signed_in(hanako), f"/cases/{case.number}/correction/"
    asked = page.get(there).content.decode()
    assert "委任状" in asked
    assert "署名のあるもの" in asked
    assert 'type="file"' in asked
    missing = page.post(f"{there}answers/", {"send": "1"}).content.decode()
    assert "「委任状」を添付してください。" in missing
    sent = page.post(f"{there}answers/", {"send": "1", "requested_paper_1": photo("mandate.png")})
    assert sent.headers["Location"] == f"/cases/{case.number}/"
    case.refresh_from_db()
    assert case.status == "review"
    shown = signed_in(at.clerk).get(f"/office/cases/{case.number}/").content.decode()
    assert "あとから求められた書類" in shown
    assert "mandate.png" in shown


def test_a_press_that_changes_nothing_is_not_taken_for_a_correction() -> None:
    at, hanako = cases.counter(), cast.resident()
    case = cases.reviewed(at, hanako)
    corrections.request_correction(case, [CorrectionPoint(AnswerKey("copies"), "mistake", "確かめて")], by=at.clerk)
    page, there = signed_in(hanako), f"/cases/{case.number}/correction/answers/"
    copies = case.submission.current_answers()[AnswerKey("copies")]
    told = page.post(there, {"send": "1", "copies": copies}).content.decode()
    assert "まだ送っていません" in told
    assert 'name="as_it_is"' in told
    case.refresh_from_db()
    assert case.status == "correction"
    assert page.post(there, {"as_it_is": "1", "copies": copies}).status_code == 302
    case.refresh_from_db()
    assert case.status == "review"


def test_the_first_page_says_what_waits_for_the_person_who_signed_in() -> None:
    at, hanako = cases.counter(), cast.resident()
    case = cases.reviewed(at, hanako)
    corrections.request_correction(case, [CorrectionPoint(AnswerKey("copies"), "mistake")], by=at.clerk)
    home = signed_in(hanako).get("/").content.decode()
    assert f"/cases/{case.number}/" in home
    assert "直していただきたいところがあります" in home
    assert (
        f"/cases/{case.number}/"
        not in signed_in(cast.resident("鈴木 一郎", "ichiro@example.jp")).get("/").content.decode()
    )
