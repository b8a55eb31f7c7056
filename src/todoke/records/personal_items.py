"""Personal items 個人に関する言葉: what in a filed document tells of a person, to be withheld together."""

import re
from typing import NamedTuple

_LABELS = re.compile("氏名|名前|申請者|フリガナ|読み|生年月日|生まれた日|電話|携帯|メール|住所|本籍|口座|勤め先|勤務先")
_LINE = re.compile(r"^(?P<label>[^:\n]{1,80}): (?P<value>\S[^\n]*)$", re.MULTILINE)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<!\d)0\d{1,4}-\d{1,4}-\d{3,4}(?!\d)|(?<!\d)0\d{9,10}(?!\d)")
_READING = re.compile(r"(?P<name>[^()（）]{1,80}?)\s?[(（](?P<reading>[^()（）]{1,80})[)）]")


class PersonalItem(NamedTuple):
    """言葉: what a document says under a label."""

    label: str
    words: str


def personal_items(text: str) -> list[PersonalItem]:
    """Return what a document says of persons: values under such labels, mail addresses and telephone numbers.

    A name with its reading in brackets is two items, because the name may stand alone elsewhere.
    """
    found: dict[str, str] = {}
    for line in _LINE.finditer(text):
        if _LABELS.search(line["label"]):
            for words in _parts(line["value"].strip()):
                found.setdefault(words, line["label"])
    for label, pattern in (("メールアドレス", _MAIL), ("電話番号", _PHONE)):
        for each in pattern.finditer(text):
            found.setdefault(each.group(), label)
    return [PersonalItem(label, words) for words, label in found.items()]


def _parts(value: str) -> tuple[str, ...]:
    named = _READING.fullmatch(value)
    return (named["name"].strip(), named["reading"].strip()) if named else (value,)
