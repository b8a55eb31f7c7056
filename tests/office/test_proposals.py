"""The chief's desk: what waits, what an act leads to, and who may press what."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast import approvals, cases, signed_in
from tests.cast.approvals import Office
from todoke.accounts.models import User
from todoke.approvals.models import Absence, Deputy, Proposal, querysets
from todoke.audit.models import Entry
from todoke.cases.models import Opinion, StopFlag
from todoke.japanese.calendar import today
from todoke.office.approvals.proposal_list import ProposalList
from todoke.organization.models import Post, Tenure

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return approvals.office()


def page(person: User, address: str) -> str:
    answer = signed_in(person).get(f"/office/proposals/{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def press(person: User, proposal: Proposal, act: str, **words: str) -> str:
    words = {"seen": proposal.dossier_hash} | words
    answer = signed_in(person).post(f"/office/proposals/{proposal.number}/{act}/", words, follow=True)
    proposal.refresh_from_db()
    return answer.content.decode()


def test_a_chief_finds_reads_and_approves_what_waits(office: Office) -> None:
    proposal = approvals.proposal(office.clerk)
    assert proposal.number in page(office.chief, "")
    shown = page(office.chief, f"{proposal.number}/")
    assert "承認すると決裁となり、この内容で確定します" in shown
    assert "承認しました" in press(office.chief, proposal, "approval", opinion="よい")
    assert proposal.status == Proposal.Status.APPROVED
    assert proposal.number not in page(office.chief, "")


def test_looking_at_a_proposal_is_an_entry_too(office: Office) -> None:
    proposal = approvals.proposal(office.clerk)
    page(office.chief, f"{proposal.number}/")
    assert Entry.objects.filter(act="閲覧", actor=office.chief).count() == 1


def test_before_the_last_the_page_says_who_comes_next(office: Office) -> None:
    proposal = approvals.proposal(office.clerk, importance="important")
    assert "承認すると、次の「区民部部長(回議)」に回ります" in page(office.chief, f"{proposal.number}/")


def test_who_saw_another_dossier_is_told_and_nothing_changes(office: Office) -> None:
    proposal = approvals.proposal(office.clerk)
    assert "内容か状態が変わりました" in press(office.chief, proposal, "approval", seen="0" * 64)
    assert proposal.status == Proposal.Status.CIRCULATING


def test_a_return_needs_a_reason_and_says_so(office: Office) -> None:
    proposal = approvals.proposal(office.clerk)
    assert "理由を書いてから" in press(office.chief, proposal, "return", reason="")
    assert proposal.status == Proposal.Status.CIRCULATING
    press(office.chief, proposal, "return", reason="見積書がありません。")
    assert proposal.status == Proposal.Status.RETURNED
    assert "見積書がありません。" in page(office.clerk, f"{proposal.number}/")


def test_a_drafter_sees_that_they_cannot_approve_and_may_take_back(office: Office) -> None:
    proposal = approvals.proposal(office.clerk)
    shown = page(office.clerk, f"{proposal.number}/")
    assert "承認する</button>" not in shown
    signed_in(office.clerk).post(f"/office/proposals/{proposal.number}/approval/", {"seen": proposal.dossier_hash})
    proposal.refresh_from_db()
    assert proposal.status == Proposal.Status.CIRCULATING
    press(office.clerk, proposal, "taking-back", reason="誤り")
    press(office.clerk, proposal, "dropping", reason="不要")
    assert proposal.status == Proposal.Status.DROPPED


def test_a_deputy_decides_in_absence_and_the_chief_reads_it_after(office: Office) -> None:
    proposal = approvals.proposal(office.clerk)
    deputy = cast.staff("渡辺 補佐", "deputy@example.lg.jp", Post.Role.CLERK, office.section)
    seats = [Tenure.objects.of(person).get().post for person in (office.chief, deputy)]
    Deputy.objects.create(post=seats[0], deputy=seats[1])
    Absence.objects.create(user=office.chief, starts_on=today(), ends_on=today())
    assert "不在のため、代決できます" in page(deputy, f"{proposal.number}/")
    press(deputy, proposal, "absence")
    assert "後閲はまだです" in page(office.chief, f"{proposal.number}/")
    assert proposal.number in page(office.chief, "?view=unread")
    press(office.chief, proposal, "after-reading")
    assert proposal.number not in page(office.chief, "?view=unread")


def test_a_batch_is_shown_before_it_is_approved(office: Office) -> None:
    made = [approvals.proposal(office.clerk) for _ in range(3)]
    chief = signed_in(office.chief)
    shown = chief.post("/office/proposals/batch/", {"number": [p.number for p in made]}).content.decode()
    assert "3件を承認する" in shown
    seen = [f"{p.number}:{p.dossier_hash}" for p in made]
    assert (
        "3件を承認しました"
        in chief.post("/office/proposals/batch/approval/", {"seen": seen}, follow=True).content.decode()
    )


def test_a_stranger_gets_nothing_at_all(office: Office) -> None:
    proposal = approvals.proposal(office.clerk)
    stranger = signed_in(cast.staff("他課", "other@example.lg.jp", section=cast.department("税務課", "3010")))
    assert stranger.get(f"/office/proposals/{proposal.number}/").status_code == 404
    assert stranger.post(f"/office/proposals/{proposal.number}/approval/", {"seen": "x"}).status_code == 404
    assert stranger.get(f"/office/proposals/{proposal.number}/document/").status_code == 404


def test_the_document_is_a_pdf(office: Office) -> None:
    proposal = approvals.proposal(office.clerk)
    answer = signed_in(office.chief).get(f"/office/proposals/{proposal.number}/document/")
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("sort", ["", "number", "-number", "title", "amount", "-opened"])
@pytest.mark.parametrize("view", ["waiting", "mine", "all"])
def test_pages_by_key_show_every_proposal_once(
    office: Office, monkeypatch: pytest.MonkeyPatch, view: str, sort: str
) -> None:
    monkeypatch.setattr(ProposalList, "size", 3)
    made = {
        approvals.proposal(office.clerk, amount=n or None, urgent_reason="急" if n == 4 else "").number
        for n in range(8)
    }
    person, address, found = (office.clerk if view == "mine" else office.chief), f"?view={view}&sort={sort}", []
    client = signed_in(person)
    while address:
        context = client.get(f"/office/proposals/{address}").context
        found += [proposal.number for proposal in context["rows"]]
        address = context["following"].removeprefix("/office/proposals/")
    assert sorted(found) == sorted(made)


def test_the_list_asks_as_often_for_one_proposal_as_for_thirty(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(30):
        approvals.proposal(office.clerk)
    client = signed_in(office.chief)
    with django_assert_max_num_queries(30):
        client.get("/office/proposals/")


@pytest.mark.parametrize("few", [0, 1000])
def test_everybody_finds_the_same_proposals_whether_they_may_see_few_or_many(
    office: Office, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(querysets, "MOST_GATHERED", few)
    decided, asked, other = (approvals.proposal(office.clerk, amount=amount) for amount in (1, 2_000_000, 3))
    for proposal in (decided, other):
        proposal.approve(by=office.chief)
    mover = cast.staff("中村", "mover@example.lg.jp", Post.Role.CHIEF, office.finance)
    Tenure.objects.filter(user=office.chief).update(ends_on=today() - timedelta(days=1))
    Tenure.objects.create(user=mover, post=Post.objects.get(role=Post.Role.CHIEF, department=office.section),
                          starts_on=today())  # fmt: skip
    auditor = cast.staff("監査", "auditor@example.lg.jp", Post.Role.AUDITOR, office.finance)
    everything = {decided, asked, other}
    seen = {
        office.clerk: everything, mover: everything, auditor: everything, office.director: {asked},
        office.treasurer: {asked}, office.mayor: {asked}, office.chief: set(),
    }  # fmt: skip
    for person, expected in seen.items():
        assert set(Proposal.objects.listed_for(person)) == set(Proposal.objects.visible_to(person)) == expected


def test_whose_proposals_are_few_is_asked_as_often_for_thirty(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    approvals.proposal(office.clerk, amount=2_000_000)
    client = signed_in(office.treasurer)
    client.get("/office/proposals/?view=all")
    with CaptureQueriesContext(connection) as one:
        client.get("/office/proposals/?view=all")
    for _ in range(29):
        approvals.proposal(office.clerk, amount=2_000_000)
    with django_assert_num_queries(len(one)):
        assert len(client.get("/office/proposals/?view=all").context["rows"]) == 30


def test_all_proposals_are_found_by_a_part_of_title_or_number_and_sorted_by_opening_alone(office: Office) -> None:
    first, second = (approvals.proposal(office.clerk, title=title) for title in ("端末の購入", "机の購入"))
    client = signed_in(office.chief)
    for words, wanted in (("端末", [first]), ("購入", [second, first]), (first.number.lower(), [first]), ("鳥", [])):
        shown = client.get("/office/proposals/", {"view": "all", "q": words, "sort": "title"})
        assert list(shown.context["rows"]) == wanted


@pytest.mark.sqlite
def test_an_auditor_finds_proposals_along_one_index_and_a_clerk_among_their_own(office: Office) -> None:
    auditor = cast.staff("監査", "auditor@example.lg.jp", Post.Role.AUDITOR, office.finance)
    plans = {
        person: Proposal.objects.listed_for(person).filter(title__icontains="端末").order_by("-opened_at", "-pk")
        .values_list("pk")[:51].explain() for person in (auditor, office.clerk)
    }  # fmt: skip
    assert plans[auditor].endswith("SCAN approvals_proposal USING COVERING INDEX approvals_by_opening")
    assert "SCAN approvals_proposal" not in plans[office.clerk]


def test_the_list_is_exported_as_it_is_filtered(office: Office) -> None:
    approvals.proposal(office.clerk, title="端末の購入")
    approvals.proposal(office.clerk, title="机の購入")
    answer = signed_in(office.chief).get("/office/proposals/export/?view=waiting&q=端末&kind=csv")
    text = answer.getvalue().decode("utf-8-sig")
    assert "端末の購入" in text
    assert "机の購入" not in text


def test_before_approving_many_the_chief_reads_whom_to_look_at() -> None:
    at = cases.counter()
    case = cases.proposed(at)
    taxes = cast.department("税務課", "2020")
    Opinion.objects.create(case=case, department=taxes, question="滞納はありますか。", asked_by=at.clerk)
    StopFlag.place(name="山田花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    assert case.proposal is not None
    page = (
        cast.signed_in(at.chief).post("/office/proposals/batch/", {"number": [case.proposal.number]}).content.decode()
    )
    assert '<span class="tag tag--warning">支援措置</span>' in page
    assert '<span class="tag tag--warning">意見照会の回答待ち</span>' in page
    assert "手数料が未納" not in page
