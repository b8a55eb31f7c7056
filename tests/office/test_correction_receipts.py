"""A clerk at the counter finds who was asked for a paper, sees what was asked, and takes in what was brought."""

import re

import pytest
from django.test import Client

from tests.cast import cases, signed_in
from tests.cast.formbuilder import photo
from todoke.cases.correction import corrections
from todoke.cases.correction.corrections import CorrectionPoint, RequestedPaper
from todoke.cases.models import Case, CorrectionItem, CorrectionRequest
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.japanese.calendar import today

pytestmark = pytest.mark.django_db
PAPER = "requested_paper_1"


def asked(at: cases.Counter) -> CorrectionRequest:
    return corrections.request_correction(
        cases.reviewed(at), [CorrectionPoint(AnswerKey("copies"), "mistake", "3通までです。")], by=at.clerk,
        papers=[RequestedPaper("委任状", "署名のあるもの")],
    )  # fmt: skip


def post(clerk: Client, there: str, **typed: object) -> str:
    untold = {f"means-{item.pk}": "no" for item in CorrectionItem.objects.filter(answered_at=None)}
    given = {"channel": "counter", "received_on": today().isoformat(), "copies": "2", **untold, **typed}
    return clerk.post(there, given, follow=True).content.decode()


def test_a_mandate_brought_to_the_counter_is_found_seen_and_the_slip_says_what_is_left() -> None:
    at = cases.counter()
    request = asked(at)
    clerk, case = signed_in(at.clerk), request.case
    there = f"/office/cases/{case.number}/correction/receipt/"
    assert f'href="{there}"' in clerk.get(f"/office/cases/{case.number}/").content.decode()
    assert clerk.get("/office/counter/corrections/", {"q": "ヤマダ"})["Location"] == there
    page = clerk.get(there).content.decode()
    assert [words for words in ("署名のあるもの", "3通までです。", "原本を確認して、返した") if words not in page] == []
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == ["no", "no", "counter"]
    paper = request.items.get(question=PAPER)
    told = post(clerk, there, **{f"means-{paper.pk}": "returned"})
    assert "まだ届いていないもの: 通数。" in told
    slip = clerk.get(f"/office/cases/{case.number}/correction/slip/").content.decode()
    assert "委任状: 原本を確認して、返した(窓口)" in slip
    assert at.clerk.name in slip
    told = post(clerk, there, copies="3")
    assert "すべて届いたので、審査に戻りました。" in told
    assert clerk.get(there)["Location"] == f"/office/cases/{case.number}/"


def test_a_scan_that_was_chosen_is_a_copy_and_stays_when_the_rest_is_refused() -> None:
    at = cases.counter()
    request = asked(at)
    clerk, there = signed_in(at.clerk), f"/office/cases/{request.case.number}/correction/receipt/"
    refused = post(clerk, there, **{PAPER: photo("mandate.png"), "copies": "99"})
    assert "mandate.png" in refused
    assert 'value="99"' in refused
    assert "10以下" in refused
    assert request.open_items().count() == 2
    assert "すべて届いた" in post(clerk, there, copies="3")
    assert "写しを取り込んだ" in clerk.get(f"/office/cases/{request.case.number}/").content.decode()


def test_a_day_to_come_is_refused_at_its_field_and_what_was_chosen_stays() -> None:
    at = cases.counter()
    request = asked(at)
    clerk, there = signed_in(at.clerk), f"/office/cases/{request.case.number}/correction/receipt/"
    paper = request.items.get(question=PAPER)
    refused = post(clerk, there, **{f"means-{paper.pk}": "kept", "channel": "post", "received_on": "2190-01-01"})
    assert "それより前の日を入力してください" in refused
    assert re.search(r'value="kept"[^>]* checked', refused)
    assert "受け取ったものがありません" in post(clerk, there)


def test_a_name_that_several_bear_leads_to_the_list_of_those_who_are_awaited() -> None:
    at = cases.counter()
    asked(at), asked(at)
    clerk = signed_in(at.clerk)
    page = clerk.get("/office/counter/corrections/", {"q": "山田"}, follow=True).content.decode()
    assert all(number in page for number in Case.objects.values_list("number", flat=True))


def test_the_resident_is_asked_only_for_what_did_not_come() -> None:
    at = cases.counter()
    request = asked(at)
    clerk, there = signed_in(at.clerk), f"/office/cases/{request.case.number}/correction/receipt/"
    post(clerk, there, **{f"means-{request.items.get(question=PAPER).pk}": "kept"})
    assert "補正の一部の受領" in clerk.get(f"/office/cases/{request.case.number}/").content.decode()
    assert request.spots() == [AnswerKey("copies")]
