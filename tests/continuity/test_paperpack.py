"""On the day when nothing works, the counter has a form for every service."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from todoke.proving import service

pytestmark = pytest.mark.django_db


def test_every_open_service_is_printed_with_its_questions_and_a_slip(tmp_path: Path) -> None:
    release = service.build()
    said = io.StringIO()
    call_command("paperpack", tmp_path / "pack", stdout=said)
    assert "1 手続" in said.getvalue()
    (path,) = (tmp_path / "pack").glob("*.pdf")
    assert path.name.startswith(release.offer.procedure.number)
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    for words in ("検証の設問 applicant", "検証の設問 remark", "受け取りの控え", "検証の手数料", "300円"):
        assert words in text


def test_without_an_open_service_there_is_nothing_to_print(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="受付中の手続がありません"):
        call_command("paperpack", tmp_path)
