"""Whoever takes letters away is asked at that moment: flags, disposal, departments and posts of today decide."""

from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from tests import cast
from tests.cast import cases
from tests.cast.cases import Counter
from todoke.accounts.models import User
from todoke.cases import decisions
from todoke.cases.letters import dispatch
from todoke.cases.models import Case, Letter, LetterBatch, StopFlag
from todoke.cases.records.record_disposal import erase_case
from todoke.japanese.calendar import today
from todoke.organization.models import Tenure
from todoke.records.models import RecordFile
from todoke.runtime.refusals import Refused

pytestmark = pytest.mark.django_db
ADDRESSES = ("batches/{token}/", "batches/{token}/letters/file/", "batches/{token}/addresses/file/")


def printed(at: Counter, *families: str) -> LetterBatch:
    """A batch of ready letters, one for each family name."""
    for family in families:
        case = cases.reviewed(at, name__family=family)
        decisions.propose(case, "granted", by=at.clerk).approve(by=at.chief)
    cases.work_off()
    batch = dispatch.create_batch(list(Letter.objects.values_list("token", flat=True)), by=at.clerk)
    cases.work_off()
    batch.refresh_from_db()
    return batch


def flag(at: Counter, batch: LetterBatch) -> None:
    StopFlag.place(name="田中花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)


def move_one(at: Counter, batch: LetterBatch) -> None:
    """The case of the second letter goes to another section."""
    Case.objects.filter(pk=batch.letters.latest("pk").case_id).update(department=cast.department("税務課", "3010"))


def dispose(at: Counter, batch: LetterBatch) -> None:
    erase_case(RecordFile.objects.get(number=batch.letters.latest("pk").case.number), by=at.chief)


def transfer(at: Counter, batch: LetterBatch) -> None:
    Tenure.objects.filter(user=at.clerk).delete()
    elsewhere = cast.department("税務課", "3010")
    post = elsewhere.posts.create(title="担当1", role="clerk")
    Tenure.objects.create(post=post, user=at.clerk, starts_on=cast.LONG_AGO)


def disable(at: Counter, batch: LetterBatch) -> None:
    User.objects.filter(pk=at.clerk.pk).update(is_active=False)


EVENTS: dict[Callable[[Counter, LetterBatch], None], str] = {
    flag: "支援措置",
    move_one: "ほかの部署の通知書",
    dispose: "廃棄された案件",
    transfer: "ページ",
    disable: "",
}


@pytest.mark.parametrize(("event", "said"), EVENTS.items(), ids=[event.__name__ for event in EVENTS])
def test_what_happened_since_closes_the_batch_at_the_next_press(
    event: Callable[[Counter, LetterBatch], None], said: str
) -> None:
    at = cases.counter()
    batch = printed(at, "山田", "田中")
    client = cast.signed_in(at.clerk)
    given = client.post(f"/office/batches/{batch.token}/letters/file/", {"phrase": "posting"})
    assert given.getvalue().startswith(b"%PDF")
    event(at, batch)
    for address in ADDRESSES:
        answer = client.get(f"/office/{address.format(token=batch.token)}")
        assert said in answer.content.decode()
        reason = client.post(f"/office/{address.format(token=batch.token)}", {"phrase": "posting"})
        assert "application/pdf" not in {answer["Content-Type"], reason.get("Content-Type", "")}
        assert "宛名シート(PDF)" not in answer.content.decode()
    client.post(f"/office/batches/{batch.token}/posting/")
    batch.refresh_from_db()
    assert batch.posted_at is None
    with pytest.raises(Refused):
        batch.require_taking(by=User.objects.get(pk=at.clerk.pk))


def test_the_flagged_letter_is_left_out_and_said_and_the_others_go_out() -> None:
    at = cases.counter()
    batch = printed(at, "山田", "田中")
    flag(at, batch)
    before, number = batch.file, batch.letters.latest("pk").case.number
    client = cast.signed_in(at.clerk)
    assert "外して作り直す" in client.get(f"/office/batches/{batch.token}/").content.decode()
    client.post(f"/office/batches/{batch.token}/leaving-out/")
    cases.work_off()
    batch.refresh_from_db()
    assert (batch.total, batch.left_out, default_storage.exists(before)) == (1, number, False)
    page = client.get(f"/office/batches/{batch.token}/").content.decode()
    assert f"支援措置のため外した通知書: {number}" in page
    assert dispatch.mark_posted(batch, by=at.clerk) == 1


def test_a_batch_of_flagged_letters_alone_is_given_up() -> None:
    at = cases.counter()
    batch = printed(at, "田中")
    flag(at, batch)
    dispatch.leave_out_flagged(batch, by=at.clerk)
    cases.work_off()
    page = cast.signed_in(at.clerk).get(f"/office/batches/{batch.token}/").content.decode()
    assert "支援措置の確認を待っているため" in page
    assert Letter.objects.to_post().count() == 1


def test_a_letter_cleared_by_a_person_opens_the_batch_again() -> None:
    at = cases.counter()
    batch = printed(at, "山田", "田中")
    flag(at, batch)
    batch.letters.latest("pk").clear_flag(reason="本人に電話で確かめた", by=at.clerk)
    batch.require_taking(by=at.clerk)
    assert dispatch.mark_posted(batch, by=at.clerk) == 2


def test_disposal_leaves_no_file_in_which_the_letter_was_joined() -> None:
    at = cases.counter()
    batch = printed(at, "山田", "田中")
    dispose(at, batch)
    cases.work_off()
    assert not default_storage.exists(batch.file)
    assert not default_storage.exists(batch.addresses)


@pytest.mark.parametrize("event", [flag, dispose])
def test_a_single_letter_is_asked_again_too(event: Callable[[Counter, LetterBatch], None]) -> None:
    at = cases.counter()
    batch = printed(at, "田中")
    letter, client = batch.letters.get(), cast.signed_in(at.clerk)
    address = f"/office/cases/{letter.case.number}/letters/{letter.token}/"
    assert client.get(address)["Content-Type"] == "application/pdf"
    event(at, batch)
    assert client.get(address).status_code == 409


def test_an_applicant_is_told_to_call_and_not_that_there_is_a_flag() -> None:
    at, hanako = cases.counter(), cast.resident()
    case = cases.decided(at, by=hanako)
    cases.work_off()
    client: Client = cast.signed_in(hanako)
    address = f"/cases/{case.number}/letters/{case.letters.get().token}/"
    StopFlag.place(name="山田花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    refused = client.get(address)
    assert refused.status_code == 409
    assert "お電話ください" in refused.content.decode()
    assert "支援措置" not in refused.content.decode()
    assert case.letters.get().opened_at is None
    case.letters.get().clear_flag(reason="本人に電話で確かめた", by=at.clerk)
    assert client.get(address).getvalue().startswith(b"%PDF")
