"""A clerk finds a person without knowing which form of a character the person writes."""

import pytest

from tests.cast import cases, signed_in
from todoke.cases.inbox import search
from todoke.cases.models import Case

pytestmark = pytest.mark.django_db
NAMES = {
    "髙橋 花子": "タカハシ ハナコ",
    "高橋 𠮷郎": "タカハシ ヨシロウ",
    "山﨑 一": "ヤマザキ ハジメ",
    "渡邉 優": "ワタナベ ユウ",
    "渡邊 健": "ワタナベ ケン",
    "斎藤 茂": "サイトウ シゲル",
    "齋藤 恵": "サイトウ メグミ",
    "斉藤 正": "サイトウ タダシ",
    "齊藤 翔": "サイトウ ショウ",
}


@pytest.fixture
def at() -> cases.Counter:
    made = cases.counter()
    for name, kana in NAMES.items():
        case = cases.case(made)
        case.applicant_name, case.applicant_kana = name, kana
        case.save()
    return made


def found(text: str) -> set[str]:
    return set(search(Case.objects.all(), text).values_list("applicant_name", flat=True))


SAITO = {"斎藤 茂", "齋藤 恵", "斉藤 正", "齊藤 翔"}
"""Two characters that callers and clerks write for one another."""


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("高橋", {"髙橋 花子", "高橋 𠮷郎"}), ("髙橋", {"髙橋 花子", "高橋 𠮷郎"}), ("高橋 吉郎", {"高橋 𠮷郎"}),
        ("髙橋吉郎", {"高橋 𠮷郎"}), ("山崎", {"山﨑 一"}), ("渡辺", {"渡邉 優", "渡邊 健"}),
        ("渡邊", {"渡邉 優", "渡邊 健"}), ("斎藤", SAITO), ("齊藤", SAITO),
        ("さいとう しげる", {"斎藤 茂"}), ("ﾜﾀﾅﾍﾞ", {"渡邉 優", "渡邊 健"}), ("100%", set()), ("_", set()),
    ],
)  # fmt: skip
def test_any_spelling_finds_the_person(at: cases.Counter, typed: str, names: set[str]) -> None:
    assert found(typed) == names


def test_the_clerk_s_list_searches_so(at: cases.Counter) -> None:
    shown = signed_in(at.clerk).get("/office/cases/?q=高橋").content.decode()
    assert "髙橋 花子" in shown
    assert "山﨑" not in shown
