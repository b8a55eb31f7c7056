"""Shape of an instance 入力の形: every key, its type and its range; a fault for each that is otherwise."""

import re
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from operator import itemgetter
from typing import Any, NamedTuple

from todoke.admissions.instance import FORMAT, LARGEST_POINTS, Fault

_NOTHING = object()


class Column(NamedTuple):
    """項目: a key of the items of a list, its Japanese name, and what all values under it must be, judged at once.

    ``of`` are the types that a value may have, ``within`` the types inside it; ``all_fit`` says what more is asked.
    """

    words: str
    wanted: str
    of: frozenset[type]
    within: frozenset[type] | None = None
    all_fit: Callable[[list[Any]], bool] | None = None
    optional: bool = False

    def are_sound(self, values: list[Any]) -> bool:
        """Return whether every one of the values is sound."""
        if self.optional:
            values = [value for value in values if value is not _NOTHING]
        if not set(map(type, values)) <= self.of:
            return False
        if self.within is not None:
            inside = [each.values() for each in values] if self.of == _DICT else values
            if not set(map(type, chain.from_iterable(inside))) <= self.within:
                return False
        return self.all_fit is None or self.all_fit(values)


def is_text(value: Any) -> bool:
    return type(value) is str and value != ""


def _are_points(values: list[int]) -> bool:
    return min(values, default=0) >= -LARGEST_POINTS and max(values, default=0) <= LARGEST_POINTS


def _are_policies(values: list[dict[str, Any]]) -> bool:
    try:
        sames, partials = (set(map(itemgetter(key), values)) for key in ("same", "partial"))
    except (KeyError, TypeError):
        return False
    if not set(map(len, values)) <= {2} or not sames <= {"required", "preferred", "rank"}:
        return False
    return all(type(each) is str and _PARTIAL.fullmatch(each) for each in partials)


_PARTIAL = re.compile(r"any|none|named:[0-9]{1,4}")
_TEXT, _INTEGER, _LIST, _DICT = frozenset({str}), frozenset({int}), frozenset({list}), frozenset({dict})
_TEXT_OR_NULL: frozenset[type] = frozenset({str, type(None)})
CHILD = {
    "id": Column("番号", "文字列", _TEXT),
    "family": Column("世帯", "文字列", _TEXT),
    "class": Column("クラス", "整数", _INTEGER),
    "points": Column("点数", "整数(31ビットまで)", _INTEGER, all_fit=_are_points),
    "tie": Column("同点のときの順位", "整数の並び", _LIST, _INTEGER),
    "order": Column("最後の順番", "整数", _INTEGER),
    "bonus": Column(
        "施設ごとの加点", "施設と整数(31ビットまで)の組", _DICT, _INTEGER,
        lambda values: _are_points([each for value in values for each in value.values()]), optional=True,
    ),
    "current": Column("在園の施設", "施設か null", _TEXT_OR_NULL),
    "prefs": Column("希望", "施設の並び", _LIST, _TEXT),
}  # fmt: skip
POOL = {
    "id": Column("番号", "空でない文字列", _TEXT, all_fit=all),
    "facility": Column("施設", "空でない文字列", _TEXT, all_fit=all),
    "classes": Column("クラス", "整数の並び(1つ以上)", _LIST, _INTEGER, all),
    "capacity": Column(
        "募集数", "0以上の整数", _INTEGER, all_fit=lambda each: min(each, default=0) >= 0 and _are_points(each)
    ),
}
FAMILY = {
    "id": Column("番号", "文字列", _TEXT),
    "children": Column("児童", "児童の番号の並び(1人以上)", _LIST, _TEXT, all),
    "policy": Column(
        "きょうだいの条件", "same(required、preferred、rank)と partial(any、none、named:番号)の組", _DICT,
        all_fit=_are_policies,
    ),
    "joint_prefs": Column("世帯の希望順", "並び", _LIST, _LIST),
}  # fmt: skip
DIRECTIVE = {
    "type": Column("種類", "pin か forbid", _TEXT, all_fit=lambda values: set(values) <= {"pin", "forbid"}),
    "child": Column("児童", "文字列", _TEXT),
    "facility": Column("施設", "文字列", _TEXT),
    "reason": Column("理由", "文字列", _TEXT),
}
_CLASSES = POOL["classes"]
LISTS = (
    ("pools", "募集枠", POOL),
    ("children", "児童", CHILD),
    ("families", "世帯", FAMILY),
    ("directives", "指示", DIRECTIVE),
)
_TOP = {"format", "name", "classes", "earlier", "rule_version", *(key for key, _, _ in LISTS)}


