"""Applications are carried over a border without a network, once each, and what became of them is carried back."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from pytest_django import Settings

from tests.cast import signed_in
from tests.cast.cases import Counter, case, counter, filled, release, work_off
from tests.cast.formbuilder import PHOTO
from tests.cast.integrations import administrators
from tests.cast.parcels import WITH_PAPER, carried, entries, line, made, taken
from todoke.accounts.actors import Guest
from todoke.audit.models import Entry
from todoke.cases import intake
from todoke.cases.models import Case, StopFlag
from todoke.cases.signals import erased
from todoke.formbuilder.models import Submission
from todoke.integrations.handover import inbound_parcels, outbound_parcels
from todoke.integrations.handover.manifest import MANIFEST
from todoke.integrations.handover.receipts import code_of
from todoke.integrations.handover.settlement import settle_by_code, settle_by_file
from todoke.integrations.models import HandoverLine, Parcel
from todoke.japanese.calendar import today
from todoke.lists import bounded_count
from todoke.notices.models import Message
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Unreadable

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Counter:
    return counter()


@pytest.fixture
def on(at: Counter, settings: Settings) -> HandoverLine:
    return line(at, settings)


def test_an_application_goes_over_once_with_its_answers_and_its_day(
    at: Counter, on: HandoverLine, tmp_path: Path
) -> None:
    sent = case(at)
    parcel = made(on)
    assert (parcel.sequence, parcel.total, parcel.status) == (1, 1, Parcel.Status.MADE)
    mails = Message.objects.count()
    arrived = taken(on, carried(parcel, tmp_path))
    assert (arrived.status, arrived.accepted, arrived.refused) == (Parcel.Status.TAKEN, 1, 0)
    copy = Case.objects.exclude(pk=sent.pk).get()
    assert copy.submission.journey().present() == sent.submission.journey().present()
    assert copy.received_at == sent.received_at
    assert copy.channel == Case.Channel.PARTNER
    assert copy.applicant_email == ""
    assert Message.objects.count() == mails
    with pytest.raises(NotYet, match="渡すものは、ありません"):
        outbound_parcels.begin_parcel(on, by=administrators()[0])


def test_papers_go_under_generated_names_and_the_individual_number_stays(
    settings: Settings, at: Counter, tmp_path: Path
) -> None:
    with_paper = release(at.section, code="with-paper", serial=77, document=WITH_PAPER)
    draft = filled(with_paper, number="123456789018")
    draft.submission.attach("paper", SimpleUploadedFile("../写し.png", PHOTO), by=Guest())
    sent = intake.accept(draft.submission, by=Guest())
    on = line(at, settings, sanitised_by="例の無害化")
    path = carried(made(on), tmp_path)
    held = entries(path)
    assert held["papers/000001.png"] == PHOTO
    assert b"123456789018" not in b"".join(held.values())
    assert [each["sanitised_by"] for each in json.loads(held[MANIFEST])["files"]] == ["例の無害化", "", ""]
    taken(on, path)
    [copy] = Case.objects.exclude(pk=sent.pk)
    assert [upload.open().read() for upload in copy.submission.uploads.current()] == [PHOTO]


def test_what_became_of_it_comes_back_and_makes_no_echo(at: Counter, on: HandoverLine, tmp_path: Path) -> None:
    sent = case(at)
    taken(on, carried(made(on), tmp_path))
    copy = Case.objects.exclude(pk=sent.pk).get()
    copy.start_review(by=at.clerk, reason="書類がそろった")
    back = made(on)
    assert (back.sequence, back.total) == (2, 1)
    assert taken(on, carried(back, tmp_path)).accepted == 1
    sent.refresh_from_db()
    assert sent.status == Case.Status.REVIEW
    assert "書類がそろった" in sent.notes.get().text
    assert not outbound_parcels.waiting_states(on).exists()


def test_the_next_parcel_holds_only_what_came_since(at: Counter, on: HandoverLine, tmp_path: Path) -> None:
    case(at)
    first = made(on)
    later = case(at)
    second = made(on)
    assert (second.sequence, second.previous) == (2, first.manifest)
    assert [row.case for row in second.rows.all()] == [later]
    with pytest.raises(Conflict, match="第2便の前に、第1便が要ります"):
        taken(on, carried(second, tmp_path))
    taken(on, carried(first, tmp_path))
    taken(on, carried(second, tmp_path))
    there, again = inbound_parcels.register_parcel(on, carried(first, tmp_path), by=administrators()[0])
    assert again
    assert there.receipt
    assert Case.objects.count() == 4


class Killed(BaseException):
    """The worker died."""


@pytest.mark.parametrize("place", range(1, 6))
def test_a_worker_killed_at_any_record_loses_and_doubles_nothing(
    at: Counter, on: HandoverLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    sent = [case(at) for _ in range(5)]
    path = carried(made(on), tmp_path)
    parcel, _ = inbound_parcels.register_parcel(on, path, by=administrators()[0])
    accept, count = inbound_parcels.accept_application, [0]

    def dies(*given: object) -> Case:
        found = accept(*given)  # type: ignore[arg-type] # handed on
        count[0] += 1
        if count[0] == place:
            raise Killed
        return found

    monkeypatch.setattr(inbound_parcels, "accept_application", dies)
    with pytest.raises(Killed):
        inbound_parcels.take_in(parcel.pk)
    assert parcel.rows.count() == place - 1
    monkeypatch.setattr(inbound_parcels, "accept_application", accept)
    inbound_parcels.take_in(parcel.pk)
    inbound_parcels.take_in(parcel.pk)
    parcel.refresh_from_db()
    assert (parcel.accepted, parcel.refused) == (5, 0)
    assert Case.objects.count() == 2 * len(sent)


def test_a_maker_killed_before_the_seal_makes_the_same_parcel(at: Counter, on: HandoverLine) -> None:
    case(at)
    parcel = outbound_parcels.begin_parcel(on, by=administrators()[0])
    with pytest.raises(Conflict, match="いま作っています"):
        outbound_parcels.begin_parcel(on, by=administrators()[0])
    outbound_parcels.make_file(parcel.pk)
    outbound_parcels.make_file(parcel.pk)
    parcel.refresh_from_db()
    assert (parcel.sequence, parcel.status, parcel.done) == (1, Parcel.Status.MADE, 1)
    with pytest.raises(Conflict, match="もうできています"):
        parcel.cancel(by=administrators()[0])


def test_a_parcel_given_up_leaves_its_applications_for_the_next(at: Counter, on: HandoverLine) -> None:
    case(at)
    parcel = outbound_parcels.begin_parcel(on, by=administrators()[0])
    parcel.cancel(by=administrators()[0])
    outbound_parcels.make_file(parcel.pk)
    assert made(on).sequence == 1


def test_a_service_that_the_other_side_lacks_is_refused_by_number_and_may_go_again(
    at: Counter, on: HandoverLine, tmp_path: Path
) -> None:
    sent = case(at)
    parcel = made(on)
    path = carried(parcel, tmp_path)
    type(at.release.offer).objects.update(code="renamed")
    arrived = taken(on, path)
    assert (arrived.accepted, arrived.refused) == (0, 1)
    settle_by_file(on, arrived.receipt.encode(), by=administrators()[0])
    parcel.refresh_from_db()
    assert (parcel.status, parcel.refused) == (Parcel.Status.RECEIVED, 1)
    assert "公開コード" in parcel.rows.get().refusal
    assert list(outbound_parcels.waiting_applications(on)) == [sent]


def test_a_receipt_is_believed_from_the_other_side_alone_and_once(
    at: Counter, on: HandoverLine, tmp_path: Path, settings: Settings
) -> None:
    case(at)
    parcel = made(on)
    receipt = taken(on, carried(parcel, tmp_path)).receipt
    with pytest.raises(Unreadable, match="署名"):
        settle_by_file(on, receipt.replace('"accepted": 1', '"accepted": 0').encode(), by=administrators()[0])
    with pytest.raises(NotAllowed):
        settle_by_file(on, receipt.encode(), by=at.clerk)
    settle_by_file(on, receipt.encode(), by=administrators()[0])
    with pytest.raises(Conflict, match="もう記録しています"):
        settle_by_file(on, receipt.encode(), by=administrators()[0])


def test_twenty_characters_stand_for_a_receipt_where_no_file_comes_back(at: Counter, on: HandoverLine) -> None:
    case(at)
    case(at)
    parcel = made(on)
    with pytest.raises(Unreadable, match="受領の番号ではありません"):
        settle_by_code(parcel, "AAAAA-AAAAA-AAAAA-AAAAA", by=administrators()[0])
    code = code_of(parcel.manifest, 1, 1)
    assert len(code.replace("-", "")) == 20
    settle_by_code(parcel, code.lower().replace("-", " "), by=administrators()[0])
    parcel.refresh_from_db()
    assert (parcel.accepted, parcel.refused, parcel.by_code) == (1, 1, True)


def test_a_protected_person_stays_and_a_parcel_made_before_is_not_taken_out(at: Counter, on: HandoverLine) -> None:
    case(at)
    parcel = made(on)
    parcel.require_taking(by=administrators()[0])
    days = {"starts_on": today(), "ends_on": today() + timedelta(days=365)}
    StopFlag.place(name="山田花子", department=at.section, by=at.chief, **days)
    with pytest.raises(NotYet, match="支援措置"):
        parcel.require_taking(by=administrators()[0])
    case(at)
    assert made(on).status == Parcel.Status.CANCELLED


def test_a_parcel_that_holds_an_erased_case_is_deleted(at: Counter, on: HandoverLine) -> None:
    sent = case(at)
    parcel = made(on)
    erased.send(Case, case=sent)
    work_off()
    assert not default_storage.exists(parcel.path)
    parcel.refresh_from_db()
    assert parcel.path == ""


def test_every_act_on_a_parcel_stands_in_the_trail(at: Counter, on: HandoverLine, tmp_path: Path) -> None:
    case(at)
    parcel = made(on)
    parcel.note_carrying(by=administrators()[0])
    parcel.note_carrying(by=administrators()[0])
    settle_by_file(on, taken(on, carried(parcel, tmp_path)).receipt.encode(), by=administrators()[0])
    acts = Entry.objects.filter(subject=f"integrations.parcel/{parcel.pk}").order_by("pk")
    assert [entry.act for entry in acts] == ["引渡しの便の作成", "引渡しの便の搬出", "引渡しの便の受領"]


def test_the_database_refuses_two_parcels_of_a_number(at: Counter, on: HandoverLine) -> None:
    case(at)
    parcel = made(on)
    with pytest.raises(IntegrityError):
        Parcel.objects.create(
            line=on, direction="out", status="made", sequence=parcel.sequence, manifest="x", begun_by=at.chief
        )


def test_a_person_who_carries_no_parcels_makes_none(at: Counter, on: HandoverLine) -> None:
    with pytest.raises(NotAllowed):
        outbound_parcels.begin_parcel(on, by=at.chief)


def test_the_page_of_a_line_says_how_many_applications_wait_up_to_a_limit(
    at: Counter, on: HandoverLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        case(at)
    Submission.objects.filter(case=case(at)).update(agent_role="mandate")
    page, client = f"/office/parcels/lines/{on.partner.code}/", signed_in(administrators()[0])
    assert "<dd>2件</dd>" in client.get(page).content.decode().replace("\n", "").replace("  ", "")
    monkeypatch.setattr(bounded_count, "MOST", 1)
    shown = client.get(page).content.decode()
    assert "1件以上" in shown
    assert "代理人による申請 1件以上" in shown
