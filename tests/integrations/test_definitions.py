"""A form of another service becomes questions of ours; every row, column and word is used or named with the reason."""

import io

import pytest
import xlsxwriter

from tests.cast.form_definitions import ANSWERS, GOOGLE, KINTONE, LOGO_LIKE, SECTIONS, as_json
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.question_kinds import QuestionKind as K
from todoke.formbuilder.paper_import.findings import Recognition
from todoke.formbuilder.paper_import.to_definition import to_definition
from todoke.integrations.definitions.definition_columns import doubled_role, guess_roles
from todoke.integrations.definitions.definition_files import MOST_ROWS, read_definition
from todoke.integrations.definitions.definition_questions import guess_meanings, read_questions, split_options
from todoke.integrations.definitions.kind_words import WORDS, meaning_of
from todoke.runtime.refusals import Unreadable


def read(content: bytes, name: str = "様式.csv", holds: str = "questions") -> Recognition:
    table = read_definition(name, content, holds)
    roles = guess_roles(table.headings)
    found = read_questions(table, roles, guess_meanings(table.words_of(roles)))
    read_document(to_definition(found))
    asked = {one.cell for one in found.questions} | {one.cell for one in found.skipped}
    assert {place for place, _ in table.rows} <= asked, "a row was dropped in silence"
    assert {name for name, role in roles.items() if not role} <= {one.text for one in found.skipped}
    return found


def told(found: Recognition) -> list[tuple[str, K, bool]]:
    return [(one.label, one.kind, one.required) for one in found.questions]


def left(found: Recognition) -> dict[str, str]:
    return {one.text: one.reason for one in found.skipped}


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_a_list_of_questions_is_read_in_its_order_with_kinds_and_choices(encoding: str) -> None:
    found = read(LOGO_LIKE.encode(encoding))
    assert told(found) == [
        ("お名前", K.NAME, True), ("メールアドレス", K.EMAIL, True), ("希望する講座", K.CHOICE, True),
        ("その他の内容", K.LONG_TEXT, False), ("持ってくるもの", K.CHOICES, True), ("会場の地図", K.SHORT_TEXT, False),
        ("同意", K.DECLARATION, True),
    ]  # fmt: skip
    assert found.questions[2].options == ("やさしいスマホ", "はじめての俳句", "その他")
    assert found.questions[4].options == ("筆記用具", "老眼鏡")
    assert found.questions[0].help == "戸籍のとおりに\n書いてください"
    assert {one.group for one in found.questions} == {"申込者", "講座"}


def test_what_has_no_place_here_is_named_with_its_reason() -> None:
    said = left(read(LOGO_LIKE.encode()))
    assert said["項目番号"].startswith("取り込まない列(10行")
    assert said["条件分岐"] == "取り込まない列(1行に記入があります)"
    assert "番号法" in said["マイナンバー"]
    assert said["△"] == "必須か任意か分からないので、必須にしました"
    assert said["地図ウィジェット"].startswith("種類が分からない")
    assert said["参加費"] == "「決済」に当たる設問がありません"
    assert said["講座の決まりに同意する"] == "この種類の設問には、選択肢を付けられません"
    assert "設問の言葉がありません" in said.values()


def test_the_same_list_in_excel_says_the_same() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for row, line in enumerate([["質問", "回答形式", "必須", "選択肢1", "選択肢2"], ["色", "択一", "○", "赤", "青"]]):
        sheet.write_row(row, 0, line)
    book.close()
    [asked] = read(out.getvalue(), "様式.xlsx").questions
    assert (asked.label, asked.kind, asked.required, asked.options) == ("色", K.CHOICE, True, ("赤", "青"))


def test_a_form_of_googles_api_is_read_with_pages_grids_and_scales() -> None:
    found = read(as_json(GOOGLE), "form.json")
    assert found.title == "市民講座の申込み"
    assert told(found) == [
        ("お名前", K.NAME, True), ("希望する日", K.DATE, False), ("コース", K.CHOICE, True),
        ("満足度", K.CHOICE, False),
        ("出席: 4月", K.CHOICE, False), ("出席: 5月", K.CHOICE, True), ("お知らせ", K.INFORMATION, False),
    ]  # fmt: skip
    assert found.questions[2].options == ("午前", "午後", "その他")
    assert found.questions[3].options == ("1", "2", "3")
    assert [one.group for one in found.questions][:3] == ["", "", "講座"]
    said = left(found)
    assert said["案内の動画"] == "「動画」に当たる設問がありません"
    assert "行き先" in said["コース"]
    assert "全体と案内" in said["毎月の講座です。"]


