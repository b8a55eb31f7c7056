"""A designer writes questions one a line and is told what was understood."""

import pytest

from todoke.formbuilder.paper_import.question_lines import lines_in_words, read_lines
from todoke.runtime.refusals import Unreadable


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("お子さんの氏名", "name"), ("生年月日", "date"), ("保護者の住所", "address"), ("電話番号", "phone"),
        ("延長を利用しますか", "yes_no"), ("就労証明書", "file"), ("診断書の写し", "file"),
        ("上の内容に同意します", "declaration"),
        ("緊急のときの連絡先の氏名", "name"),
        ("家族の人数", "number"), ("利用したい理由", "long_text"), ("通っている学校の名前(短い文章)", "short_text"),
        ("学年: 1年、2年", "choice"), ("曜日:月、火、水(いくつでも)", "choices"),
        ("曜日(いくつでも): 月、火", "choices"),
        ("アレルギーの有無(はい・いいえ)", "yes_no"), ("備考(長い文章)", "long_text"),
    ],
)  # fmt: skip
def test_the_kind_of_an_answer_follows_the_words_and_the_mark(line: str, kind: str) -> None:
    assert [one["kind"] for one in read_lines(line)] == [kind]


def test_options_stand_after_a_colon_of_either_width() -> None:
    [narrow, wide] = read_lines("学年: 1年、2年\n学年2\uff1a1年,2年,3年")
    assert [option["label"] for option in narrow["options"]] == ["1年", "2年"]
    assert [option["label"] for option in wide["options"]] == ["1年", "2年", "3年"]


def test_a_question_is_optional_or_for_staff_where_a_mark_says_so() -> None:
    mail, staff, other = read_lines("メール(任意)\n\n受付の確認(職員)\n電話(自宅)")
    assert (mail["label"], mail["required"], staff["required"]) == ("メール", "no", "staff")
    assert other["label"] == "電話(自宅)"
    assert lines_in_words([mail]) == "メール=メールアドレス"


@pytest.mark.parametrize("text", ["", " \n ", "\n".join("設問" for _ in range(61)), "あ" * 301, "曜日(いくつでも)"])
def test_what_cannot_be_read_is_refused_and_nothing_is_added(text: str) -> None:
    with pytest.raises(Unreadable):
        read_lines(text)
