"""The cast of what people type: a form with every kind of question, and answers drawn for it, odd but legal."""

from datetime import date
from typing import Any

from hypothesis import strategies as st
from stdnum.jp import cn, in_

from tests.cast.formbuilder import question

OPTIONS = [{"value": f"v{number}", "label": label} for number, label in enumerate(("=1+1", "+81", "@甲", "-乙、丙"))]
ROWS = 2
DAY_FROM, DAY_TO = date(1912, 1, 1), date(2026, 11, 1)
QUESTIONS: list[dict[str, Any]] = [
    question("name", "name", alternative=True),
    question("where", "address"),
    question("phone", "phone", required="no"),
    question("email", "email", required="no"),
    question("copies", "number", low=0),
    question("money", "money", required="no"),
    question("day", "date"),
    question("short", required="no"),
    question("long", "long_text", required="no"),
    question("welfare", "yes_no"),
    question("one", "choice", options=OPTIONS, required="no"),
    question("many", "choices", options=OPTIONS, required="no"),
    question("company", "corporate_number", required="no"),
    question("bank", "bank_account", required="no"),
    question("mine", "my_number"),
    question("promise", "declaration"),
    question("notice", "information"),
]
CHILDREN = [question("child", "name"), question("born", "date", day="birth"), question("wish", required="no")]
REPEAT = {"noun": "お子さん", "least": ROWS, "most": 5}

LETTERS = st.characters(exclude_categories=["Cs"])
ODD = st.sampled_from([
    "𠮷野家", "葛\U000e0101飾", "👨‍👩‍👧", "🇯🇵", "か\u3099", "e\u0301", "\u202e逆",
    "עברית", "سلام", "\x01", "\x0b", "\x1c", "\x85", "\u2028", "\ufffe",
    "\U0001fffe", "\ue000", "\uf8ff", "\u0378", "\u200b", "\ufeff",
    "\t", "\r", "\n", "\r\n", "\x00", '"', "'", "''=", "=1+1", "+81", "-1", "@x", "＝１",
    "\t=1", ",", ";", "、", "\\", "{name}", "｛氏名｝", "<b>", "&amp;", "&#10;",
    "_x0001_", "_x005F_", "`", "#let", "$x$", "合計", "※ 注", "備考:", "sep=;",
    "ﾊﾝｶｸ", "Ｆｕｌｌ", "①㈱㍻", "〜～−ー", "　", " ", "%(x)s", "{{ x }}",
    "\u3164", "\u00ad", "0", "00123", "1e5", "2026-11-22", "TRUE", "長" * 180,
])  # fmt: skip
WORDS = st.lists(st.one_of(ODD, st.text(LETTERS, max_size=12)), max_size=4).map("".join).map(lambda text: text[:200])
SOME_WORDS = WORDS.map(lambda text: f"甲{text}"[:99])
LONG = st.one_of(WORDS, st.lists(WORDS, max_size=12).map("\r\n".join), st.just("行\r\n" * 900), st.just("𠮷" * 4000))
READING = st.sampled_from(
    ["ヤマダ", "やまだ", "ﾔﾏﾀﾞ", "Yamada", "オコナー", "ヴァン ダイク", "ジョン・ポール", "ヤマダ\u3000"]
)
DAY = st.one_of(
    st.dates(DAY_FROM, DAY_TO).map(str),
    st.sampled_from(
        ["令和8年4月1日", "㋿8年4月1日", "R8.4.1", "Ｈ３１．４．３０", "20260401", "平成33年7月1日", "令和元年5月1日"]
    ),
)
NUMBER = st.one_of(
    st.integers(0, 999_999_999_999_999).map(str), st.integers(0, 10**9).map("{:,}".format),
    st.sampled_from(["１２", "￥1,200", "３００円", "0", "007", "\u3000５\n", "1，000"]),
)  # fmt: skip
PHONE = st.sampled_from(
    [
        "０３（１２３４）５６７８",
        "+81 90-1234-5678",
        "０９０ー１２３４ー５６７８",
        "090−1234−5678",
        " 0312345678\r\n",
        "",
    ]
)
MAIL = st.one_of(
    st.emails(),
    st.sampled_from(
        ["ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "o'brien@example.ie", "a+b@例え.jp", "taro@example.jp　", "=x@y.jp", ""]
    ),
)
POSTAL = st.sampled_from(["104-0045", "１０４−００４５", "1040045", "〒104-0045"])
COMPANY = st.one_of(
    st.just(""), st.integers(10**11, 10**12 - 1).map(str).map(lambda body: cn.calc_check_digit(body) + body)
)
TWELVE = st.integers(10**10, 10**11 - 1).map(str).map(lambda body: body + in_.calc_check_digit(body))


def parts(name: str, **values: st.SearchStrategy[str]) -> dict[str, st.SearchStrategy[Any]]:
    return {f"{name}__{part}": value for part, value in values.items()}


def of_name(name: str, **more: st.SearchStrategy[str]) -> dict[str, st.SearchStrategy[Any]]:
    return parts(name, family=SOME_WORDS, given=SOME_WORDS, family_kana=READING, given_kana=READING, **more)


CHOSEN = st.sampled_from([option["value"] for option in OPTIONS])
ONE_BANK = st.fixed_dictionaries(
    parts(
        "bank", bank=SOME_WORDS, branch=SOME_WORDS,
        type=st.sampled_from(["普通", "当座"]), number=st.sampled_from(["1234567", "１２３４５６７"]),
        holder=st.sampled_from(["ミホン ハナコ", "ﾐﾎﾝ ﾊﾅｺ", "カ)ミライ", "ＡＢＣ"]),
    )
)  # fmt: skip


def of_child(row: int) -> dict[str, st.SearchStrategy[Any]]:
    born = st.dates(DAY_FROM, DAY_TO).map(str)
    return {**of_name(f"child-{row}"), f"born-{row}": born, f"wish-{row}": WORDS}


FORM = st.fixed_dictionaries(
    {
        **of_name("name", plain_family=st.sampled_from(["", "山田"])),
        **parts("where", postal=POSTAL, region=st.just("東京都中央区築地"), street=SOME_WORDS, building=WORDS),
        "phone": PHONE, "email": MAIL, "copies": NUMBER, "money": NUMBER, "day": DAY, "short": WORDS, "long": LONG,
        "welfare": st.sampled_from(["yes", "no"]), "one": CHOSEN,
        "many": st.lists(CHOSEN, unique=True), "company": COMPANY,
        "mine": TWELVE, "promise": st.just("yes"),
        **of_child(1), **of_child(2),
    }
)  # fmt: skip
ANSWERS = st.builds(lambda answers, bank: answers | bank, FORM, st.one_of(st.just({}), ONE_BANK))
