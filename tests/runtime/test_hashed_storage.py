"""Browsers get styles and scripts compressed, under names that change with what is in them."""

import gzip
import re
from pathlib import Path

import pytest
from pytest_django import Settings

from todoke.runtime.static_files import hashed_storage
from todoke.runtime.static_files.hashed_storage import HashedStaticFiles

STYLE = "design/todoke.css"


@pytest.fixture
def _collected(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": f"{__name__}.HashedStaticFiles"}}
    assert hashed_storage.collect()


@pytest.mark.usefixtures("_collected")
def test_the_stylesheet_is_a_fifth_on_the_wire_and_named_after_its_content(settings: Settings) -> None:
    name = HashedStaticFiles().stored_name(STYLE)
    assert re.fullmatch(r"design/todoke\.[0-9a-f]{12}\.css", name)
    plain, packed = settings.STATIC_ROOT / name, settings.STATIC_ROOT / f"{name}.gz"
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert packed.stat().st_size * 4 < plain.stat().st_size


@pytest.mark.usefixtures("_collected")
def test_files_are_collected_once_a_build_and_never_read_from_another(settings: Settings) -> None:
    assert not hashed_storage.collect()
    (settings.STATIC_ROOT / hashed_storage.MARK).write_text("another build")
    assert HashedStaticFiles().stored_name(STYLE) == STYLE
    assert hashed_storage.collect()


def test_without_a_collection_files_keep_their_names(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "nothing"
    assert HashedStaticFiles().url(STYLE) == "/static/design/todoke.css"
