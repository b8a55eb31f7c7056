"""Letters in Word: labels, the room behind them, headings, numbered items, and what asks nothing."""

import pytest

from tests.cast.hostile_files import docx
from tests.cast.paper_forms import asked, left_out, letter, line, ruled
from todoke.formbuilder.paper_import.plain_text import join_letters
from todoke.formbuilder.paper_import.recognition import read_paper_form, recognise


@pytest.mark.parametrize(
    "lines",
    [
        ("申請者　住　所　　　　　　氏　名　　　　印",),
        ("　　　　　　申請者　住　所", "　　　　　　　　　　氏　名　　　　　　　　㊞"),
        ("　　　　申請者\t住所\t", "　　　　\t氏名\t"),
        ("【申請者】", "住　所　＿＿＿＿＿＿＿＿", "氏　名　＿＿＿＿＿＿＿＿　印"),
        ("申請者", "　　住所：", "　　氏名（法人にあっては、名称及び代表者の氏名）："),
    ],
)
def test_the_applicant_of_a_letter_is_asked(lines: tuple[str, ...]) -> None:
    found = recognise([letter(*lines)]).questions
    assert [(one.label.split("(")[0], one.kind.value, one.group) for one in found] == [
        ("住所", "address", "申請者"),
        ("氏名", "name", "申請者"),
    ]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("電話番号　　　　（　　　）", ["電話番号 phone"]),
        ("生年月日　大正・昭和・平成・令和　　年　　月　　日", ["生年月日 date"]),
        ("５　事業の着手予定日　　　　　　年　　月　　日", ["事業の着手予定日 date"]),
        ("８　交付申請額　　　　金　　　　　　　　円", ["交付申請額 money"]),
        ("２　使用期間　　令和　年　月　日から令和　年　月　日まで", ["使用期間(から) date", "使用期間(まで) date"]),
        ("請求者　氏名　　　　　　　（日中の電話番号　　　　　　　　）", ["氏名 name", "日中の電話番号 phone"]),
        ("委任者との関係　＿＿＿＿＿＿＿＿", ["委任者との関係 short_text"]),
        ("使いみち：", ["使いみち long_text"]),
        ("（具体的な事情：　　　　　　　　　　　）", ["具体的な事情 short_text"]),
        ("電話 03-0000-0000", []),
        ("送付先　〒000-0000　みどり市役所　市民課　電話　00-0000-0000", []),
        ("みどり市長　様", []),
        ("上記のとおり申請します。　　　　令和　　年　　月　　日", []),
    ],
)
def test_a_line_asks_what_it_leaves_room_for(line: str, wanted: list[str]) -> None:
    assert asked(letter(line)) == wanted


def test_items_of_a_list_without_room_are_asked() -> None:
    lines = ("記", "１　補助事業の名称", "２　設置場所", "３　添付書類", "　(1)　見積書", "　(2)　図面")
    assert asked(letter(*lines)) == ["補助事業の名称 short_text", "設置場所 address", "添付書類 file"]
    assert recognise([letter(*lines)]).questions[-1].help == "見積書、図面"


def test_the_print_below_an_item_is_its_box() -> None:
    lines = ("２　実施期間", "　　令和　　年　　月　　日　から　令和　　年　　月　　日　まで", "３　事業の成果")
    assert asked(letter(*lines)) == ["実施期間(から) date", "実施期間(まで) date", "事業の成果 long_text"]


def test_an_item_over_a_table_is_its_heading() -> None:
    assert asked(letter("４　家族"), ruled("氏名|続柄", "|", "|")) == ["*氏名 name", "*続柄 short_text"]


@pytest.mark.parametrize("head", ["注意事項", "備考", "【同封するもの】", "記載要領"])
def test_a_list_of_notes_asks_nothing(head: str) -> None:
    lines = (head, "１　住所", "２　金額は訂正できません。", "・返信用封筒")
    assert asked(letter(*lines)) == []
    listed = "".join(left_out(letter(*lines)))
    assert all(word in listed for word in ("住所", "金額は訂正できません", "返信用封筒"))


