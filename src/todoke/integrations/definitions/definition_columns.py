"""Definition columns 定義の列: what a column of a list of questions says of a question. Pure."""

import re
from collections.abc import Mapping, Sequence

from todoke.spreadsheets.heading_guesses import guess_headings, heading_key

LABEL, KIND, REQUIRED, OPTIONS, HELP, SECTION = "label", "kind", "required", "options", "help", "section"
ROLES = {
    LABEL: "設問", KIND: "種類", REQUIRED: "必須か", OPTIONS: "選択肢", HELP: "説明", SECTION: "ページや区切りの名前",
}  # fmt: skip
SEVERAL = frozenset({OPTIONS, HELP})
"""What several columns may say together: 選択肢1, 選択肢2."""
_SYNONYMS = {
    LABEL: (
        "設問", "設問文", "設問名", "質問", "質問文", "質問内容", "質問項目", "項目名", "項目", "項目タイトル",
        "フィールド名", "入力項目", "表示名", "ラベル", "タイトル", "見出し", "question", "question title", "title",
        "label", "field label", "name",
    ),
    KIND: (
        "種類", "種別", "形式", "回答形式", "質問形式", "質問タイプ", "質問の種類", "設問タイプ", "回答タイプ",
        "項目種別", "項目タイプ", "入力形式", "入力タイプ", "フィールドタイプ", "フィールドの種類", "タイプ", "type",
        "kind", "question type", "field type", "input type",
    ),
    REQUIRED: (
        "必須", "必須か", "必須項目", "必須設定", "必須任意", "必須/任意", "入力必須", "回答必須", "必須入力",
        "required", "is required", "mandatory",
    ),
    OPTIONS: (
        "選択肢", "選択項目", "選択肢一覧", "選択肢の内容", "回答選択肢", "項目の選択肢", "リスト", "options",
        "choices", "values", "option", "choice",
    ),
    HELP: (
        "説明", "説明文", "補足", "補足説明", "補足文", "注釈", "備考", "ヒント", "入力例", "ガイド", "description",
        "help", "help text", "hint", "note",
    ),
    SECTION: (
        "ページ", "ページ名", "セクション", "セクション名", "区切り", "大項目", "グループ", "グループ名", "ブロック",
        "section", "page", "group",
    ),
}  # fmt: skip
_WORDS = {role: frozenset(map(heading_key, (ROLES[role], *words))) for role, words in _SYNONYMS.items()}
_NUMBERED = re.compile(r"[0-9]{1,4}$")


def guess_roles(headings: Sequence[str]) -> dict[str, str]:
    """Return what each column likely says; "" where none is likely. Numbered columns of choices all say so."""
    numbered = {
        heading: OPTIONS
        for heading in headings
        if (key := heading_key(heading)) != (stem := _NUMBERED.sub("", key)) and stem in _WORDS[OPTIONS]
    }
    return guess_headings([each for each in headings if each not in numbered], _WORDS) | numbered


def doubled_role(roles: Mapping[str, str]) -> str:
    """Return the label of what two columns say and one alone may; "" where there is none."""
    chosen = [role for role in roles.values() if role and role not in SEVERAL]
    return next((ROLES[role] for role in chosen if chosen.count(role) > 1), "")
