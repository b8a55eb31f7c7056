"""Parcels and receipts go over a one-way line as files in a folder, each once, whoever dies on the way."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.cast.cases import Counter, case, counter
from tests.cast.integrations import administrators
from tests.cast.parcels import line
from todoke.audit.models import DataExport
from todoke.cases.models import Case, StopFlag
from todoke.integrations.handover import inbound_parcels
from todoke.integrations.models import HandoverLine, Parcel
from todoke.japanese.calendar import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Counter:
    return counter()


@pytest.fixture
def on(at: Counter, settings: Settings, tmp_path: Path) -> HandoverLine:
    settings.HANDOVER_FOLDER = str(tmp_path / "drop")
    return line(at, settings)


def ran(act: str, by: str = "") -> str:
    said = StringIO()
    call_command("handover", act, by=by or administrators()[0].email, stdout=said, stderr=said)
    return said.getvalue()


def place(on: HandoverLine, settings: Settings, part: str) -> Path:
    found = Path(settings.HANDOVER_FOLDER) / on.partner.code / part
    found.mkdir(parents=True, exist_ok=True)
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def carry(on: HandoverLine, settings: Settings, ending: str) -> None:
    """What the line between the two sides does."""
    for path in place(on, settings, "out").glob(f"*{ending}"):
        path.rename(place(on, settings, "in") / path.name)


def test_an_application_goes_over_and_its_receipt_comes_back(at: Counter, on: HandoverLine, settings: Settings) -> None:
    case(at)
    assert ran("out") == "第1便(1件)を out に書き出しました。\n"
    assert names(place(on, settings, "out")) == ["引渡し_戸籍の申請_00001.zip"]
    assert ran("out") == ""
    carry(on, settings, ".zip")
    assert ran("in") == "第1便を取り込みました。受け取り 1件、受け取れない 0件。\n"
    assert Case.objects.count() == 2
    assert names(place(on, settings, "out")) == ["受領書_戸籍の申請_00001.json"]
    carry(on, settings, ".json")
    assert ran("in") == "第1便の受領を記録しました。相手が受け取ったのは 1件です。\n"
    assert Parcel.objects.outgoing().get().status == Parcel.Status.RECEIVED
    assert names(place(on, settings, "done")) == ["受領書_戸籍の申請_00001.json", "引渡し_戸籍の申請_00001.zip"]
    assert not names(place(on, settings, "in"))
    exported = DataExport.objects.get()
    assert (exported.actor, exported.persons) == (administrators()[0], 1)


def test_a_parcel_before_its_turn_waits_and_goes_once_the_earlier_one_is_there(
    at: Counter, on: HandoverLine, settings: Settings
) -> None:
    for _ in range(2):
        case(at)
        ran("out")
    first, second = sorted(place(on, settings, "out").iterdir())
    second.rename(place(on, settings, "in") / "a.zip")
    assert "第2便の前に、第1便が要ります" in ran("in")
    assert names(place(on, settings, "in")) == ["a.zip"]
    first.rename(place(on, settings, "in") / "b.zip")
    assert [said[:3] for said in ran("in").splitlines()] == ["第1便", "第2便"]
    assert Case.objects.count() == 4


def test_a_spoilt_parcel_is_set_aside_with_its_reason_and_the_next_goes_on(
    at: Counter, on: HandoverLine, settings: Settings
) -> None:
    case(at)
    ran("out")
    carry(on, settings, ".zip")
    (place(on, settings, "in") / "0.zip").write_bytes(b"PK no parcel")
    assert "10分のあいだ in に残します" in ran("in")
    os.utime(place(on, settings, "in") / "0.zip", (0, 0))
    (place(on, settings, "in") / "half.part").write_bytes(b"PK")
    said = ran("in").splitlines()
    assert said[0].startswith("0.zip: 便のファイルが壊れています")
    assert Case.objects.count() == 2
    assert names(place(on, settings, "failed")) == ["0.zip", "0.zip.txt"]
    assert (place(on, settings, "failed") / "0.zip.txt").read_text().strip() == said[0]
    assert names(place(on, settings, "in")) == ["half.part"]
    assert "failed: 0.zip" in ran("status")


class Killed(BaseException):
    """The program died."""


def test_a_program_killed_after_the_records_and_before_the_receipt_does_nothing_twice(
    at: Counter, on: HandoverLine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    case(at)
    ran("out")
    carry(on, settings, ".zip")

    def die(parcel: Parcel) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(inbound_parcels, "_finish", die)
        with pytest.raises(Killed):
            ran("in")
    assert ran("in").startswith("第1便を取り込みました。受け取り 1件")
    assert Case.objects.count() == 2
    receipt = (place(on, settings, "out") / "受領書_戸籍の申請_00001.json").read_bytes()
    (place(on, settings, "done") / "引渡し_戸籍の申請_00001.zip").rename(place(on, settings, "in") / "again.zip")
    ran("in")
    assert Case.objects.count() == 2
    assert (place(on, settings, "out") / "受領書_戸籍の申請_00001.json").read_bytes() == receipt


def test_a_receipt_that_comes_twice_is_moved_away_twice(at: Counter, on: HandoverLine, settings: Settings) -> None:
    case(at)
    ran("out")
    carry(on, settings, ".zip")
    ran("in")
    [receipt] = place(on, settings, "out").glob("*.json")
    for _ in range(2):
        (place(on, settings, "in") / receipt.name).write_bytes(receipt.read_bytes())
        assert "相手が受け取ったのは 1件です" in ran("in")
    assert len([name for name in names(place(on, settings, "done")) if name.startswith("受領書")]) == 2


def test_a_parcel_made_before_a_person_was_protected_is_not_written(
    at: Counter, on: HandoverLine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    case(at)

    def die(self: Parcel, **facts: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Parcel, "require_taking", die)
        with pytest.raises(Killed):
            ran("out")
    days = {"starts_on": today(), "ends_on": today() + timedelta(days=365)}
    StopFlag.place(name="山田花子", department=at.section, by=at.chief, **days)
    with pytest.raises(CommandError, match="できなかった経路があります"):
        ran("out")
    assert not names(place(on, settings, "out"))


def test_only_who_may_carry_parcels_does(at: Counter, on: HandoverLine, settings: Settings) -> None:
    case(at)
    for act in ("out", "in"):
        with pytest.raises(CommandError, match="できなかった経路"):
            ran(act, by=at.clerk.email)
        with pytest.raises(CommandError, match="--by"):
            ran(act, by="nobody@example.lg.jp")
    assert not Parcel.objects.exists()
    settings.HANDOVER_FOLDER = ""
    with pytest.raises(CommandError, match="できなかった経路"):
        ran("status")
