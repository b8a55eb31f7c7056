"""A chief who goes away says so on a page, and somebody else can decide."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import cast
from tests.cast import approvals
from tests.cast.approvals import Office
from todoke.approvals.models import Absence, Delegation, Deputy, Proposal
from todoke.japanese.calendar import today
from todoke.organization.models import Post, Tenure

pytestmark = pytest.mark.django_db


def week() -> dict[str, str]:
    return {"starts_on": str(today()), "ends_on": str(today() + timedelta(days=7))}


@pytest.fixture
def office() -> Office:
    return approvals.office()


@pytest.fixture
def chief(office: Office) -> Client:
    client = Client()
    client.force_login(office.chief)
    return client


def test_away_for_a_week_the_deputy_decides_and_back_early_not(office: Office, chief: Client) -> None:
    deputy = cast.staff("渡辺 補佐", "deputy@example.lg.jp", Post.Role.CLERK, office.section)
    seats = {"post": Tenure.objects.of(office.chief).get().post_id, "deputy": Tenure.objects.of(deputy).get().post_id}
    chief.post("/office/absences/deputy/", seats)
    away = week()
    assert "不在を届けました" in chief.post("/office/absences/announcement/", away, follow=True).content.decode()
    proposal = approvals.proposal(office.clerk)
    assert list(Proposal.objects.waiting_for(deputy)) == [proposal]
    chief.post(f"/office/absences/{away['starts_on']}/return/")
    assert not Proposal.objects.waiting_for(deputy).exists()
    assert Absence.objects.get().returned_at
    chief.post("/office/absences/dismissal/")
    assert not Deputy.objects.exists()


def test_a_delegation_is_given_and_taken_back(office: Office, chief: Client) -> None:
    seat = Tenure.objects.of(office.chief).get().post_id
    chief.post("/office/absences/delegation/", week() | {"post": seat, "to": office.treasurer.pk})
    proposal = approvals.proposal(office.clerk)
    assert list(Proposal.objects.waiting_for(office.treasurer)) == [proposal]
    chief.post("/office/absences/revocation/")
    assert not Proposal.objects.waiting_for(office.treasurer).exists()


def test_somebody_elses_post_cannot_be_delegated(office: Office, chief: Client) -> None:
    seat = Tenure.objects.of(office.mayor).get().post_id
    answer = chief.post("/office/absences/delegation/", week() | {"post": seat, "to": office.treasurer.pk}, follow=True)
    assert "届出は行われていません" in answer.content.decode()
    assert not Delegation.objects.exists()


def test_an_absence_that_ends_before_it_begins_is_refused_in_words(chief: Client) -> None:
    wrong = {"starts_on": str(today()), "ends_on": str(today() - timedelta(days=1))}
    answer = chief.post("/office/absences/announcement/", wrong, follow=True)
    assert "終了日は、開始日より後" in answer.content.decode()
    assert not Absence.objects.exists()


def test_the_page_shows_in_which_posts_one_may_act_today(office: Office, chief: Client) -> None:
    assert "戸籍住民課 課長" in chief.get("/office/absences/").content.decode()


def test_who_has_no_deputy_is_told_so_and_finds_one(office: Office, chief: Client) -> None:
    bureau = cast.department("区民部", "10")
    section = Tenure.objects.of(office.chief).get().post.department
    section.parent = bureau
    section.save()
    said = chief.post("/office/absences/announcement/", week(), follow=True).content.decode()
    assert "代決者がいないため、その間の起案は待ちます。" in said
    director = cast.staff("部長", "bureau-head@example.lg.jp", Post.Role.DIRECTOR, bureau)
    page = Client()
    page.force_login(director)
    offered = page.get("/office/absences/").context["deputy_form"].fields["deputy"].queryset
    assert Tenure.objects.of(office.chief).get().post in offered, "a director is deputised for by a chief below"
