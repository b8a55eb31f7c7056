import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.paper_import.grid import read_grids
from todoke.formbuilder.paper_import.label_rules import kind_of, options_of, printed_kind
from todoke.formbuilder.paper_import.recognition import Recognition, recognise
from todoke.formbuilder.paper_import.to_definition import to_definition
from todoke.formbuilder.publication.publish_checks import publish_defects
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Unreadable

FORMS = Path(__file__).resolve().parents[2] / "benchmarks" / "forms"
TRUTH: dict[str, list[tuple[str, str]]] = json.loads((FORMS / "truth.json").read_text())


def reading(name: str) -> Recognition:
    return recognise(read_grids(name, (FORMS / name).read_bytes()))


@pytest.mark.parametrize("name", TRUTH)
def test_the_fields_of_a_paper_form_are_found(name: str) -> None:
    found = [question.label.replace(" ", "") for question in reading(name).questions]
    assert found == [label for label, _ in TRUTH[name]]


@pytest.mark.parametrize("name", TRUTH)
def test_what_was_found_makes_a_draft_that_can_be_published(name: str) -> None:
    assert publish_defects(read_document(to_definition(reading(name))), today()) == []


def test_seals_office_boxes_and_my_numbers_are_left_out_with_their_reason() -> None:
    reasons = {left.text: left.reason for name in TRUTH for left in reading(name).skipped}
    assert "押印欄" in reasons["㊞"]
    assert "職員" in reasons["受付印"]
    assert "マイナンバー" in reasons["個人番号"]


def test_a_table_of_people_becomes_a_group_that_repeats() -> None:
    household = [question for question in reading("03-hoiku.xlsx").questions if question.repeating]
    assert [question.label for question in household] == ["氏名", "続柄", "生年月日", "勤務先名", "備考"]
    assert {question.group for question in household} == {"世帯の状況"}


def test_printed_choices_become_options() -> None:
    assert options_of("□就労 □妊娠・出産 □その他(   )") == (QuestionKind.CHOICES, ["就労", "妊娠・出産", "その他"])
    assert options_of("男・女") == (QuestionKind.CHOICE, ["男", "女"])
    assert options_of("明・大・昭・平・令  年  月  日") is None


@pytest.mark.parametrize(
    ("box", "kind"),
    [
        ("  年  月  日", QuestionKind.DATE),
        ("円", QuestionKind.MONEY),
        ("(  )  -  ", QuestionKind.PHONE),
        ("〒", QuestionKind.ADDRESS),
        ("男", None),
    ],
)
def test_a_printed_box_tells_its_kind(box: str, kind: QuestionKind | None) -> None:
    assert printed_kind(box) is kind


@pytest.mark.parametrize(
    ("label", "kind"),
    [("団 体 名", QuestionKind.SHORT_TEXT), ("氏 名", QuestionKind.NAME), ("Ｔ Ｅ Ｌ", QuestionKind.PHONE)],
)
def test_letters_set_wide_are_read(label: str, kind: QuestionKind) -> None:
    assert kind_of(label) is kind


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 210_000_000)
    return held.getvalue()


@pytest.mark.parametrize(("name", "content"), [("a.pdf", b"x"), ("a.xlsx", b"MZ"), ("a.docx", b""), ("a.xls", b"x")])
def test_another_file_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_grids(name, content)


@pytest.mark.slow
def test_a_bomb_is_refused_before_it_is_opened() -> None:
    with pytest.raises(Unreadable, match="大きすぎます"):
        read_grids("a.xlsx", bomb())


def test_the_command_prints_questions_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("draft", FORMS / "01-jumin.xlsx", "--json")
    printed_data = json.loads(capsys.readouterr().out)
    first = printed_data["questions"][0]
    assert first == {
        "label": "氏名",
        "kind": "name",
        "required": True,
        "group": "請求者",
        "cell": "様式!B5",
        "repeating": False,
        "options": [],
    }
    with pytest.raises(CommandError):
        call_command("draft", FORMS / "nothing.xlsx")
