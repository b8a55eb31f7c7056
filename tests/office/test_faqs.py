"""A section writes answers, another person publishes them, and gaps become answers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.cast.guidance import published, writer
from tests.cast.procedures import procedure
from todoke.accounts.actors import System
from todoke.guidance.models import ContentGap, Faq, FaqVersion, PlainName

pytestmark = pytest.mark.django_db
FORM = {
    "question": "犬を飼ったら?",
    "answer": "登録してください。",
    "wordings": "子犬をもらった",
    "review_on": "2098-04-01",
}


def test_one_writes_and_another_publishes(client: Client) -> None:
    by, other = writer(), cast.clerk()
    client.force_login(by)
    client.post("/office/faqs/addition/", {**FORM, "department": cast.department().code})
    faq = Faq.objects.get()
    page = client.get(f"/office/faqs/{faq.code}/").content.decode()
    assert "確かめたので、公開する" not in page
    client.force_login(other)
    page = client.get(f"/office/faqs/{faq.code}/").content.decode()
    assert "確かめたので、公開する" in page
    client.post(f"/office/faqs/{faq.code}/publication/", {"seen": faq.draft.revision})
    assert FaqVersion.objects.get().published_by == other


def test_an_answer_is_read_again_rewritten_and_retired_on_its_page(client: Client) -> None:
    by = writer()
    faq = published("印鑑は?", "窓口です。", by=by, checked_by=cast.clerk()).faq
    client.force_login(by)
    where = f"/office/faqs/{faq.code}/"
    assert client.post(f"{where}review/", {"review_on": ""}).status_code == 422
    client.post(f"{where}review/", {"review_on": "2098-04-01"})
    faq.refresh_from_db()
    assert faq.review_on.year == 2098
    client.post(f"{where}draft/", FORM)
    assert faq.draft.question == FORM["question"]
    client.post(f"{where}retirement/")
    assert not Faq.objects.published().exists()


def test_another_section_reads_but_does_not_write(client: Client) -> None:
    faq = published("印鑑は?", "窓口です。", by=writer(), checked_by=cast.clerk()).faq
    client.force_login(cast.staff("他 課", "other@example.lg.jp", section=cast.department("道路課", "3010")))
    assert "次の版を書く" not in client.get(f"/office/faqs/{faq.code}/").content.decode()
    assert client.get(f"/office/faqs/{faq.code}/draft/").status_code == 404


def test_a_gap_becomes_an_answer_with_peoples_words(client: Client) -> None:
    by = writer()
    gap = cast.present(ContentGap.report("公園でドローンを飛ばせますか", department=cast.department(), by=by))
    client.force_login(by)
    where = f"/office/gaps/{gap.pk}/"
    assert client.post(f"{where}draft/", {"department": ""}).status_code == 422
    page = client.post(
        f"{where}draft/", {"department": cast.department().code, "review_on": "2098-04-01"}, follow=True
    ).content.decode()
    assert "公園でドローンを飛ばせますか" in page
    gap.refresh_from_db()
    assert gap.status == ContentGap.Status.WRITING
    client.post(f"{where}refusal/", {"reason": "条例で決まっていないため"})
    gap.refresh_from_db()
    assert gap.status == ContentGap.Status.DECLINED


def test_a_gap_is_handed_over_and_leaves_the_list(client: Client) -> None:
    by, there = writer(), cast.department("道路課", "3010")
    gap = cast.present(ContentGap.report("街路樹の落ち葉", department=cast.department(), by=by))
    client.force_login(by)
    client.post(f"/office/gaps/{gap.pk}/handover/", {"department": there.code})
    assert client.get(f"/office/gaps/{gap.pk}/").status_code == 404
    assert "街路樹" not in client.get("/office/gaps/").content.decode()


def test_the_procedure_an_answer_leads_to_is_checked_with_it_and_then_shown(client: Client) -> None:
    dog = procedure("犬の登録の申請", actor="5")
    PlainName(title=dog.title, plain="犬の登録").keep(by=System())
    by, other = writer(), cast.clerk()
    client.force_login(by)
    assert "犬の登録" in client.get("/office/faqs/addition/").content.decode()
    given = {**FORM, "procedure": dog.number, "department": cast.department().code}
    client.post("/office/faqs/addition/", given)
    faq = Faq.objects.get()
    assert not faq.procedures.exists()
    assert f'value="{dog.number}" selected' in client.get(f"/office/faqs/{faq.code}/draft/").content.decode()
    client.force_login(other)
    client.post(f"/office/faqs/{faq.code}/publication/", {"seen": faq.draft.revision})
    assert list(faq.procedures.all()) == [dog]
    page = client.post("/questions/answer/", {"words": "犬を飼いました"}, follow=True).content.decode()
    assert f"/procedures/{dog.number}/" in page


def sheet(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("faq.csv", text.encode("cp932"))


def test_the_sheet_of_a_section_is_taken_in_and_what_was_not_is_named(client: Client) -> None:
    by, checker = writer(), cast.clerk()
    client.force_login(by)
    where, more = "/office/faqs/imports/", {"department": cast.department().code, "review_on": "2098-04-01"}
    assert cast.department().code in client.get(where).content.decode()
    rows = sheet("質問,回答\n印鑑は?,窓口です。\n空の答え,\n")
    page = client.post(where, {**more, "table": rows}).content.decode()
    assert "1問" in page
    assert "空の答え" in page
    assert "答えが空です" in page
    assert "印鑑は?" in client.get("/office/faqs/?view=waiting").content.decode()
    client.force_login(checker)
    faq = Faq.objects.get()
    client.post(f"/office/faqs/{faq.code}/publication/", {"seen": faq.draft.revision})
    assert "印鑑は?" not in client.get("/office/faqs/?view=waiting").content.decode()


def test_a_file_that_is_no_sheet_and_a_day_that_is_none_are_said_on_the_form(client: Client) -> None:
    client.force_login(writer())
    more = {"department": cast.department().code, "review_on": "2098-04-01"}
    answer = client.post("/office/faqs/imports/", {**more, "table": sheet("名前,住所\n山田,中央\n")})
    assert answer.status_code == 422
    assert "見出し「質問」「回答」の列が見つかりません" in answer.content.decode()
    assert client.post("/office/faqs/imports/", {**more, "review_on": "いつか"}).status_code == 422
    assert not Faq.objects.exists()
