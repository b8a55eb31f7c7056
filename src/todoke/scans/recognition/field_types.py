"""Field types 欄の種類: what a field of a sheet holds, which signs it can hold, and whether it may pass unchecked."""

from enum import StrEnum

from todoke.runtime.refusals import Refused


class FieldType(StrEnum):
    """欄の種類: decides the signs that are read, how a text is normalised and what is checked."""

    NAME = "name"
    KANA = "kana"
    ADDRESS = "address"
    TEXT = "text"
    POSTAL = "postal"
    PHONE = "phone"
    NUMBER = "number"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    DATE = "date"
    MONEY = "money"
    ACCOUNT = "account"
    EMAIL = "email"
    CHOICE = "choice"
    CHOICES = "choices"
    MY_NUMBER = "my_number"


class Policy(StrEnum):
    """確認のしかた: what a template asks of a field; a gate alone decides whether ``AUTO`` ever passes one."""

    CHECK = "check"
    DOUBLE = "double"
    AUTO = "auto"


TYPE_LABELS: dict[FieldType, str] = {
    FieldType.NAME: "氏名",
    FieldType.KANA: "フリガナ",
    FieldType.ADDRESS: "住所",
    FieldType.TEXT: "自由な文",
    FieldType.POSTAL: "郵便番号",
    FieldType.PHONE: "電話番号",
    FieldType.NUMBER: "数",
    FieldType.YEAR: "年",
    FieldType.MONTH: "月",
    FieldType.DAY: "日",
    FieldType.DATE: "日付",
    FieldType.MONEY: "金額(円)",
    FieldType.ACCOUNT: "口座番号",
    FieldType.EMAIL: "メールアドレス",
    FieldType.CHOICE: "□から一つ",
    FieldType.CHOICES: "□からいくつでも",
    FieldType.MY_NUMBER: "個人番号(読まずに黒塗り)",
}
POLICY_LABELS: dict[Policy, str] = {
    Policy.CHECK: "人が確かめる",
    Policy.DOUBLE: "二人が別々に入力する",
    Policy.AUTO: "実績がそろえば、確かめずに通す",
}
NEVER_AUTO = frozenset(
    {
        FieldType.NAME, FieldType.ACCOUNT, FieldType.MONEY, FieldType.NUMBER, FieldType.TEXT, FieldType.EMAIL,
        FieldType.MY_NUMBER,
    }
)  # fmt: skip
"""A name has variants (髙, 高) that no confidence tells apart; the others have no second source to compare with."""
MARKED = frozenset({FieldType.CHOICE, FieldType.CHOICES})
_DIGITS = frozenset("0123456789")
_KANA = frozenset(chr(code) for code in range(0x30A1, 0x30FB)) | frozenset("ー・ ")
_SIGNS: dict[FieldType, frozenset[str]] = {
    FieldType.KANA: _KANA,
    FieldType.POSTAL: _DIGITS | {"-", "〒"},
    FieldType.PHONE: _DIGITS | frozenset("-()+ "),
    FieldType.NUMBER: _DIGITS | {"-"},
    FieldType.YEAR: _DIGITS | {"元"},
    FieldType.MONTH: _DIGITS,
    FieldType.DAY: _DIGITS,
    FieldType.DATE: _DIGITS | frozenset("-/.年月日元令和平成昭大正明治RHSTM"),
    FieldType.MONEY: _DIGITS | frozenset(",円¥-"),
    FieldType.ACCOUNT: _DIGITS,
    FieldType.EMAIL: frozenset(chr(code) for code in range(0x21, 0x7F)),
}
VARIANTS: dict[str, str] = {
    "高": "髙", "崎": "﨑", "吉": "𠮷", "浜": "濱濵", "辺": "邊邉", "斎": "齋", "斉": "齊", "沢": "澤", "広": "廣",
    "島": "嶋嶌", "桜": "櫻", "富": "冨", "恵": "惠", "真": "眞", "徳": "德", "国": "國", "関": "關",
}  # fmt: skip
"""Spellings of a character in names that a reader confuses; offered beside the picture."""
RARE_IN_NAMES: dict[str, tuple[str, float]] = {"高": ("髙", 10**-3.45), "真": ("眞", 10**-2.0)}
"""By a sign its variant and the share of its probability from which on the variant stands in a name (measured)."""


def allowed_signs(kind: FieldType) -> frozenset[str] | None:
    """Return the signs that a field of the type can hold; None for every sign of JIS X 0208 and the variants."""
    return _SIGNS.get(kind)


def is_writable(sign: str) -> bool:
    """Whether a name or address may hold the sign: JIS X 0208, ASCII, or a listed variant."""
    if sign in _ALL_VARIANTS:
        return True
    try:
        sign.encode("iso2022_jp")
    except UnicodeEncodeError:
        return False
    return True


def variants_of(text: str) -> list[str]:
    """Return other spellings of a name, one character changed at a time."""
    every = [(group, group.index(sign)) for group in _GROUPS for sign in text if sign in group]
    found = [text.replace(group[place], other, 1) for group, place in every for other in group if other != group[place]]
    return list(dict.fromkeys(found))


def require_policy(kind: FieldType, policy: Policy) -> None:
    """Raises Refused for a policy that a type never gets: names are never accepted unchecked."""
    if policy is Policy.AUTO and kind in NEVER_AUTO:
        raise Refused(
            f"{TYPE_LABELS[kind]}の欄は、確かめずに通せません。読み違いを、確からしさの値では見分けられないからです。"
        )


_GROUPS = tuple(common + others for common, others in VARIANTS.items())
_ALL_VARIANTS = frozenset("".join(VARIANTS.values()))
