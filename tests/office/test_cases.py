"""Clerks work through cases on pages that others cannot open."""

import copy
import re

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast import cases, signed_in
from tests.cast.formbuilder import photo
from todoke.accounts.actors import Guest
from todoke.audit.models import Entry
from todoke.cases import decisions, intake, messages
from todoke.cases.models import Case, StopFlag
from todoke.office.casework.case_list import CaseList

pytestmark = pytest.mark.django_db


def plain(page: bytes, number: str) -> str:
    """A page without what differs each time: tokens, and the address that was asked for."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page.decode()).replace(number, "NUMBER")


ACTS = ["review", "assignment", "note", "extension", "withdrawal", "correction", "correction/cancellation", "proposal"]


@pytest.mark.parametrize("act", ACTS)
def test_another_section_finds_nothing_under_the_number(act: str) -> None:
    case = cases.case(cases.counter())
    client = signed_in(cases.stranger())
    there = client.post(f"/office/cases/{case.number}/{act}/", {"reason": "x", "text": "x"})
    nowhere = client.post(f"/office/cases/2026-999999-X/{act}/", {"reason": "x", "text": "x"})
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert plain(there.content, case.number) == plain(nowhere.content, "2026-999999-X")
    case.refresh_from_db()
    assert case.status == "received"


def test_a_resident_cannot_open_the_office() -> None:
    case = cases.case(cases.counter(), cast.resident())
    assert case.applicant is not None
    assert signed_in(case.applicant).get(f"/office/cases/{case.number}/").status_code == 403


def test_lists_searches_and_exports_hold_only_the_own_section() -> None:
    case = cases.case(cases.counter())
    client = signed_in(cases.stranger())
    for address in ("", "?view=all", f"?q={case.number}", "?q=山田", "export/?kind=csv", "export/?kind=xlsx"):
        page = client.get(f"/office/cases/{address}").getvalue()
        assert "山田".encode() not in re.sub(rb'value="[^"]*"', b"", page)
    assert ">0<" in client.get("/office/cases/").content.decode()


def test_looking_at_an_application_leaves_an_entry() -> None:
    at = cases.counter()
    case = cases.case(at)
    page = signed_in(at.clerk).get(f"/office/cases/{case.number}/")
    assert "山田 花子" in page.content.decode()
    assert Entry.objects.get(act="閲覧").actor == at.clerk


def test_a_clerk_takes_a_case_to_its_decision(client: Client) -> None:
    at = cases.counter()
    case = cases.case(at)
    clerk = signed_in(at.clerk)
    assert clerk.post(f"/office/cases/{case.number}/review/").status_code == 302
    asked = clerk.post(f"/office/cases/{case.number}/correction/", {"reason-2": "mistake", "text-2": "3通まで"})
    assert asked.status_code == 302
    case.refresh_from_db()
    assert case.status == "correction"
    clerk.post(f"/office/cases/{case.number}/correction/cancellation/", {"reason": "確認できた"})
    refused = clerk.post(f"/office/cases/{case.number}/proposal/", {"outcome": "refused"}, follow=True)
    assert "理由を書いてください" in refused.content.decode()
    clerk.post(f"/office/cases/{case.number}/proposal/", {"outcome": "granted"})
    case.refresh_from_db()
    assert case.status == "deciding"
    assert case.proposal is not None
    case.proposal.approve(by=at.chief)
    cases.work_off()
    letter = case.letters.get()
    pdf = clerk.get(f"/office/cases/{case.number}/letters/{letter.token}/")
    assert pdf.getvalue().startswith(b"%PDF")


def test_pressing_twice_says_that_nothing_changed() -> None:
    at = cases.counter()
    case = cases.case(at)
    clerk = signed_in(at.clerk)
    clerk.post(f"/office/cases/{case.number}/review/")
    again = clerk.post(f"/office/cases/{case.number}/review/", follow=True)
    assert "何も変わっていません" in again.content.decode()


def test_the_list_costs_the_same_for_one_case_and_for_thirty(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    at = cases.counter(fee=300)
    cases.case(at)
    clerk = signed_in(at.clerk)
    clerk.get("/office/cases/")
    with django_assert_num_queries(15) as first:
        clerk.get("/office/cases/")
    for _ in range(29):
        cases.reviewed(at)
    with django_assert_num_queries(len(first)):
        clerk.get("/office/cases/")


def test_bulk_assignment_with_one_foreign_number_changes_nothing() -> None:
    at, other = cases.counter(), cases.counter("税務課", "2020")
    mine, theirs = cases.case(at), cases.case(other)
    clerk = signed_in(at.clerk)
    sent = {"number": [mine.number, theirs.number], "assignee": at.chief.pk}
    page = clerk.post("/office/cases/assignment/", sent, follow=True).content.decode()
    assert "何も変わっていません" in page
    assert not Case.objects.filter(assignee__isnull=False).exists()


def test_bulk_assignment_shows_what_will_happen_and_then_does_it() -> None:
    at = cases.counter()
    numbers = [cases.case(at).number for _ in range(3)]
    clerk = signed_in(at.clerk)
    sent = {"number": numbers, "assignee": at.chief.pk}
    preview = clerk.post("/office/cases/assignment/preview/", sent).content.decode()
    assert all(number in preview for number in numbers)
    assert not Case.objects.filter(assignee=at.chief).exists()
    clerk.post("/office/cases/assignment/", sent)
    assert Case.objects.filter(assignee=at.chief).count() == 3


def test_in_april_everything_one_person_holds_goes_over_in_one_act() -> None:
    at = cases.counter()
    for _ in range(3):
        cases.reviewed(at)
    clerk = signed_in(at.clerk)
    shown = clerk.get("/office/cases/handover/", {"person": at.clerk.pk, "assignee": at.chief.pk})
    assert "3件を引き継ぐ" in shown.content.decode()
    clerk.post("/office/cases/handover/completion/", {"person": at.clerk.pk, "assignee": at.chief.pk})
    assert Case.objects.filter(assignee=at.chief).count() == 3


def test_a_formula_typed_by_a_resident_stays_text_in_the_export() -> None:
    at = cases.counter()
    cases.case(at, name__family="=1+1")
    page = signed_in(at.clerk).get("/office/cases/export/?kind=csv").getvalue().decode("utf-8-sig")
    assert ",'=1+1 花子," in page
    assert Entry.objects.get(act="案件一覧の書き出し").actor == at.clerk


def test_the_section_places_and_lifts_a_stop_flag_that_others_do_not_see() -> None:
    at = cases.counter()
    clerk, other = signed_in(at.clerk), signed_in(cases.stranger())
    sent = {"name": "山田 花子", "department": at.section.pk, "starts_on": "2026-01-01", "ends_on": "2099-01-01"}
    assert clerk.post("/office/flags/registration/", sent).status_code == 302
    flag = StopFlag.objects.get()
    assert "山田 花子" in clerk.get("/office/flags/").content.decode()
    assert "山田 花子" not in other.get("/office/flags/").content.decode()
    assert other.post(f"/office/flags/{flag.token}/lifting/").status_code == 404
    assert cases.decided(at).letters.get().is_held
    clerk.post(f"/office/flags/{flag.token}/lifting/")
    flag.refresh_from_db()
    assert flag.lifted_at is not None


def test_a_director_pages_through_all_sections_without_losing_one() -> None:
    bureau = cast.department("区民部", "1000")
    numbers = set()
    for name, code in (("戸籍住民課", "1010"), ("税務課", "2020")):
        at = cases.counter(name, code)
        at.section.parent = bureau
        at.section.save()
        numbers |= {cases.case(at).number for _ in range(2)}
    director = cast.staff("部長", "d@example.lg.jp", "director", bureau)
    cases.case(cases.counter("他部の課", "9090"))
    page = CaseList(director).page(QueryDict("view=all&sort=-received"))
    assert {case.number for case in page.rows} == numbers


def test_a_returned_proposal_says_why_on_the_case_and_is_filled_in_as_it_was() -> None:
    at = cases.counter()
    case = cases.proposed(at, "refused", reason="要件を満たしません。")
    assert case.proposal is not None
    case.proposal.return_to_drafter(by=at.chief, reason="使いみちを確かめてください。")
    clerk, there = signed_in(at.clerk), f"/office/cases/{case.number}/"
    page = clerk.get(there).content.decode()
    assert "差戻しになった起案を直す" in page
    assert "使いみちを確かめてください。" in page
    filled = clerk.get(f"{there}proposal/").content.decode()
    assert "要件を満たしません。" in filled
    assert re.search(r'value="refused"[^>]* checked', filled)


def test_a_refused_decision_without_its_reason_keeps_everything_typed() -> None:
    at = cases.counter(fee=300)
    case = cases.reviewed(at)
    clerk, there = signed_in(at.clerk), f"/office/cases/{case.number}/proposal/"
    typed = {"outcome": "granted", "reason": "要件を満たすため。", "urgent": "学校の手続のため"}
    unpaid = clerk.post(there, typed).content.decode()
    assert "要件を満たすため。" in unpaid
    assert "学校の手続のため" in unpaid
    assert (
        "手数料 600円が、まだ納付されていません。納付されるまで、却下のほかは起案できません。"
        in clerk.get(there).content.decode()
    ), "it is said before"


def test_a_certificate_is_issued_and_the_next_act_is_said() -> None:
    at = cases.counter()
    case = cases.reviewed(at)
    clerk = signed_in(at.clerk)
    page = f"/office/cases/{case.number}/"
    form = clerk.get(f"{page}proposal/").content.decode()
    assert "交付する" in form
    assert "認容する" not in form
    clerk.post(f"{page}proposal/", {"outcome": "granted"})
    case.refresh_from_db()
    assert case.proposal is not None
    assert case.proposal.dossier.content["決定案"]["決定"] == "交付する"
    case.proposal.approve(by=at.chief)
    cases.work_off()
    assert "「証明書の請求」を作って、渡す" in clerk.get(page).content.decode()
    done = clerk.post(f"{page}issuance/", follow=True).content.decode()
    assert "交付したと記録しました。" in done
    assert "通知書を届ける" in done
    again = clerk.post(f"{page}issuance/", follow=True).content.decode()
    assert "すでに交付を記録しています" in again


def test_papers_are_looked_at_in_the_browser_and_saved_only_on_wish() -> None:
    at = cases.counter()
    document = copy.deepcopy(cases.DOCUMENT)
    document["pages"][0]["groups"][0]["questions"].append({"id": "card", "kind": "file", "label": "身分証"})
    release = cases.release(at.section, document=document, code="with-card", serial=78)
    draft = intake.begin(release, by=Guest())
    draft.submission.save_page("person", cases.FILLED, by=Guest(), files={"card": photo("card.png")})
    case = intake.accept(draft.submission, by=Guest())
    case.start_review(by=at.clerk)
    token, clerk = case.submission.uploads.get().token, signed_in(at.clerk)
    address = f"/office/cases/{case.number}/uploads/{token}/"
    assert f'<img class="paper" src="{address}"' in clerk.get(f"/office/cases/{case.number}/").content.decode()
    seen, saved = clerk.get(address), clerk.get(f"{address}?save=1")
    assert seen.headers["Content-Disposition"].startswith("inline")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in seen.headers["Cache-Control"]
    number, chief = decisions.propose(case, "granted", by=at.clerk).number, signed_in(at.chief)
    page = chief.get(f"/office/proposals/{number}/").content.decode()
    shown = f"/office/proposals/{number}/uploads/{token}/"
    assert f'<img class="paper" src="{shown}"' in page
    assert f'href="/office/cases/{case.number}/"' in page
    assert chief.get(shown).headers["Content-Disposition"].startswith("inline")
    assert signed_in(cases.stranger()).get(shown).status_code == 404


def test_an_opinion_that_nobody_answered_is_said_before_the_decision() -> None:
    at = cases.counter()
    case = cases.reviewed(at)
    taxes = cast.department("税務課", "2020")
    messages.request_opinion(case, taxes, "滞納はありますか。", by=at.clerk, due_on=None)
    said = "税務課への意見照会に、まだ回答がありません。"
    assert said in signed_in(at.clerk).get(f"/office/cases/{case.number}/").content.decode()
    number = decisions.propose(case, "granted", by=at.clerk).number
    assert said in signed_in(at.chief).get(f"/office/proposals/{number}/").content.decode()


def test_nothing_that_cannot_be_undone_arrives_ticked() -> None:
    at = cases.counter()
    cases.decided(at)
    cases.work_off()
    page = signed_in(at.clerk).get("/office/batches/").content.decode()
    assert 'name="letter"' in page
    assert " checked" not in page.partition('name="letter"')[2].partition(">")[0]


def test_a_case_is_found_by_what_a_caller_says() -> None:
    at = cases.counter()
    document = copy.deepcopy(cases.DOCUMENT)
    document["pages"][0]["groups"][0]["questions"].append({"id": "tel", "kind": "phone", "label": "電話番号"})
    release = cases.release(at.section, document=document, code="with-phone", serial=79)
    draft = intake.begin(release, by=Guest())
    draft.submission.save_page(
        "person", {**cases.FILLED, "tel": "０９０ー１２３４ー５６７８", "name__family": "斉藤"}, by=Guest()
    )
    case = intake.accept(draft.submission, by=Guest())
    other = cases.case(at)
    clerk, serial = signed_in(at.clerk), case.number.split("-")[1]
    for words in ("09012345678", "090-1234-5678", "斎藤", "斉藤 花子", serial[-4:]):
        page = clerk.get("/office/cases/", {"view": "all", "q": words}).content.decode()
        assert case.number in page, words
        assert other.number not in page, words
