"""A file that cannot be trusted is refused whole: every fault is named with its place, and nothing is computed."""

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.admissions.markets import Document, example
from todoke.admissions.instance import InvalidInstance
from todoke.admissions.instance_reader import read_instance
from todoke.runtime.refusals import Unreadable

Change = Callable[[Document], Any]


def _second_pool(data: Document) -> None:
    data["pools"].append({"id": "あか-別", "facility": "あか", "classes": [0], "capacity": 1})


def _in_two_families(data: Document) -> None:
    data["families"][1]["children"].append("R")
    data["families"][1]["joint_prefs"] = [["あか", None]]


FAULTS: dict[str, tuple[Change, str, str]] = {
    "another format": (lambda data: data.update(format="x/1"), "format", "形式"),
    "an unknown key": (lambda data: data["children"][0].update(bonuss={"あか": 9}), "children[0].bonuss", "bonuss"),
    "points as text": (lambda data: data["children"][2].update(points="90"), "children[2].points", "3番目の児童(Q)"),
    "points as yes": (lambda data: data["children"][2].update(points=True), "children[2].points", "点数"),
    "endless points": (lambda data: data["children"][2].update(points=1 << 40), "children[2].points", "31ビット"),
    "half a point more": (lambda data: data["children"][2].update(bonus={"あか": 0.5}), "children[2].bonus", "加点"),
    "a lost wish list": (lambda data: data["children"][1].pop("prefs"), "children[1].prefs", "希望"),
    "another number of ties": (lambda data: data["children"][3].update(tie=[0, 1]), "children[3].tie", "2個です。ほか"),
    "one lottery number twice": (lambda data: data["children"][3].update(order=1), "children[3].order", "「P1」と同じ"),
    "an unknown class": (lambda data: data["children"][3].update({"class": 7}), "children[3].class", "クラス(7)"),
    "a child twice": (lambda data: data["children"][3].update(id="Q"), "children[3].id", "前にもあります"),
    "a child of two families": (_in_two_families, "families[2].children", "世帯「Q」にも入って"),
    "a child of no family": (lambda data: data["families"].pop(), "children[8].family", "どの世帯にも"),
    "an unknown child": (lambda data: data["families"][1].update(children=["?"]), "families[1].children", "(?)"),
    "a wish for too many": (
        lambda data: data["families"][1]["joint_prefs"].append(["あか", "あお"]), "families[1].joint_prefs", "1人",
    ),
    "a condition on nobody": (
        lambda data: data["families"][0]["policy"].update(partial="named:2"), "families[0].policy", "いない児童",
    ),
    "an unheard condition": (lambda data: data["families"][0]["policy"].update(same="?"), "families[0].policy", "条件"),
    "negative seats": (lambda data: data["pools"][0].update(capacity=-1), "pools[0].capacity", "0以上"),
    "a class in two pools": (_second_pool, "pools[5].classes", "「あか-0」と「あか-別」"),
    "two pins of a child": (
        lambda data: data["directives"].append(data["directives"][0]), "directives[2].child", "1番目の指示でも",
    ),
    "a pin where it is forbidden": (
        lambda data: data["directives"].append({**data["directives"][1], "type": "pin"}),
        "directives[2].facility", "除外されている",
    ),
    "a pin without its class": (
        lambda data: data["directives"][0].update(facility="きいろ"), "directives[0].facility", "募集枠がありません",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_named_with_its_place(fault: str) -> None:
    change, place, said = FAULTS[fault]
    data = example("pin_conflict")
    change(data)
    with pytest.raises(InvalidInstance) as refused:
        read_instance(json.dumps(data).encode())
    found = {one.place: one.said for one in refused.value.faults}
    assert place in found
    assert said in found[place]


def test_all_faults_are_said_at_once() -> None:
    data = example("pin_conflict")
    data["children"][0]["points"] = None
    data["pools"][0]["capacity"] = -3
    data["families"][2]["joint_prefs"] = [[7]]
    with pytest.raises(InvalidInstance) as refused:
        read_instance(data)
    assert [one.place for one in refused.value.faults] == [
        "pools[0].capacity", "children[0].points", "families[2].joint_prefs",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "1行目"),
        (b"{", "JSON"),
        ('{"名": 1}'.encode("shift_jis"), "UTF-8"),
        (b"[" * 100_000, "JSON"),
        (b"1" * 6000, "JSON"),
        (b'{"name": "\\ud800"}', "文字にならない"),
        (b"[]", "組になっていません"),
        (gzip.compress(b"{}" * 500, mtime=0)[:-9], "圧縮"),
    ],
)
def test_what_is_no_document_is_told_in_a_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_instance(raw)


def test_a_packed_file_and_a_marked_one_are_the_same_round() -> None:
    raw = json.dumps(example("siblings_swap")).encode()
    assert read_instance(gzip.compress(raw)).sha256 == read_instance(raw).sha256
    assert read_instance(b"\xef\xbb\xbf" + raw).data == read_instance(raw).data