def named(term: str, at: int, item: Any) -> str:
    """Return what staff call an item: its place in the list and its number, 「4番目の児童(C0004)」."""
    number = item.get("id") if isinstance(item, dict) else None
    return f"{at + 1}番目の{term}({number})" if is_text(number) else f"{at + 1}番目の{term}"


def shape_faults(data: Any) -> Iterator[Fault]:
    """Yield every fault of shape; a document without one can be read by key without a test."""
    if type(data) is not dict:
        yield Fault("", "入力の全体が、キーと値の組になっていません。")
        return
    if data.get("format") != FORMAT:
        yield Fault("format", f"形式(format)が {FORMAT} ではありません。この形式で書き出したファイルを渡してください。")
        return
    yield from _top_faults(data)
    for key, term, shape in LISTS:
        if type(data.get(key)) is not list:
            yield Fault(key, f"{term}の並び({key})がありません。")
            continue
        faults = list(_item_faults(key, term, shape, data[key]))
        if key == "families" and not faults and not _outcomes_are_sound(data[key]):
            faults = list(_outcome_faults(data[key]))
        yield from faults


def _item_faults(key: str, term: str, shape: dict[str, Column], items: list[Any]) -> Iterator[Fault]:
    if not set(map(type, items)) <= {dict}:
        for at, item in enumerate(items):
            if type(item) is not dict:
                yield Fault(f"{key}[{at}]", f"{at + 1}番目の{term}が、キーと値の組になっていません。")
        return
    for at, item in enumerate(items if not set(chain.from_iterable(items)) <= shape.keys() else ()):
        if not item.keys() <= shape.keys():
            yield from _unknown(f"{key}[{at}]", named(term, at, item), item.keys() - shape.keys())
    for part, column in shape.items():
        values = [item.get(part, _NOTHING) for item in items]
        if not column.are_sound(values):
            for at, value in enumerate(values):
                if not column.are_sound([value]):
                    said = f"{named(term, at, items[at])}の{column.words}({part})が{column.wanted}ではありません。"
                    yield Fault(f"{key}[{at}].{part}", said)


def _top_faults(data: dict[str, Any]) -> Iterator[Fault]:
    yield from _unknown("", "入力", data.keys() - _TOP)
    if not is_text(data.get("name")):
        yield Fault("name", "入力の名前(name)が空でない文字列ではありません。")
    classes: Any = data.get("classes")
    if not _CLASSES.are_sound([classes]) or len(set(classes)) < len(classes):
        yield Fault("classes", "クラス(classes)が、重なりのない整数の並びではありません。")
    if type(data.get("rule_version")) not in _TEXT_OR_NULL:
        yield Fault("rule_version", "基準の版(rule_version)が文字列ではありません。")
    earlier = data.get("earlier")
    if earlier is not None and not (
        type(earlier) is dict
        and earlier.keys() == {"instance", "sha256", "seats_back"}
        and is_text(earlier["instance"])
        and is_text(earlier["sha256"])
        and type(earlier["seats_back"]) is bool
    ):
        yield Fault("earlier", "前の選考(earlier)に instance、sha256、seats_back がそろっていません。")


def _unknown(place: str, who: str, keys: set[Any]) -> Iterator[Fault]:
    for key in sorted(map(str, keys)):
        yield Fault(f"{place}.{key}".lstrip("."), f"{who}に知らない項目({key})があります。綴りを確かめてください。")


def _outcomes_are_sound(families: list[dict[str, Any]]) -> bool:
    """Return whether every joint wish names a facility or null for each child; judged over all of them at once."""
    wishes = [family["joint_prefs"] for family in families]
    expected = chain.from_iterable(repeat(len(family["children"]), len(family["joint_prefs"])) for family in families)
    return list(map(len, chain.from_iterable(wishes))) == list(expected) and (
        set(map(type, chain.from_iterable(chain.from_iterable(wishes)))) <= _TEXT_OR_NULL
    )


def _outcome_faults(families: list[dict[str, Any]]) -> Iterator[Fault]:
    for at, family in enumerate(families):
        wishes, number = family["joint_prefs"], len(family["children"])
        if not set(map(len, wishes)) <= {number}:
            said = f"児童の人数({number}人)と合わない行があります。"
        elif not set(map(type, chain.from_iterable(wishes))) <= _TEXT_OR_NULL:
            said = "施設でも null でもないものがあります。"
        else:
            continue
        who = named("世帯", at, family)
        yield Fault(f"families[{at}].joint_prefs", f"{who}の世帯の希望順(joint_prefs)に、{said}")
