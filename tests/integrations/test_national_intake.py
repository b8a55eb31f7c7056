"""An application of the national portal becomes one case, however often it comes, and its state goes back."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError

from tests.cast.cases import DOCUMENT, Counter, counter, release, work_off
from tests.cast.formbuilder import PHOTO
from tests.cast.integrations import administrators, machine
from todoke.cases.models import Case
from todoke.cases.signals import erased
from todoke.integrations.imports.column_mappings import decide_columns
from todoke.integrations.imports.national_intake import (
    MOVED,
    choose_offer,
    mapping_of,
    return_states,
    take,
    take_applications,
)
from todoke.integrations.imports.national_portal import PortalFolder
from todoke.integrations.models import NationalApplication
from todoke.runtime.refusals import NotAllowed

pytestmark = pytest.mark.django_db
ITEMS = {
    "氏名": "山田 花子", "氏名(フリガナ)": "ヤマダ ハナコ", "通数": "2", "生活保護を受けていますか": "いいえ",
    "電子署名": "あり",
}  # fmt: skip
PAPER = {"id": "paper", "kind": "file", "label": "写し", "required": "no"}


class Killed(BaseException):
    """The program died."""


class Portal:
    """The national portal as a simulator: applications by number, the states that were set, and where it dies."""

    def __init__(self) -> None:
        self.there, self.states, self.sets = dict[str, bytes](), dict[str, str](), 0
        self.dies_after_state = False

    def receive(self, number: str, **more: Any) -> None:
        told = {
            "number": number, "code": "P-100", "title": "証明書の請求", "received_at": "2026-11-05T09:30:00+09:00",
            "items": [{"name": name, "value": value} for name, value in ITEMS.items()], **more,
        }  # fmt: skip
        self.there[number] = json.dumps(told, ensure_ascii=False).encode()

    def numbers(self) -> Iterator[str]:
        return iter(list(self.there))

    def read(self, number: str) -> bytes:
        return self.there[number]

    def set_state(self, number: str, state: str) -> None:
        self.states[number], self.sets = state, self.sets + 1
        if self.dies_after_state:
            raise Killed


@pytest.fixture
def at() -> Counter:
    found = counter()
    machine(found, code="national", channel="national")
    return found


@pytest.fixture
def portal() -> Portal:
    found = Portal()
    found.receive("N-0001")
    return found


def decided(at: Counter, portal: Portal) -> None:
    """People decided which procedure the code means and where its items go."""
    take_applications(portal)
    mapping = choose_offer(NationalApplication.objects.get(), at.release.offer, by=administrators()[0])
    decide_columns(mapping, mapping.taken(), by=at.clerk)


def test_an_unknown_code_waits_for_a_person_and_is_kept_as_it_came(at: Counter, portal: Portal) -> None:
    take_applications(portal)
    row = NationalApplication.objects.get()
    assert "手続が決まっていません" in row.waits_for
    assert not Case.objects.exists()
    with pytest.raises(NotAllowed):
        choose_offer(row, at.release.offer, by=at.clerk)
    choose_offer(row, at.release.offer, by=administrators()[0])
    take(row)
    assert "行き先が決まっていません" in NationalApplication.objects.get().waits_for


def test_it_becomes_one_case_however_often_it_comes(at: Counter, portal: Portal) -> None:
    decided(at, portal)
    for _ in range(3):
        take_applications(portal)
    found = Case.objects.get()
    assert found.channel == Case.Channel.NATIONAL
    assert found.applicant_name.split() == ["山田", "花子"]
    assert found.received_at.isoformat() == "2026-11-05T00:30:00+00:00"
    assert NationalApplication.objects.get().case == found
    mapping = mapping_of("P-100")
    assert mapping is not None
    assert mapping.not_taken() == ["電子署名"]


def test_the_next_of_the_code_needs_nobody(at: Counter, portal: Portal) -> None:
    decided(at, portal)
    portal.receive("N-0002")
    take_applications(portal)
    assert Case.objects.count() == 2


def test_its_state_is_set_back_once_for_each_change(at: Counter, portal: Portal) -> None:
    decided(at, portal)
    take_applications(portal)
    assert return_states(portal) == 1
    assert return_states(portal) == 0
    assert portal.states == {"N-0001": "到達"}
    Case.objects.get().start_review(by=at.clerk)
    assert return_states(portal) == 1
    assert portal.states == {"N-0001": "処理中"}


def test_only_an_application_that_moved_since_is_read_again(at: Counter, portal: Portal) -> None:
    decided(at, portal)
    portal.receive("N-0002")
    take_applications(portal)
    assert return_states(portal) == 2
    assert not NationalApplication.objects.filter(MOVED).exists()
    Case.objects.get(national_application__number="N-0002").start_review(by=at.clerk)
    assert NationalApplication.objects.filter(MOVED).get().number == "N-0002"


def test_a_program_that_dies_after_setting_a_state_sets_the_same_again(at: Counter, portal: Portal) -> None:
    decided(at, portal)
    take_applications(portal)
    portal.dies_after_state = True
    with pytest.raises(Killed):
        return_states(portal)
    portal.dies_after_state = False
    assert return_states(portal) == 1
    assert (portal.states, portal.sets) == ({"N-0001": "到達"}, 2)


def test_a_program_that_dies_after_the_case_makes_no_second(
    at: Counter, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(at, portal)
    take_applications(portal)
    NationalApplication.objects.update(case=None, waits_for="途中で止まった")
    take_applications(portal)
    assert NationalApplication.objects.get().case == Case.objects.get()


def test_attached_files_go_to_the_question_of_their_name(at: Counter, portal: Portal) -> None:
    group = DOCUMENT["pages"][0]["groups"][0]
    page = {**DOCUMENT["pages"][0], "groups": [{**group, "questions": [*group["questions"], PAPER]}]}
    at.release = release(at.section, code="paper", serial=99, document={**DOCUMENT, "pages": [page]})
    content = base64.b64encode(PHOTO).decode()
    portal.receive("N-0001", files=[{"item": "写し", "name": "写し.png", "content": content}])
    decided(at, portal)
    take_applications(portal)
    [upload] = Case.objects.get().submission.uploads.current()
    assert upload.open().read() == PHOTO


def test_what_came_goes_when_the_case_is_erased(at: Counter, portal: Portal) -> None:
    decided(at, portal)
    take_applications(portal)
    path = NationalApplication.objects.get().path
    erased.send(Case, case=Case.objects.get())
    work_off()
    assert not default_storage.exists(path)
    assert NationalApplication.objects.get().path == ""


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda content: content.replace("山田".encode(), b"\x8e\x52"), r"1行目の137文字目(バイト 8E)"),
        (lambda content: content[:-2], "書き方が違います"),
        (lambda content: content.replace("証明書".encode(), rb"\u0000"), "書き方が違います"),
        (lambda content: content.replace("山田".encode(), rb"\ud83d"), "書き方が違います"),
        (lambda content: content.replace(b"N-0001", b"N-0009"), "中の受付番号が違います"),
    ],
)
def test_what_cannot_be_read_waits_and_says_why(at: Counter, portal: Portal, spoil: Any, said: str) -> None:
    portal.there["N-0001"] = spoil(portal.there["N-0001"])
    take_applications(portal)
    assert said in NationalApplication.objects.get().waits_for


def test_an_answer_that_the_form_does_not_take_waits_for_a_person(at: Counter, portal: Portal) -> None:
    portal.receive(
        "N-0001", items=[{"name": name, "value": "99" if name == "通数" else value} for name, value in ITEMS.items()]
    )
    decided(at, portal)
    take_applications(portal)
    assert "様式に合いません" in NationalApplication.objects.get().waits_for


def test_a_folder_stands_for_the_portal_of_a_closed_network(at: Counter, portal: Portal, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "N-0001.json").write_bytes(portal.there["N-0001"])
    (tmp_path / "in" / "N-0002.json.part").write_bytes(b"{")
    folder = PortalFolder(tmp_path)
    assert list(folder.numbers()) == ["N-0001"]
    take_applications(folder)
    folder.set_state("N-0001", "到達")
    assert json.loads((tmp_path / "out" / "N-0001.json").read_text()) == {"number": "N-0001", "state": "到達"}


def test_the_database_refuses_an_application_that_waits_for_nothing(portal: Portal) -> None:
    with pytest.raises(IntegrityError):
        NationalApplication.objects.create(number="x", code="", title="", path="x", sha256="x")
