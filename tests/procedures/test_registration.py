"""A procedure of an own ordinance comes into the inventory: added by the DX office, or asked for by a section."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import clerk, department, headquarters, signed_in, staff
from tests.cast.procedures import procedure
from todoke.japanese.search_tokens import letter_tokens
from todoke.notices.models import Message
from todoke.organization.models import Department, Post
from todoke.procedures import duplicates, registration, search
from todoke.procedures.models import LegalBasis, ListingRequest, Procedure
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db
ADD = "/office/listing-requests/addition/"


@pytest.fixture
def section() -> Department:
    return department("保育課", "5002")


def club(section: Department, **more: str) -> dict[str, str]:
    said = {"title": "放課後児童クラブ利用申込", "plain_name": "学童保育の申込み", "department": str(section.pk)}
    law = {
        "rank": "ordinance",
        "law": "みらい区放課後児童クラブ条例",
        "article": "第5条",
        "search_words": "学童 学童保育",
    }
    return {"filer": "5", **said, **law, **more}


def test_the_dx_office_adds_a_procedure_of_an_own_ordinance_and_residents_find_it(section: Department) -> None:
    answer = signed_in(headquarters()).post(ADD, club(section))
    made = Procedure.objects.get()
    assert answer.headers["Location"] == f"/office/procedures/{made.number}/"
    assert (made.department, made.law, made.article) == (section, "みらい区放課後児童クラブ条例", "第5条")
    basis = LegalBasis.objects.get()
    assert (basis.rank, basis.get_amendable_by_display()) == ("ordinance", "区議会")
    assert made.number in Client().get("/procedures/", {"q": "学童"}).content.decode()
    page = Client().get(f"/procedures/{made.number}/").content.decode()
    assert made.number in page
    assert "国の調査" not in page


def test_a_section_asks_and_nothing_is_public_before_the_dx_office_takes_it(section: Department) -> None:
    office, asking = headquarters(), clerk(section)
    assert "登録を依頼する" in signed_in(asking).get(ADD).content.decode()
    signed_in(asking).post(ADD, club(section))
    asked = ListingRequest.objects.get()
    assert not Procedure.objects.exists()
    assert Message.objects.get().user == office
    signed_in(office).post(f"/office/listing-requests/{asked.token}/acceptance/")
    asked.refresh_from_db()
    assert asked.procedure == Procedure.objects.get()
    assert Message.objects.filter(user=asking).count() == 1


def test_a_section_that_is_told_no_learns_why(section: Department) -> None:
    office, asking = headquarters(), clerk(section)
    asked = registration.request_listing(ListingRequest(title="庁舎の見学", department=section), by=asking)
    with pytest.raises(Refused, match="理由を書いて"):
        registration.decline(asked, " ", by=office)
    registration.decline(asked, "手続ではありません。", by=office)
    page = signed_in(asking).get(f"/office/listing-requests/{asked.token}/").content.decode()
    assert "手続ではありません。" in page
    assert "台帳に加える</button>" not in page
    with pytest.raises(Conflict):
        registration.list_procedure(asked, by=office)


def test_a_section_asks_only_for_its_own_and_does_not_see_what_others_asked(section: Department) -> None:
    other = staff("田中", "other@example.lg.jp", section=department("税務課", "3002"))
    with pytest.raises(NotAllowed):
        registration.request_listing(ListingRequest(title="何か", department=section), by=other)
    asked = registration.request_listing(ListingRequest(title="何か", department=section), by=clerk(section))
    assert signed_in(other).get(f"/office/listing-requests/{asked.token}/").status_code == 404
    assert signed_in(other).post(f"/office/listing-requests/{asked.token}/acceptance/").status_code == 403


def test_a_name_like_one_of_the_inventory_is_shown_first_and_typed_words_are_kept(section: Department) -> None:
    known = procedure("放課後児童クラブ利用申込書", law="児童福祉法")
    desk = signed_in(staff("加藤", "designer@example.lg.jp", Post.Role.DESIGNER))
    answer = desk.post(ADD, club(section))
    assert answer.status_code == 422
    assert known.number in answer.content.decode()
    assert "学童保育の申込み" in answer.content.decode()
    assert desk.post(ADD, club(section, different="on")).status_code == 302
    assert Procedure.objects.count() == 2


def test_every_person_of_the_dx_office_sees_in_todays_work_that_a_request_waits(section: Department) -> None:
    registration.request_listing(ListingRequest(title="庁舎の見学", department=section), by=clerk(section))
    assert "登録の依頼" in signed_in(headquarters()).get("/office/").content.decode()


def test_a_name_that_stands_in_a_longer_one_is_shown_too() -> None:
    known = procedure("犬の登録の申請・登録・鑑札の交付")
    procedure("庁舎の使用の許可")
    assert duplicates.procedures_like("犬の登録の申請") == [known]
    assert duplicates.procedures_like("申請") == []


def test_only_procedures_with_the_rarest_letters_are_compared_in_three_queries(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    known = procedure("犬の登録の申請・登録・鑑札の交付")
    for n in range(5):
        procedure(f"業者の登録の申請 {n}")
    monkeypatch.setattr(duplicates, "MOST_COMPARED", 3)
    with django_assert_num_queries(3):
        assert duplicates.procedures_like("犬の登録の申請") == [known]
    assert search.rarest(letter_tokens("犬の登録"), 3) == ["犬の"]
    assert search.rarest(letter_tokens("登録"), 3) == ["登録"], "the rarest of all, though it stands in more"
    assert search.rarest(letter_tokens("見学"), 3) == search.rarest([], 3) == []


def test_a_name_of_more_letters_than_a_statement_can_count_is_compared_all_the_same() -> None:
    procedure("犬の登録")
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + search.MOST_SELECTS)]
    assert search.rarest(["犬の", *letters], 3) == ["犬の"]
