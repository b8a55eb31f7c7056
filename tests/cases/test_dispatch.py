"""Letters go out together with their address sheet, never past a stop flag, and what comes back is written down."""

import io

import pytest
from django.core.files.storage import default_storage
from django.http import QueryDict
from django.test import Client
from pypdf import PdfReader

from tests.cast import cases
from todoke.cases import decisions
from todoke.cases.letters import dispatch
from todoke.cases.models import Letter, LetterBatch, StopFlag
from todoke.cases.models import letter as letter_module
from todoke.japanese.calendar import today
from todoke.office.casework.letter_lists import LetterList
from todoke.runtime.refusals import Conflict, Refused

pytestmark = pytest.mark.django_db


def ready(at: cases.Counter, *families: str) -> list[Letter]:
    for family in families:
        case = cases.reviewed(at, name__family=family)
        posting_of = decisions.propose(case, "granted", by=at.clerk)
        posting_of.approve(by=at.chief)
    cases.work_off()
    return list(Letter.objects.order_by("pk"))


def words_of(path: str) -> str:
    with default_storage.open(path) as file:
        return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(file.read())).pages).split())


def test_letters_are_printed_together_with_an_address_sheet_and_posted() -> None:
    at = cases.counter()
    letters = ready(at, "山田", "田中", "鈴木")
    Letter.objects.filter(pk=letters[0].pk).update(data=letters[0].data | {"address": "みらい区架空町1-2-3"})
    batch = dispatch.create_batch([letter.token for letter in letters], by=at.clerk)
    with pytest.raises(Conflict):
        dispatch.mark_posted(batch, by=at.clerk)
    cases.work_off()
    batch.refresh_from_db()
    assert (batch.done, batch.total) == (3, 3)
    assert all(name in words_of(batch.file) for name in ("山田花子", "田中花子", "鈴木花子"))
    sheet = words_of(batch.addresses)
    assert "みらい区架空町1-2-3" in sheet
    assert f"住所のない通知書:{letters[1].case.number}" in sheet
    assert dispatch.mark_posted(batch, by=at.clerk) == 3
    assert {letter.case.delivery for letter in Letter.objects.all()} == {"posted"}


def test_nothing_is_printed_twice_and_a_foreign_letter_voids_the_choice() -> None:
    at, other = cases.counter(), cases.counter("税務課", "3010")
    mine = ready(at, "山田")[0].token
    foreign = next(letter.token for letter in ready(other, "田中") if letter.case.department == other.section)
    with pytest.raises(Refused):
        dispatch.create_batch([mine, foreign], by=at.clerk)
    dispatch.create_batch([mine], by=at.clerk)
    with pytest.raises(Refused):
        dispatch.create_batch([mine], by=at.clerk)
    assert LetterBatch.objects.count() == 1


def test_a_flag_placed_after_a_letter_was_made_holds_it_until_a_person_has_looked() -> None:
    at = cases.counter()
    letter = ready(at, "山田")[0]
    StopFlag.place(name="山田花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    with pytest.raises(Refused, match="支援措置"):
        dispatch.create_batch([letter.token], by=at.clerk)
    client = Client()
    client.force_login(at.clerk)
    page = f"/office/cases/{letter.case.number}/"
    assert "作成した後に、支援措置が登録されました" in client.get(page).content.decode()
    client.post(f"{page}letters/{letter.token}/check/", {"reason": "本人に電話で確かめた"})
    assert dispatch.create_batch([letter.token], by=at.clerk).total == 1


def test_a_letter_that_comes_back_stands_among_those_to_be_looked_at() -> None:
    at = cases.counter()
    letter = ready(at, "山田")[0]
    with pytest.raises(Conflict):
        letter.mark_returned(reason="あて所に尋ねあたらない", by=at.clerk)
    batch = dispatch.create_batch([letter.token], by=at.clerk)
    cases.work_off()
    dispatch.mark_posted(LetterBatch.objects.get(pk=batch.pk), by=at.clerk)
    client = Client()
    client.force_login(at.clerk)
    number = letter.case.number
    client.post(f"/office/cases/{number}/letters/{letter.token}/return/", {"reason": "あて所に尋ねあたらない"})
    letter = Letter.objects.get(pk=letter.pk)
    assert (letter.case.delivery, letter.return_reason) == ("returned", "あて所に尋ねあたらない")
    assert number in client.get("/office/cases/?view=letters").content.decode()
    assert "あて所に尋ねあたらない" in client.get("/office/batches/?view=returned").content.decode()


def test_a_clerk_cannot_sort_letters_by_days_that_none_of_them_has() -> None:
    at = cases.counter()
    letters = ready(at, "山田", "田中")
    client = Client()
    client.force_login(at.clerk)
    usual = client.get("/office/batches/")
    assert "sort=kind" in usual.content.decode()
    assert "sort=posted" not in usual.content.decode()
    for sort in ("posted", "-posted", "returned", "-returned"):
        assert list(client.get(f"/office/batches/?sort={sort}").context["rows"]) == list(usual.context["rows"])
    dispatch.create_batch([letter.token for letter in letters], by=at.clerk)
    cases.work_off()
    dispatch.mark_posted(LetterBatch.objects.get(), by=at.clerk)
    posted = client.get("/office/batches/?view=posted&columns=posted&columns=returned").content.decode()
    assert "sort=posted" in posted
    assert "sort=returned" not in posted


@pytest.mark.parametrize("few", [0, 20_000])
def test_a_section_with_few_or_many_cases_sees_its_own_letters_alone(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(letter_module, "MOST_CASES", few)
    here, there = cases.counter(), cases.counter("税務課", "202020")
    mine = ready(here, "山田", "田中")
    ready(there, "鈴木")
    assert set(LetterList(here.clerk).page(QueryDict("sort=kind")).rows) == set(mine)


def test_the_pages_of_posting_lead_from_choosing_to_the_files() -> None:
    at = cases.counter()
    letters = ready(at, "山田", "田中")
    client = Client()
    client.force_login(at.clerk)
    assert letters[0].case.number in client.get("/office/batches/").content.decode()
    answer = client.post("/office/batches/printing/", {"letter": [letter.token for letter in letters]}, follow=True)
    assert "2通のうち0通ができました" in answer.content.decode()
    cases.work_off()
    page = answer.redirect_chain[-1][0]
    assert "宛名シート" in client.get(page).content.decode()
    for sheet in ("letters", "addresses"):
        assert client.post(f"{page}{sheet}/file/", {"phrase": "posting"}).getvalue().startswith(b"%PDF")
    assert "発送を記録しました" in client.post(f"{page}posting/", follow=True).content.decode()
    stranger = Client()
    stranger.force_login(cases.counter("税務課", "3010").clerk)
    assert stranger.get(page).status_code == 404


def test_what_is_taken_away_is_what_was_searched_for() -> None:
    at = cases.counter()
    ready(at, "山田", "田中")
    client = Client()
    client.force_login(at.clerk)
    page = client.get("/office/batches/", {"q": "山田"})
    sheet = b"".join(client.get(f"{page.context['export']}&kind=csv")).decode("utf-8-sig")
    assert "山田" in sheet
    assert "田中" not in sheet
