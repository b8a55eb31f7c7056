"""Sixty municipalities are upgraded one after another; where one fails, the others were never touched."""

import shutil
from pathlib import Path

import pytest

from tests.cast import continuity
from tests.cast.continuity import Elsewhere
from todoke.continuity import backup, stream_encryption, waves
from todoke.proving.operations.planted_release import plant
from todoke.runtime.environment import environment_of


def test_a_wave_with_a_file_that_is_missing_touches_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.env").write_text("TODOKE_VAR=/a\n")
    (tmp_path / "wave").write_text("a.env\n# later\nb.env  # not here\n")
    with pytest.raises(FileNotFoundError, match=r"b\.env"):
        waves.read_wave(tmp_path / "wave")


def test_nothing_of_one_municipality_reaches_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TODOKE_SECRET_KEY", "of the one before")
    (tmp_path / "a.env").write_text("# keys\nTODOKE_VAR='/var/a'\nTODOKE_URL=https://a.example/?a=b\n")
    there = environment_of(tmp_path / "a.env")
    assert (there["TODOKE_VAR"], there["TODOKE_URL"]) == ("/var/a", "https://a.example/?a=b")
    assert "TODOKE_SECRET_KEY" not in there


@pytest.fixture
def cities(tmp_path_factory: pytest.TempPathFactory) -> list[Elsewhere]:
    """Three installations, each with an application and a key of its own."""
    place = tmp_path_factory.mktemp("cities")
    continuity.applied()
    repository = continuity.repository(place)
    backup.create(repository)
    first = continuity.elsewhere(place / "city1")
    assert first.run("restore", str(repository.folder), "--key-file", str(place / "key")).returncode == 0
    assert first.run("migrate", "-v", "0").returncode == 0
    found = [first]
    for number in (2, 3):
        shutil.copytree(place / "city1", place / f"city{number}")
        found.append(Elsewhere(place / f"city{number}", ""))
    for city in found:
        stream_encryption.make_key(city.folder / "backup-key")
        lines = {"TODOKE_VAR": city.folder, "TODOKE_BACKUPS": city.folder / "backups", "TODOKE_HTTPS": "0"}
        (place / f"{city.folder.name}.env").write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
    (place / "wave").write_text("city1.env\ncity2.env\ncity3.env\n")
    return found


def is_upgraded(city: Elsewhere) -> bool:
    return ("proof_note",) in city.ask("SELECT name FROM pragma_table_info('cases_case')")


@pytest.mark.django_db(transaction=True)
@pytest.mark.nightly
@pytest.mark.sqlite
def test_a_wave_stops_at_the_first_that_fails_and_goes_on_when_it_is_mended(
    cities: list[Elsewhere], tmp_path: Path
) -> None:
    newer, wave = plant(tmp_path, "expand"), str(cities[0].folder.parent / "wave")
    (cities[0].folder / "backup-key").rename(cities[0].folder / "key-mislaid")
    told = cities[0].run("upgrade", "--wave", wave, source=newer)
    assert told.returncode == 1
    assert "city1 で止めました" in told.stderr
    assert "触れていないもの 2(city2、city3)" in told.stderr
    assert [is_upgraded(city) for city in cities] == [False] * 3
    (cities[0].folder / "key-mislaid").rename(cities[0].folder / "backup-key")
    told = cities[0].run("upgrade", "--wave", wave, source=newer)
    assert "3 団体を入れ替えました" in told.stdout, told.stderr
    assert [is_upgraded(city) for city in cities] == [True] * 3
