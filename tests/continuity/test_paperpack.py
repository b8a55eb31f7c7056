"""On the day when nothing works, the counter has a form for every service."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from tests import cast
from tests.cast.procedures import procedure
from todoke.continuity.paperpack import LISTED, SLIP
from todoke.proving import service

pytestmark = pytest.mark.django_db


def test_every_open_service_is_printed_with_its_questions_and_a_slip(tmp_path: Path) -> None:
    release = service.build()
    said = io.StringIO()
    call_command("paperpack", tmp_path / "pack", stdout=said)
    assert "1 手続" in said.getvalue()
    (path,) = (tmp_path / "pack").glob("P-*.pdf")
    assert path.name.startswith(release.offer.procedure.number)
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    for words in ("検証の設問 applicant", "検証の設問 remark", "受け取りの控え", "検証の手数料", "300円"):
        assert words in text


def test_without_an_open_service_there_is_nothing_to_print(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="受付中の手続がありません"):
        call_command("paperpack", tmp_path)


def test_a_procedure_without_a_form_has_a_slip_and_stands_in_the_list(tmp_path: Path) -> None:
    service.build()
    procedure(title="道路占用の許可の申請", department=cast.department())
    procedure(title="統計調査の報告", actor="1")
    said = io.StringIO()
    call_command("paperpack", tmp_path, stdout=said)
    assert "様式のない 1 手続" in said.getvalue()
    listed = (tmp_path / LISTED).read_text(encoding="utf-8-sig")
    assert "道路占用の許可の申請,戸籍住民課" in listed
    assert "統計調査の報告" not in listed
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / SLIP).pages)
    for words in ("手続番号(一覧にあります)", "申請の内容", "受け取りの控え"):
        assert words in text
