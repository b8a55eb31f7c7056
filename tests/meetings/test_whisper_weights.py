"""The model of an engine: joined of two packages, checked by size, time and hash, and refused by name when spoilt."""

import hashlib
from pathlib import Path

import pytest
from pytest_django import Settings

from todoke.meetings.chosen_transcriber import prepare_weights
from todoke.meetings.speech.engines import whisper_weights
from todoke.meetings.speech.engines.whisper_weights import WeightFile, assemble, check, is_checked
from todoke.runtime.refusals import Refused


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[WeightFile, ...]:
    """Two small packages that hold the halves of a model."""
    for name, part, content in (("half_one", "m.1", b"first "), ("half_two", "m.2", b"second")):
        data = tmp_path / "site" / name / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").touch()
        (data / part).write_bytes(content)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    digest = hashlib.sha256(b"first second").hexdigest()
    return (WeightFile("model.bin", (("half_one", "m.1"), ("half_two", "m.2")), 12, digest),)


def test_the_model_is_joined_of_its_halves_and_checked_once(tmp_path: Path, packages: tuple[WeightFile, ...]) -> None:
    folder = tmp_path / "models" / "base"
    assemble(folder, packages)
    assert (folder / "model.bin").read_bytes() == b"first second"
    assert is_checked(folder, packages)
    assert [path.name for path in folder.parent.iterdir()] == ["base"]


def test_a_half_that_was_changed_is_refused_and_nothing_is_left(
    tmp_path: Path, packages: tuple[WeightFile, ...]
) -> None:
    (tmp_path / "site" / "half_two" / "data" / "m.2").write_bytes(b"other!")
    with pytest.raises(Refused, match=r"model\.bin.*確かめたものと違います"):
        assemble(tmp_path / "models" / "base", packages)
    assert list((tmp_path / "models").iterdir()) == []


def test_a_failed_assembly_keeps_the_model_that_was_there(tmp_path: Path, packages: tuple[WeightFile, ...]) -> None:
    folder = tmp_path / "models" / "base"
    assemble(folder, packages)
    (folder / "checked.json").unlink()
    (tmp_path / "site" / "half_one" / "data" / "m.1").unlink()
    with pytest.raises(Refused, match=r"m\.1"):
        assemble(folder, packages)
    assert (folder / "model.bin").read_bytes() == b"first second"


def test_a_model_that_changes_later_stops_the_engine_by_name(tmp_path: Path, packages: tuple[WeightFile, ...]) -> None:
    folder = tmp_path / "models" / "base"
    assemble(folder, packages)
    (folder / "model.bin").write_bytes(b"first secone")
    with pytest.raises(Refused, match=r"model\.bin.*extras speech"):
        check(folder, packages)


def test_a_model_that_was_changed_is_joined_anew(tmp_path: Path, packages: tuple[WeightFile, ...]) -> None:
    folder = tmp_path / "models" / "base"
    assemble(folder, packages)
    (folder / "model.bin").write_bytes(b"spoilt")
    assemble(folder, packages)
    check(folder, packages)
    assert (folder / "model.bin").read_bytes() == b"first second"


def test_a_model_that_was_only_copied_is_right_again(tmp_path: Path, packages: tuple[WeightFile, ...]) -> None:
    folder = tmp_path / "models" / "base"
    assemble(folder, packages)
    (folder / "checked.json").write_text("{")
    check(folder, packages)
    assert is_checked(folder, packages)


def test_a_missing_file_is_named(tmp_path: Path, packages: tuple[WeightFile, ...]) -> None:
    with pytest.raises(Refused, match=r"model\.bin.*ありません"):
        check(tmp_path, packages)


def test_without_the_packages_the_model_says_how_to_get_it(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TRANSCRIBER = f"faster-whisper:{tmp_path / 'base'}"
    monkeypatch.setattr(whisper_weights, "find_spec", lambda name: None)
    with pytest.raises(Refused, match="extras speech"):
        prepare_weights()
