"""Choices that offices print: which are one of several, which are any, and what is written behind one."""

import pytest

from tests.cast.paper_forms import asked, letter, ruled
from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.paper_import.printed_boxes import Asked, questions_of
from todoke.formbuilder.paper_import.recognition import recognise

ONE, ANY = QuestionKind.CHOICE, QuestionKind.CHOICES


@pytest.mark.parametrize(
    ("label", "box", "kind"),
    [
        ("申請区分", "□新規  □更新  □変更  □廃止", ONE),
        ("性別", "□男性  □女性  □答えない", ONE),
        ("世帯主との続柄", "□本人  □世帯員  □代理人", ONE),
        ("受取方法", "□窓口  □郵送", ONE),
        ("人槽区分", "□5人槽  □7人槽  □10人槽", ONE),
        ("住まい", "□持家  □借家  □公営住宅", ONE),
        ("減免の事由", "□生活保護  □障害者手帳  □災害", ANY),
        ("使用する設備", "□マイク  □机  □いす", ANY),
        ("提出書類", "□位置図  □平面図", ANY),
        ("利用する曜日", "月・火・水・木・金", ANY),
        ("車種", "自転車・原動機付自転車(50cc以下)", ONE),
        ("会場", "1.体育館  2.校庭  3.武道場", ONE),
        ("申請の理由", "ア 新築  イ 増築  ウ 改築", ONE),
        ("資格確認書の交付", "希望する  /  希望しない", ONE),
        ("配偶者", "(有・無)", ONE),
    ],
)
def test_a_label_and_its_choices_tell_whether_one_or_several_may_be_chosen(
    label: str, box: str, kind: QuestionKind
) -> None:
    assert questions_of(label, box)[0].kind is kind


@pytest.mark.parametrize(
    ("told", "kind"),
    [("(該当するもの全てに✓)", ANY), ("(複数回答可)", ANY), ("(いずれかに○)", ONE), ("(1つに○)", ONE), ("", ANY)],
)
def test_what_the_form_says_of_choosing_goes_before_the_words_of_the_choices(told: str, kind: QuestionKind) -> None:
    assert questions_of("知った理由", "□広報  □知人  □その他", told)[0].kind is kind


def test_what_is_written_behind_a_choice_is_asked_when_it_is_chosen() -> None:
    assert questions_of("アレルギー", "□無  □有(内容:        )") == [
        Asked("アレルギー", ONE, ("無", "有")),
        Asked("アレルギー(内容)", QuestionKind.LONG_TEXT, (), "有"),
    ]
    assert questions_of("入場料", "有(     円)・無")[1] == Asked("入場料(有)", QuestionKind.MONEY, (), "有")
    assert questions_of("住所", "□同上  □異なる(            )")[1] == Asked(
        "住所(異なる)", QuestionKind.ADDRESS, (), "異なる"
    )


def test_grades_share_their_word() -> None:
    wanted = ("要支援1", "要支援2", "要介護1", "要介護2", "要介護3")
    for box in ("要支援1・2  要介護1・2・3", "要支援 1 2   要介護 1 2 3"):
        assert questions_of("要介護度", box)[0].options == wanted


def test_a_box_to_tick_behind_a_numbered_choice_is_asked_with_it() -> None:
    assert questions_of("公開の方法", "1 閲覧  2 写しの交付(□郵送希望)") == [
        Asked("公開の方法", ONE, ("閲覧", "写しの交付")),
        Asked("公開の方法(郵送希望)", QuestionKind.YES_NO, (), "写しの交付"),
    ]


def test_every_line_of_a_box_may_be_a_label_with_choices() -> None:
    assert asked(ruled("他の許可|農地法　有・無\n道路法　有・無")) == [
        "他の許可(農地法) choice",
        "他の許可(道路法) choice",
    ]


def test_consent_or_none_is_a_choice_of_two() -> None:
    lines = ("情報の提供(どちらかに☑してください)", "□ 提供に同意します。", "□ 同意しません。")
    assert asked(letter(*lines)) == ["情報の提供 choice"]


def test_a_filled_square_before_a_heading_is_no_box_to_tick() -> None:
    grid = ruled("■届出の内容(該当する番号に○をつけてください)|<", "1 死亡    2 変更    3 その他(    )|<", sheet=True)
    assert asked(grid) == ["届出の内容 choice", "届出の内容(その他) short_text"]


def test_choices_within_brackets_are_asked_apart() -> None:
    assert questions_of("性別", "おす・めす(去勢・避妊手術  済・未)")[0].options == ("おす", "めす")


def test_a_tick_in_the_place_of_an_answer_is_asked_before_it() -> None:
    assert questions_of("送付先住所", "□申請者と同じ") == [
        Asked("送付先住所(申請者と同じ)", QuestionKind.YES_NO),
        Asked("送付先住所", QuestionKind.ADDRESS, (), "!"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ("希望する検診|□胃がん", "^|□肺がん", "^|□大腸がん"),
        ("希望する検診|□胃がん|□肺がん", "^|□大腸がん|"),
        ("希望する検診|□|胃がん|□|肺がん", "^|□|大腸がん||"),
        ("希望する検診|<", "□胃がん|<", "□肺がん|<", "□大腸がん|<"),
    ],
)
def test_boxes_below_one_another_are_one_question(rows: tuple[str, ...]) -> None:
    for sheet in (True, False):
        found = recognise([ruled(*rows, sheet=sheet)]).questions
        assert [(one.label, one.kind.value) for one in found] == [("希望する検診", "choices")]
        assert set(found[0].options) == {"胃がん", "肺がん", "大腸がん"}


def test_lines_of_boxes_belong_to_the_heading_above_them() -> None:
    found = asked(letter("2 申請理由(該当するもの全てに☑してください)", "□ 災害にあった", "□ 失業した", "3 備考"))
    assert found == ["申請理由 choices", "備考 long_text"]


def test_choices_stand_in_a_line_behind_their_label() -> None:
    assert asked(letter("1 住居の種別    1 持家  2 借家  3 その他(     )")) == [
        "住居の種別 choice",
        "住居の種別(その他) short_text",
    ]
    assert asked(letter("利用目的:□会議  □講習  □その他")) == ["利用目的 choices"]
    assert asked(letter("新規・更新・変更")) == ["新規・更新・変更 choice"]


def test_words_set_apart_are_choices_where_one_is_to_be_circled() -> None:
    found = recognise([ruled("連絡方法(1つに○)|電話    メール    不要", sheet=True)]).questions
    assert [one.options for one in found] == [("電話", "メール", "不要")]


def test_a_sentence_with_a_box_is_a_consent() -> None:
    text = "□ 税の情報を市が確認することに同意します。"
    assert asked(letter(text)) == ["税の情報を市が確認することに同意します。 declaration"]
    assert asked(ruled(f"同意事項|{text}")) == ["税の情報を市が確認することに同意します。 declaration"]


def test_a_label_of_two_words_beside_its_box_is_no_choice() -> None:
    assert asked(ruled("児童|学校名・学年|", sheet=True)) == ["学校名・学年 short_text"]
    assert asked(ruled("連絡先|(自宅・携帯)", sheet=True)) == ["連絡先 phone"]
