"""Explanation sentences 理由の文: an explanation as staff say it at the telephone, with both sides of what decided.

It names other children and is for staff only; what a family is told is made elsewhere.
"""

from collections.abc import Mapping
from typing import Any

from todoke.admissions.instance import Instance

_PLAIN = {
    "forbidden": "個別の調整により、この施設には配置しません(除外の指示)。",
    "pinned": "個別の調整により、ほかの施設に決まっています(指定の指示)。",
    "not_offered": "この施設には、児童のクラスの募集枠がありません。",
    "family_order": "世帯の希望順では、この施設に入る組合せは、決まったものより下か、ありません。",
    "blocking": "この世帯も入れたはずの席です。きょうだいの組合せのために残ったもので、検算の報告に載せています。",
}


def staff_sentence(instance: Instance, record: Mapping[str, Any]) -> str:
    """Return what staff say about one explanation of a run of this instance."""
    code = record["code"]
    if code == "full":
        return _full(instance, record)
    if code != "sibling":
        return _PLAIN[code]
    where = f"「{record['sibling_facility']}」"
    if record["sibling"] == record["child"]:
        return f"きょうだいが同じ募集枠に入るには席が足りず、この児童の{where}の席がありません。"
    return f"きょうだいの「{record['sibling']}」の{where}の席がないため、世帯の希望する組合せになりません。"


def _full(instance: Instance, record: Mapping[str, Any]) -> str:
    decided = record["decided_by"]
    if decided == "no_vacancy":
        return "募集がありません。"
    mine, other = instance.child[record["child"]], instance.child[record["cutoff_child"]]
    last = f"最後の席の「{other['id']}」"
    if decided == "pin_or_enrolled":
        return f"{last}は、在園しているか、指定により決まっています。"
    if decided == "points":
        own, theirs = (_points(child, record["facility"]) for child in (mine, other))
        return f"点数で決まりました。この児童は{own}点、{last}は{theirs}点です。"
    if decided == "order":
        return f"同点で、最後の順番で決まりました。この児童は{mine['order']}番、{last}は{other['order']}番です。"
    level = int(decided.removeprefix("tie"))
    own, theirs = (child["tie"][level - 1] for child in (mine, other))
    return f"同点で、優先項目の{level}番目で決まりました。この児童は{own}、{last}は{theirs}です(小さい方が先)。"


def _points(child: Mapping[str, Any], facility: str) -> int:
    return int(child["points"] + (child.get("bonus") or {}).get(facility, 0))