def test_the_fields_of_a_kintone_app_are_read_with_their_tables() -> None:
    found = read(as_json(KINTONE), "fields.json")
    assert told(found) == [
        ("申請者の氏名", K.NAME, True), ("区分", K.CHOICE, True), ("連絡のつく番号", K.PHONE, False),
        ("年齢", K.NUMBER, False),
    ]  # fmt: skip
    assert found.questions[1].options == ("団体", "個人")
    assert found.questions[3].group == "同居の家族"
    said = left(found)
    assert said["受付番号"] == "受付番号や日時は、届けが付けます"
    assert said["合計"] == "「calc」に当たる設問がありません"
    assert "くり返す" in said["同居の家族"]


def test_any_list_of_questions_in_json_is_read_with_its_sections() -> None:
    found = read(as_json(SECTIONS), "form.json")
    assert told(found) == [("転入", K.CHOICES, True), ("新しい住所", K.ADDRESS, True), ("方書", K.SHORT_TEXT, False)]
    assert [one.group for one in found.questions] == ["届出の種類", "新住所", "新住所"]
    assert found.questions[0].options == ("する", "しない")


def test_of_a_table_of_answers_only_the_questions_are_kept() -> None:
    found = read(ANSWERS.encode(), holds="answers")
    assert told(found) == [("お名前", K.NAME, False), ("希望する講座", K.CHOICE, False), ("ご意見", K.LONG_TEXT, False)]
    assert found.questions[1].options == ("俳句", "スマホ")
    assert left(found)["タイムスタンプ"] == "受付番号や日時は、届けが付けます"
    assert not {"甲山", "意見1"} & {*left(found), *found.questions[1].options}


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"{", "JSON として読めません"), (b"[1, 2]", "設問の一覧が見つかりません"),
     (b'{"info": 1, "items": [3]}', "書き方が違います"), (b'{"properties": {"a": 1}}', "書き方が違います"),
     ("設問\n".encode(), "設問がありません"), (rb'{"title": "\u0000", "q": [{"label": "x"}]}', "JSON として読めません"),
     (("設問\n" + "問\n" * (MOST_ROWS + 1)).encode(), "設問が多すぎます"), (b"\xff\xfe\xff", "文字コード|読めません")],
)  # fmt: skip
def test_what_is_no_list_of_questions_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_definition("様式.csv", content, "questions")


def test_a_text_that_is_too_long_is_cut_and_the_rest_named() -> None:
    long = "あ" * 299 + "いう"
    found = read(f"設問,種類,選択肢\n{long},択一,{'か' * 120}き;く\n".encode())
    assert found.questions[0].label == long[:300]
    assert {"う", "き"} <= {one.text for one in found.skipped}


@pytest.mark.parametrize(
    ("cell", "parts"),
    [("はい、行きます\nいいえ", ["はい、行きます", "いいえ"]), ("赤;青", ["赤", "青"]), ("赤,青", ["赤", "青"]),
     ("赤、青", ["赤", "青"]), ("赤/青", ["赤", "青"]), ("赤", ["赤"]), ("", [])],
)  # fmt: skip
def test_choices_of_one_cell_are_split_at_one_sign(cell: str, parts: list[str]) -> None:
    assert split_options(cell) == parts


def test_a_word_means_one_kind_alone() -> None:
    for meaning, words in WORDS.items():
        assert [meaning_of(word) for word in words] == [meaning] * len(words)
    assert meaning_of("地図ウィジェット") == ""


def test_a_column_alone_says_what_a_question_is_called() -> None:
    assert doubled_role({"a": "label", "b": "label"}) == "設問"
    assert doubled_role({"a": "options", "b": "options", "c": "", "d": ""}) == ""
