"""Boxes that offices draw: what stands in them tells the kind of answer, and what is asked at all."""

import pytest

from tests.cast.paper_forms import asked, left_out, ruled
from todoke.formbuilder.paper_import.recognition import recognise


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("請求額|金          円", "money"),
        ("敷地|        ㎡", "number"),
        ("期間中の泊数|      日間", "number"),
        ("勤め先への連絡|    (      )    -", "phone"),
        ("異動のあった日|昭和・平成・令和  年  月  日", "date"),
        ("転入した日|  年  月  日(    曜日)", "date"),
        ("前の家|〒    -    ", "address"),
        ("前の家|      都道府県        市区町村", "address"),
        ("通知先|            @            ", "email"),
        ("利用する時間|  時  分～  時  分", "short_text"),
        ("年齢|      歳", "number"),
        ("参加者|      人(うち子ども    人)", "number"),
        ("学校|          小学校    年    組", "short_text"),
        ("設置場所|みどり市", "address"),
        ("樹種及び本数|", "short_text"),
        ("飲んでいる薬の名前|", "short_text"),
        ("被害のようす|(具体的に記入してください)", "short_text"),
    ],
)
def test_the_print_of_a_box_tells_the_kind_of_its_answer(row: str, kind: str) -> None:
    for sheet in (True, False):
        label = row.split("|")[0]
        assert asked(ruled(row, sheet=sheet)) == [f"{label} {kind}"]


def test_two_days_in_merged_cells_are_a_period() -> None:
    rows = ("使用の期間|令和  年  月  日から|<", "^|令和  年  月  日まで|<")
    for given in (rows, ("使用の期間|  年  月  日から  年  月  日まで(    日間)|<",)):
        assert asked(ruled(*given)) == ["使用の期間(から) date", "使用の期間(まで) date"]


def test_days_with_names_of_their_own_are_asked_by_name() -> None:
    rows = ("転用の時期|着工の時期    年  月  日", "^|完了の時期    年  月  日")
    assert asked(ruled(*rows)) == ["転用の時期(着工の時期) date", "転用の時期(完了の時期) date"]


def test_a_number_in_single_letters_and_a_unit_in_its_own_cell_belong_to_their_label() -> None:
    assert asked(ruled("会員番号||||||", sheet=True)) == ["会員番号 short_text"]
    assert asked(ruled("数量||台|摘要|", sheet=True)) == ["数量 number", "摘要 long_text"]
    assert asked(ruled("生まれた日|昭・平・令|  年  月  日", sheet=True)) == ["生まれた日 date"]


def test_parts_of_one_answer_are_asked_apart() -> None:
    assert asked(ruled("電話|自宅(    )    -    |携帯(    )    -    ", sheet=True)) == [
        "電話(自宅) phone",
        "電話(携帯) phone",
    ]
    assert asked(ruled("電話|自宅|携帯", sheet=True)) == ["電話(自宅) phone", "電話(携帯) phone"]
    assert asked(ruled("電話|(自宅)|(携帯)", sheet=True)) == ["電話(自宅) phone", "電話(携帯) phone"]
    assert asked(ruled("緊急時連絡先|氏名：　　　続柄：　　　電話：")) == [
        "緊急時連絡先(氏名) name",
        "緊急時連絡先(続柄) short_text",
        "緊急時連絡先(電話) phone",
    ]
    assert asked(ruled("乗車人員|大人    人  子ども    人")) == ["乗車人員(大人) number", "乗車人員(子ども) number"]
    assert asked(ruled("階数|地上    階・地下    階", sheet=True)) == ["階数(地上) number", "階数(地下) number"]


def test_a_label_stands_in_its_own_box() -> None:
    assert asked(ruled("氏名                    印|電話(      )", sheet=True)) == ["氏名 name", "電話 phone"]
    assert asked(ruled("理由|<", "|<", sheet=True)) == ["理由 long_text"]


@pytest.mark.parametrize(("label", "name"), [("(フリガナ)\n氏  名", "氏名"), ("氏\n名", "氏名"), ("住　　所", "住所")])
def test_letters_below_one_another_or_set_apart_make_a_label(label: str, name: str) -> None:
    grid = ruled(f"{label}|")
    assert [one.label for one in recognise([grid]).questions] == [name]


def test_a_reading_beside_or_above_its_name_is_part_of_it() -> None:
    for rows in (("ふりがな|", "氏名|"), ("(ふりがな)\n氏名|",)):
        assert asked(ruled(*rows)) == ["氏名 name"]
        assert "ふりがな" in left_out(ruled(*rows))


def test_a_tall_label_names_the_rows_beside_it() -> None:
    found = recognise([ruled("申\n請\n者|住所|", "^|氏名|", "代理人|住所|", "^|氏名|", sheet=True)]).questions
    assert [(one.group, one.label) for one in found] == [
        ("申請者", "住所"),
        ("申請者", "氏名"),
        ("代理人", "住所"),
        ("代理人", "氏名"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ("氏名||<|<", "<市処理欄>|<|<|<", "受付者||確認日|", "備考||<|<"),
        ("氏名||<|<", "※登録番号|第    号|※交付日|  年  月  日"),
        ("氏名||<|<", "受付印|決裁|課長|係長", "|||"),
        ("氏名||<|<", "学校記入欄|校長の意見||<"),
        ("氏名||<|<", "本人確認|免許証・旅券・その他|<|<"),
    ],
)
def test_what_the_office_fills_in_is_not_asked_but_listed(rows: tuple[str, ...]) -> None:
    for sheet in (True, False):
        assert asked(ruled(*rows, sheet=sheet)) == ["氏名 name"]
        texts = {text for row in rows[1:] for text in row.split("|") if text.strip() and text != "<"}
        listed = "".join(left_out(ruled(*rows, sheet=sheet))).replace(" ", "")
        assert all(text.replace(" ", "") in listed for text in texts)


def test_what_a_star_means_is_read_from_the_form() -> None:
    must = [one.required for one in recognise([ruled("※は必ず記入してください。|<", "※氏名|", "職業|")]).questions]
    assert must == [True, False]
    assert asked(ruled("※印の欄は記入しないでください。|<", "※番号|", "職業|")) == ["職業 short_text"]


def test_marks_of_what_must_be_answered_are_no_part_of_a_label() -> None:
    found = recognise([ruled("氏名(必須)|", "電話番号|", "メール(任意)|")]).questions
    assert [(one.label, one.required) for one in found] == [("氏名", True), ("電話番号", False), ("メール", False)]


def test_print_in_a_box_is_listed() -> None:
    told = left_out(ruled("勤務先・学校名|※在勤の方のみ記入してください。", "設置場所|みどり市"))
    assert told["※在勤の方のみ記入してください。"] == "設問の補足にしました"
    assert told["みどり市"] == "「設置場所」の欄に印刷された言葉"


def test_a_printed_value_asks_nothing() -> None:
    assert asked(ruled("手数料|1通300円", "提出先|みどり市役所 福祉課")) == []


def test_a_bank_account_is_one_question() -> None:
    rows = ("金融機関名|      銀行・信金      支店", "口座種別|普通・当座", "口座番号|", "フリガナ|", "口座名義|")
    assert asked(ruled(*rows)) == ["振込先の口座 bank_account"]
