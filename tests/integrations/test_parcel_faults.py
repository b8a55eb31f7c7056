"""A spoilt parcel, one that another signed, and one with papers that nobody sanitised are refused by name and place."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests.cast.cases import Counter, case, counter, filled, release
from tests.cast.formbuilder import PHOTO
from tests.cast.parcels import PEER, WITH_PAPER, carried, entries, line, made, rewritten, taken
from todoke.accounts.actors import Guest
from todoke.cases import intake
from todoke.cases.models import Case
from todoke.integrations.handover.manifest import APPLICATIONS, MANIFEST, digest_of
from todoke.integrations.models import HandoverLine, Parcel
from todoke.runtime.refusals import NotYet, Unreadable

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Counter:
    return counter()


@pytest.fixture
def on(at: Counter, settings: Settings) -> HandoverLine:
    return line(at, settings)


def _with_one_bit_changed(path: Path) -> Path:
    content = bytearray(path.read_bytes())
    at = content.index("山田".encode())
    content[at] ^= 1
    path.write_bytes(content)
    return path


def _with_a_byte_that_is_no_letter(path: Path) -> Path:
    return _written_by_them(path, b"\x8e\x52\x93\x63")


def _with_an_escape_that_is_no_letter(path: Path) -> Path:
    return _written_by_them(path, rb"\u0000")


def _written_by_them(path: Path, name: bytes) -> Path:
    held = entries(path)
    wrong = held[APPLICATIONS].replace("山田".encode(), name)
    manifest = json.loads(held[MANIFEST])
    [named] = [each for each in manifest["files"] if each["name"] == APPLICATIONS]
    named |= {"size": len(wrong), "sha256": digest_of(wrong)}
    told = (json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
    return rewritten(path, {APPLICATIONS: wrong, MANIFEST: told}, signed=True)


def _with_another_count(path: Path) -> Path:
    manifest = json.loads(entries(path)[MANIFEST])
    manifest["counts"]["applications"] = 2
    told = (json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
    return rewritten(path, {MANIFEST: told}, signed=True)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_with_one_bit_changed, "「records/applications.ndjson」が、作られたときと違います"),
        (lambda path: rewritten(path, {APPLICATIONS: None}), "「records/applications.ndjson」が、便の中にありません"),
        (lambda path: rewritten(path, {"more.txt": b"x"}), "目録にない「more.txt」"),
        (_with_a_byte_that_is_no_letter, "「records/applications.ndjson」の1行目の"),
        (_with_an_escape_that_is_no_letter, "1行目を、記録として読めません"),
        (_with_another_count, "目録では2件ですが、1件あります"),
    ],
)  # fmt: skip
def test_a_spoilt_parcel_is_named_by_its_place_and_leaves_nothing(
    at: Counter, on: HandoverLine, tmp_path: Path, spoil: object, said: str
) -> None:
    case(at)
    path = spoil(carried(made(on), tmp_path))  # type: ignore[operator] # a function of a path
    arrived = taken(on, path)
    assert arrived.status == Parcel.Status.MISMATCHED
    assert said in arrived.problem
    assert Case.objects.count() == 1


def test_a_spoilt_parcel_can_come_again_unspoilt(at: Counter, on: HandoverLine, tmp_path: Path) -> None:
    case(at)
    parcel = made(on)
    assert taken(on, _with_one_bit_changed(carried(parcel, tmp_path))).status == Parcel.Status.MISMATCHED
    assert taken(on, carried(parcel, tmp_path)).status == Parcel.Status.TAKEN


def test_a_parcel_that_another_signed_is_refused_before_anything_is_kept(
    at: Counter, on: HandoverLine, tmp_path: Path, settings: Settings
) -> None:
    case(at)
    path = carried(made(on), tmp_path)
    settings.PEERS = {PEER: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}
    with pytest.raises(Unreadable, match="署名"):
        taken(on, path)
    settings.PEERS = {}
    with pytest.raises(NotYet, match="鍵"):
        taken(on, path)
    assert not Parcel.objects.filter(direction=Parcel.Direction.IN).exists()


def test_papers_that_nobody_sanitised_stay_outside(settings: Settings, at: Counter, tmp_path: Path) -> None:
    draft = filled(release(at.section, code="with-paper", serial=77, document=WITH_PAPER))
    draft.submission.attach("paper", SimpleUploadedFile("写し.png", PHOTO), by=Guest())
    intake.accept(draft.submission, by=Guest())
    on = line(at, settings, only_sanitised=True)
    with pytest.raises(Unreadable, match="無害化していない書類が 1件"):
        taken(on, carried(made(on), tmp_path))