def test_a_role_over_name_and_address_is_a_heading() -> None:
    found = recognise(
        [letter("　　　　　主催者", "　　　　　　住所", "　　　　　　団体名", "　　　　　　代表者　　　　　")]
    )
    assert [(one.label, one.group) for one in found.questions] == [
        ("住所", "主催者"),
        ("団体名", "主催者"),
        ("代表者", "主催者"),
    ]


def test_a_short_word_below_the_labels_of_an_applicant_is_a_label() -> None:
    lines = ("届出者　　住所", "　　　　　氏名　　　　　　　", "　　　　　職業")
    assert asked(letter(*lines)) == ["住所 address", "氏名 name", "職業 short_text"]


@pytest.mark.parametrize("heading", ["<緊急連絡先>", "【送付先】", "■ 連絡先"])
def test_a_heading_in_brackets_is_no_label(heading: str) -> None:
    found = recognise([letter(heading), ruled("氏名||電話|")]).questions
    assert [one.label for one in found] == ["氏名", "電話"]
    assert {one.group for one in found} == {heading.strip("<>【】■ ")}


def test_what_is_said_behind_a_heading_is_how_to_answer() -> None:
    lines = ("<健康状態>　該当するものに○をつけてください", "１　良好　　２　通院中　　３　その他（　　　）")
    assert asked(letter(*lines)) == ["健康状態 choice", "健康状態(その他) short_text"]


def test_after_a_heading_of_the_office_nothing_is_asked() -> None:
    grids = (letter("氏名　　　　　　　", "（以下は市で記入します）"), ruled("使用料|円", "許可番号|第　号"))
    assert asked(*grids) == ["氏名 name"]
    assert {"使用料", "許可番号"} <= set(left_out(*grids))


def test_controls_of_word_are_boxes_to_fill_in() -> None:
    def control(settings: str, shown: str) -> str:
        run = f"<w:r><w:t>{shown}</w:t></w:r>"
        return f"<w:sdt><w:sdtPr>{settings}</w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"

    pick = "".join(f'<w:listItem w:displayText="{one}" w:value="{one}"/>' for one in ("新規", "更新"))
    rows = (
        ("申請区分", control(f"<w:dropDownList>{pick}</w:dropDownList>", "アイテムを選択してください。")),
        ("開始の日", control("<w:showingPlcHdr/><w:date/>", "クリックして日付を入力してください。")),
        ("勤め先", control("<w:showingPlcHdr/><w:text/>", "ここをクリックしてください。")),
        ("立会い", '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox/></w:ffData></w:fldChar></w:r>'
                   "<w:r><w:t>する</w:t></w:r>"),
    )  # fmt: skip
    cells = "".join(f"<w:tr><w:tc>{line(label)}</w:tc><w:tc><w:p>{box}</w:p></w:tc></w:tr>" for label, box in rows)
    found = read_paper_form("control.docx", docx(f"<w:tbl>{cells}</w:tbl>".encode())).questions
    assert [f"{one.label} {one.kind.value}" for one in found] == [
        "申請区分 choice",
        "開始の日 date",
        "勤め先 short_text",
        "立会い yes_no",
    ]
    assert found[0].options == ("新規", "更新")


@pytest.mark.parametrize(
    ("line", "joined"),
    [
        ("(依頼者)団  体  名", "(依頼者)団体名"),
        ("1.住  所        ", "1.住所        "),
        ("※氏  名", "※氏名"),
        ("(西暦)年  月  日", "(西暦)年  月  日"),
        ("(1)男  女", "(1)男  女"),
    ],
)
def test_a_sign_before_a_word_set_apart_does_not_part_it(line: str, joined: str) -> None:
    assert join_letters(line) == joined
