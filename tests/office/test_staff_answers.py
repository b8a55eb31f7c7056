"""What only staff answer, from the counter to the case: the resident's pages never show it."""

import copy

import pytest
from django.test import Client

from tests.cast import cases, signed_in
from tests.cast.cases import stranger
from tests.cast.formbuilder import question
from todoke.accounts.actors import Guest
from todoke.cases import decisions
from todoke.cases.answers import body_hash
from todoke.cases.models import Case, Draft

pytestmark = pytest.mark.django_db
SECRET = "本人確認の方法"


def service() -> cases.Counter:
    document = copy.deepcopy(cases.DOCUMENT)
    document["pages"][0]["groups"][0]["questions"].append(
        question("seen", required="staff", kind="short_text") | {"label": SECRET}
    )
    group = {"id": "office", "title": "", "questions": [question("memo", required="staff")]}
    document["pages"].append({"id": "desk", "title": "窓口で書くページ", "groups": [group]})
    return cases.counter(document=document)


def test_the_counter_asks_and_the_case_shows_what_only_staff_answer() -> None:
    at = service()
    clerk = signed_in(at.clerk)
    page = clerk.post(f"/office/counter/{at.release.offer.code}/draft/", {"channel": "counter"})["Location"]
    assert "申請者には見えません" in clerk.get(page).content.decode()
    desk = clerk.post(page, {**cases.FILLED, "seen": "運転免許証"})["Location"]
    assert "窓口で書くページ" in clerk.get(desk).content.decode()
    check = clerk.post(desk, {"memo": ""})["Location"]
    shown = clerk.get(check)
    assert "運転免許証" in shown.content.decode()
    token = Draft.objects.get().submission.token
    sent = {"seen": shown.context["form"].initial["seen"], "received_at": "", "reason": ""}
    case = clerk.get(clerk.post(f"/office/counter/drafts/{token}/receipt/", sent)["Location"]).content.decode()
    assert "運転免許証" in case
    assert "職員のみ" in case


def test_a_resident_meets_no_trace_of_it_from_the_first_page_to_the_status() -> None:
    at, browser = service(), Client()
    number = at.release.offer.procedure.number
    start = browser.get(f"/procedures/{number}/start/")
    page = browser.post(f"/procedures/{number}/application/", follow=True)
    here = page.redirect_chain[-1][0]
    check = browser.post(f"{here}answers/", {**cases.FILLED, "seen": "うそ", "next": "1"}, follow=True)
    seen = check.context["seen"]
    token = Draft.objects.get().submission.token
    receipt = browser.post(f"/applications/{token}/submission/", {"seen": seen}, follow=True)
    case = Case.objects.get()
    clerk = signed_in(at.clerk)
    assert clerk.post(f"/office/cases/{case.number}/entries/", {"seen": "運転免許証"}).status_code == 302
    status = browser.get(f"/cases/{case.number}/", follow=True)
    for shown in (start, page, check, receipt, status):
        assert shown.status_code == 200
        assert not any(
            words in shown.content.decode() for words in (SECRET, "窓口で書く", "うそ", "運転免許証", "職員の記入")
        )


def test_staff_write_on_the_case_and_what_the_applicant_sent_stays_as_it_was() -> None:
    at = service()
    case = cases.case(at, Guest())
    clerk = signed_in(at.clerk)
    assert "職員の記入欄に書く" in clerk.get(f"/office/cases/{case.number}/").content.decode()
    page = clerk.get(f"/office/cases/{case.number}/entries/").content.decode()
    assert SECRET in page
    assert "生活保護を受けていますか" not in page
    too_long = clerk.post(f"/office/cases/{case.number}/entries/", {"seen": "長" * 300})
    assert too_long.status_code == 422
    assert "200文字以内" in too_long.content.decode()
    clerk.post(f"/office/cases/{case.number}/entries/", {"seen": "運転免許証", "copies": "9"})
    answers = {spot.question: value for spot, value in case.submission.current_answers().items()}
    assert (answers["seen"], answers["copies"]) == ("運転免許証", "2")
    assert body_hash(case.submission) == case.body_hash
    assert case.events.filter(act="職員の記入", audience="office").exists()


def test_whoever_decides_reads_what_staff_wrote() -> None:
    at = service()
    case = cases.reviewed(at)
    signed_in(at.clerk).post(f"/office/cases/{case.number}/entries/", {"seen": "運転免許証"})
    proposal = decisions.propose(case, "granted", reason="", by=at.clerk)
    assert proposal.dossier.content["職員の記入"] == [{"見出し": "", "項目": SECRET, "回答": "運転免許証"}]
    assert all(row["項目"] != SECRET for row in proposal.dossier.content["申請の内容"])
    assert all(row["見出し"] for row in proposal.dossier.content["申請の内容"])


def test_another_section_and_a_closed_case_take_no_entries() -> None:
    at = service()
    case = cases.case(at, Guest())
    assert signed_in(stranger()).get(f"/office/cases/{case.number}/entries/").status_code == 404
    case.withdraw(by=at.clerk, reason="電話で申し出")
    answer = signed_in(at.clerk).post(f"/office/cases/{case.number}/entries/", {"seen": "運転免許証"}, follow=True)
    assert "何も変わっていません" in answer.content.decode()
    assert "seen" not in {spot.question for spot in case.submission.current_answers()}
