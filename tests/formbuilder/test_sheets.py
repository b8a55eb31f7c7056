import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.cast import paper_forms
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.paper_import.findings import Recognition
from todoke.formbuilder.paper_import.grid import read_grids
from todoke.formbuilder.paper_import.label_rules import kind_of
from todoke.formbuilder.paper_import.plain_text import bare
from todoke.formbuilder.paper_import.printed_boxes import Asked, printed_kind, questions_of
from todoke.formbuilder.paper_import.recognition import read_paper_form, recognise
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
    found = [question.label.replace(" ", "") for question in reading(name).questions if question.behind is None]
    assert found == [label for label, _ in TRUTH[name]]


@pytest.mark.parametrize("name", TRUTH)
def test_what_was_found_makes_a_draft_that_can_be_published(name: str) -> None:
    assert publish_defects(read_document(to_definition(reading(name))), today()) == []


def test_seals_office_boxes_and_my_numbers_are_left_out_with_their_reason() -> None:
    reasons = {left.text: left.reason for name in TRUTH for left in reading(name).skipped}
    assert "押印欄" in reasons["印"]
    assert "職員" in reasons["受付印"]
    assert "マイナンバー" in reasons["個人番号"]


def test_a_table_of_people_becomes_a_group_that_repeats() -> None:
    household = [question for question in reading("03-hoiku.xlsx").questions if question.repeating]
    assert [question.label for question in household] == ["氏名", "続柄", "生年月日", "勤務先名", "備考"]
    assert {question.group for question in household} == {"世帯の状況"}


def test_printed_choices_become_options() -> None:
    assert questions_of("理由", "□就労 □妊娠・出産 □その他(   )") == [
        Asked("理由", QuestionKind.CHOICES, ("就労", "妊娠・出産", "その他")),
        Asked("理由(その他)", QuestionKind.SHORT_TEXT, (), "その他"),
    ]
    assert questions_of("性別", "男・女") == [Asked("性別", QuestionKind.CHOICE, ("男", "女"))]
    assert questions_of("誕生の日", "明・大・昭・平・令  年  月  日") == [Asked("誕生の日", QuestionKind.DATE)]


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


CLUB_ASKS = (
    "氏名 name、住所 address、電話番号(自宅) phone、電話番号(携帯) phone、メール email、性別 choice、"
    "氏名 name、生年月日 date、学校名・学年 short_text、アレルギー choice、アレルギー(内容) long_text、"
    "氏名 name、続柄 short_text、生年月日 date、勤務先 short_text、電話番号 phone、第1希望 short_text、"
    "第2希望 short_text、利用期間(から) date、利用期間(まで) date、利用する曜日 choices、延長利用 choice、"
    "利用を必要とする理由 choice、利用を必要とする理由(その他) short_text、添付書類 choices、"
    "添付書類(その他) short_text、同意者署名 short_text、氏名 name"
)
PARK_ASKS = (
    "住所 address、団体名 short_text、責任者氏名 name、電話 phone、メール email、使用する公園 short_text、"
    "使用目的 long_text、使用期間(から) date、使用期間(から)の時刻 short_text、使用期間(まで) date、"
    "使用期間(まで)の時刻 short_text、使用面積 number、参加人員 number、車両の乗入れ choice、"
    "車両の乗入れ(有) number、車両番号 short_text、入場料の徴収 choice、入場料の徴収(有) money、"
    "減免申請 choice、減免の理由 long_text、備考 long_text、添付書類 file"
)
AID_ASKS = (
    "申請区分 choice、申請区分(変更内容) long_text、住所 address、氏名 name、電話(日中) phone、氏名 name、"
    "続柄 choice、続柄(その他) short_text、生年月日 date、要介護度 choice、住所 choice、"
    "住所(異なる) address、機器の名称 short_text、数量 number、単価(円) money、金額(円) money、合計 money、"
    "交付申請額 money、振込先の口座 bank_account、設置予定日 date、"
    "住民基本台帳を区が確認することに同意します。 declaration、"
    "暴力団員ではないことを誓約します。 declaration、区から他の補助を受けていますか choice、"
    "添付書類 file"
)
DRAWN: dict[str, tuple[Callable[[], bytes], str]] = {
    "club.xlsx": (lambda: paper_forms.workbook(paper_forms.CLUB), CLUB_ASKS),
    "park.docx": (paper_forms.park, PARK_ASKS),
    "aid.xlsx": (lambda: paper_forms.workbook(paper_forms.AID), AID_ASKS),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_form_of_merged_cells_and_printed_boxes_is_read(name: str) -> None:
    make, asks = DRAWN[name]
    found = read_paper_form(name, make()).questions
    assert [f"{one.label} {one.kind.value}" for one in found] == re.split("(?<=[a-z])、", asks)


def test_people_of_a_table_repeat_and_the_applicant_does_not() -> None:
    found = read_paper_form("club.xlsx", paper_forms.workbook(paper_forms.CLUB)).questions
    assert [one.label for one in found if one.repeating] == ["氏名", "続柄", "生年月日", "勤務先", "電話番号"]
    assert next(one for one in found if one.label == "氏名").group.startswith("申込者")


def surfaced(found: Recognition) -> str:
    """Everything that a designer is told of a form."""
    asked = [text for one in found.questions for text in (one.label, one.group, *one.options)]
    return bare("".join([found.title, *asked, *(left.text for left in found.skipped)]))


@pytest.mark.parametrize("name", [*TRUTH, *DRAWN])
def test_no_word_of_a_form_is_lost_in_silence(name: str) -> None:
    content = DRAWN[name][0]() if name in DRAWN else (FORMS / name).read_bytes()
    told = surfaced(read_paper_form(name, content))
    printed = {word for grid in read_grids(name, content) for cell in grid.cells for word in _words(cell.text)}
    assert {word for word in printed if word not in told} <= UNITS


def test_a_designer_is_told_of_a_label_that_only_became_a_heading() -> None:
    """The print in their boxes is asked in the place of two labels: 「死亡者の本籍」 beside 「□申請者と同じ」."""
    cells = [
        ("A1:L1", "改葬許可申請書"),
        ("A3:F3", "死亡者の本籍"),
        ("G3:P3", "□申請者と同じ"),
        ("A4:F4", "死亡者氏名"),
        ("G4:P4", "□申請者と同じ"),
        ("A5:F5", "改葬の理由"),
        ("G5:P5", ""),
    ]
    found = read_paper_form("grave.xlsx", paper_forms.workbook(cells))
    told = {one.label for one in found.questions} | {left.text for left in found.skipped}
    assert {"死亡者の本籍", "死亡者氏名", "改葬の理由"} <= told


def test_a_designer_is_told_of_the_words_before_the_label_of_a_line() -> None:
    line = "提出先　　〒111-1111　みらい区役所　環境課　電話　　　　　　"
    found = read_paper_form("waste.xlsx", paper_forms.workbook([("A1:L1", "届出書"), ("A3:L3", line)]))
    assert [one.label for one in found.questions] == ["電話"]
    assert any("みらい区役所" in left.text for left in found.skipped)


UNITS = {
    "年", "月", "日", "時", "分", "日から", "日まで", "分から", "分まで", "人", "通", "枚", "円", "台", "歳", "名",
    "頭", "件", "回", "m", "金", "曜日", "日生", "令和", "平成", "昭和", "大正", "明治", "明", "大", "昭", "平", "令",
}  # fmt: skip
"""What the print in a box says of the form of an answer, which the question's own input says too."""


def _words(text: str) -> list[str]:
    found = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text))
    return [word for word in found if word not in {"フリガナ", "ふりがな"}]
