"""A clerk asks for what is missing on one page, and reaches also who has no mail."""

import pytest

from tests.cast import cases, signed_in
from todoke.cases.deadlines import answer_due
from todoke.cases.models import Case
from todoke.japanese.calendar import today

pytestmark = pytest.mark.django_db


def test_one_compact_page_asks_for_answers_and_papers_by_a_date() -> None:
    at = cases.counter()
    case = cases.reviewed(at)
    clerk, there = signed_in(at.clerk), f"/office/cases/{case.number}/correction/"
    page = clerk.get(there)
    assert page.context["form"]["due_on"].value() == answer_due(today())
    assert '<option value="委任状">' in page.content.decode()
    lost = clerk.post(there, {"text-2": "3通までです。", "message": "お願いします"}).content.decode()
    assert "直す理由を選んでください。書いたことばは残っています。" in lost
    assert "3通までです。" in lost
    typed = {"reason-2": "mistake", "text-2": "3通までです。", "paper-0": "委任状", "due_on": "2026-12-15"}
    clerk.post(there, typed)
    items = {item.label: item.text for item in case.correction_requests.get().items.all()}
    assert items == {"通数": "書かれている内容を確かめて、書き直してください。\n3通までです。", "委任状": ""}


def test_who_has_no_mail_is_asked_for_a_paper_by_a_printed_letter() -> None:
    at = cases.counter()
    case = cases.reviewed(at)
    Case.objects.update(applicant_email="")
    clerk, there = signed_in(at.clerk), f"/office/cases/{case.number}/correction/"
    assert clerk.get(f"{there}letter/")["Location"] == f"/office/cases/{case.number}/"
    told = clerk.post(there, {"paper-0": "委任状", "due_on": "2026-12-15"}, follow=True).content.decode()
    assert f'<a href="{there}letter/">補正のお願いを印刷して</a>' in told
    letter = clerk.get(f"{there}letter/").content.decode()
    assert [words for words in ("山田 花子 様", "委任状", "2026年12月15日") if words not in letter] == []
