"""T01–T03, T25: a stranger finds nothing, and cannot even tell that there is something to find."""

from datetime import timedelta

import pytest
from django.db.models import Q

from tests.cast.role_matrix.world import CANARY, World
from todoke.japanese.calendar import today
from todoke.organization.models import Tenure

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
NOBODYS = "2026-999999-Q"


def plain(content: bytes, number: str) -> str:
    return content.decode().replace(number, "NUMBER")


@pytest.mark.parametrize("role", ["anonymous", "resident"])
def test_t01_a_strangers_answer_is_the_answer_for_what_does_not_exist(world: World, role: str) -> None:
    number = world.case.number
    for tail in ("", "withdraw/", "withdrawal/", "correction/", "correction/answers/"):
        for method in METHODS:
            asked, unknown = (world.client(role).generic(method, f"/cases/{name}/{tail}") for name in (number, NOBODYS))
            assert asked.status_code == unknown.status_code, (tail, method)
            assert asked.headers.get("Location", "").replace(number, NOBODYS) == unknown.headers.get("Location", "")
            assert CANARY not in asked.content.decode()


@pytest.mark.parametrize("role", ["anonymous", "resident", "clerk"])
def test_t01_a_draft_belongs_to_whoever_began_it(world: World, role: str) -> None:
    token = world.draft.submission.token
    for tail in ("", "pages/person/", "pages/person/draft/", "check/", "later/", "submission/", "receipt/"):
        for method in METHODS:
            answer = world.client(role).generic(method, f"/applications/{token}/{tail}")
            assert answer.status_code in {302, 404, 405}, (tail, method)
            assert CANARY not in answer.content.decode()


@pytest.mark.parametrize("role", ["anonymous", "resident", "clerk_elsewhere", "administrator", "auditor"])
def test_t02_files_and_letters_open_for_nobody_else(world: World, role: str) -> None:
    number, client = world.case.number, world.client(role)
    for address in (
        f"/cases/{number}/letters/{world.letter.token}/",
        f"/office/cases/{number}/uploads/{world.upload.token}/",
        f"/office/cases/{number}/letters/{world.letter.token}/",
        f"/files/{world.upload.path}",
        f"/media/{world.upload.path}",
        f"/static/../{world.upload.path}",
    ):
        answer = client.get(address)
        assert answer.status_code in {302, 403, 404}, address
        assert b"%PDF" not in answer.content


def test_t02_the_letters_address_dies_with_the_session(world: World) -> None:
    client, address = world.client("applicant"), f"/cases/{world.case.number}/letters/{world.letter.token}/"
    assert client.get(address).getvalue().startswith(b"%PDF")
    client.logout()
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("role", ["clerk_elsewhere", "administrator", "treasurer", "auditor", "designer"])
def test_t03_other_departments_find_no_trace(world: World, role: str) -> None:
    client = world.client(role)
    for address in (
        "/office/", "/office/cases/", f"/office/cases/?q={CANARY}", f"/office/cases/?q={world.case.number}",
        "/office/cases/export/?kind=csv", f"/office/cases/?q={CANARY}&view=all", "/office/proposals/",
        "/office/proposals/?view=all", "/office/proposals/export/?view=all", "/office/counter/",
    ):  # fmt: skip
        answer = client.get(address)
        shown = answer.getvalue().decode().replace(f'value="{CANARY}"', "").replace(f'value="{world.case.number}"', "")
        shown = shown.replace(f"「{CANARY}」", "").replace(f"「{world.case.number}」", "")
        assert answer.status_code in {200, 403, 404}, address
        assert f">{CANARY}" not in shown, address
        assert f"/office/cases/{world.case.number}/" not in shown, address


def test_t03_one_foreign_number_in_a_bulk_act_changes_nothing(world: World) -> None:
    client = world.client("clerk_elsewhere")
    client.post("/office/cases/assignment/", {"number": [world.case.number], "assignee": ""})
    before = world.case.assignee_id
    world.case.refresh_from_db()
    assert world.case.assignee_id == before


def test_t25_a_post_that_ended_yesterday_opens_nothing_today(world: World) -> None:
    client, address = world.client("clerk"), f"/office/cases/{world.case.number}/"
    assert client.get(address).status_code == 200
    mine = Tenure.objects.filter(Q(user=world.people["clerk"]))
    mine.update(ends_on=today() - timedelta(days=1))
    assert client.get(address).status_code == 403


def test_t25_a_disabled_account_is_out_at_the_next_press(world: World) -> None:
    client = world.client("clerk")
    world.people["clerk"].is_active = False
    world.people["clerk"].save()
    assert client.get("/office/").status_code == 302
