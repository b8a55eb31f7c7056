"""Rules of an instance 入力の規則: what must hold between its parts, before anything is computed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from todoke.admissions.instance import LARGEST_POINTS, MOST_CHILDREN, Fault, Instance
from todoke.admissions.instance_shape import named


def rule_faults(instance: Instance) -> list[Fault]:
    """Return every fault between the parts of a document of sound shape; seats are counted when all else holds."""
    faults = [
        *_doubled(instance),
        *_class_faults(instance),
        *_family_faults(instance),
        *_order_faults(instance),
        *_directive_faults(instance),
    ]
    return faults or list(_fallback_faults(instance))


def _listed(names: Iterable[str]) -> str:
    return "、".join(names) or "なし"


def _doubled(instance: Instance) -> Iterator[Fault]:
    for key, term in (("pools", "募集枠"), ("children", "児童"), ("families", "世帯")):
        seen: set[str] = set()
        for at, item in enumerate(instance.data[key]):
            if item["id"] in seen:
                yield Fault(f"{key}[{at}].id", f"{named(term, at, item)}と同じ番号の{term}が、前にもあります。")
            seen.add(item["id"])
    if len(instance.children) > MOST_CHILDREN:
        yield Fault("children", f"児童が{MOST_CHILDREN:,}人を超えています。選考を分けてください。")


def _class_faults(instance: Instance) -> Iterator[Fault]:
    classes, taken = set(instance.data["classes"]), dict[tuple[str, int], str]()
    for at, child in enumerate(instance.children):
        if child["class"] not in classes:
            yield Fault(
                f"children[{at}].class",
                f"{named('児童', at, child)}のクラス({child['class']})が、この選考のクラスにありません。",
            )
    for at, pool in enumerate(instance.data["pools"]):
        place, who = f"pools[{at}].classes", named("募集枠", at, pool)
        for each in pool["classes"]:
            if each not in classes:
                yield Fault(place, f"{who}のクラス({each})が、この選考のクラスにありません。")
            earlier = taken.setdefault((pool["facility"], each), pool["id"])
            if earlier != pool["id"] or pool["classes"].count(each) > 1:
                both = f"募集枠「{earlier}」と「{pool['id']}」で重なっています。"
                yield Fault(place, f"施設「{pool['facility']}」のクラス{each}が、{both}")


def _family_faults(instance: Instance) -> Iterator[Fault]:
    for at, family in enumerate(instance.families):
        partial = family["policy"]["partial"]
        if partial[:6] == "named:" and int(partial[6:]) >= len(family["children"]):
            who = named("世帯", at, family)
            yield Fault(f"families[{at}].policy", f"{who}の条件(partial)が、世帯にいない児童を指しています。")
    pairs = [(child, family["id"]) for family in instance.families for child in family["children"]]
    if len(pairs) != len(instance.children) or dict(pairs) != {
        each["id"]: each["family"] for each in instance.children
    }:
        yield from _membership_faults(instance)


def _membership_faults(instance: Instance) -> Iterator[Fault]:
    family_of = dict[str, str]()
    for at, family in enumerate(instance.families):
        who, place = named("世帯", at, family), f"families[{at}].children"
        for child in family["children"]:
            if child not in instance.child:
                yield Fault(place, f"{who}の児童({child})が、児童の並びにいません。")
            elif child in family_of:
                yield Fault(place, f"{who}の児童({child})が、世帯「{family_of[child]}」にも入っています。")
            family_of.setdefault(child, family["id"])
    for at, child in enumerate(instance.children):
        found, who, place = family_of.get(child["id"]), named("児童", at, child), f"children[{at}].family"
        if found is None:
            yield Fault(place, f"{who}が、どの世帯にも入っていません。")
        elif found != child["family"]:
            yield Fault(place, f"{who}の世帯が「{child['family']}」ですが、世帯「{found}」に入っています。")


def _order_faults(instance: Instance) -> Iterator[Fault]:
    children = instance.children
    lengths = Counter(len(child["tie"]) for child in children)
    usual = max(lengths, key=lambda length: (lengths[length], length), default=0)
    first = dict[int, str]()
    for at, child in enumerate(children):
        if len(child["tie"]) != usual:
            said = f"{len(child['tie'])}個です。ほかの児童は{usual}個です。"
            yield Fault(f"children[{at}].tie", f"{named('児童', at, child)}の同点のときの順位(tie)が{said}")
        earlier = first.setdefault(child["order"], child["id"])
        if earlier != child["id"]:
            yield Fault(
                f"children[{at}].order",
                f"{named('児童', at, child)}の最後の順番({child['order']})が、児童「{earlier}」と同じです。",
            )
        bonus = child.get("bonus")
        if bonus and any(abs(child["points"] + each) > LARGEST_POINTS for each in bonus.values()):
            yield Fault(f"children[{at}].bonus", f"{named('児童', at, child)}の点数と加点の和が大きすぎます。")


def _directive_faults(instance: Instance) -> Iterator[Fault]:
    pinned = dict[str, int]()
    for at, each in enumerate(instance.data["directives"]):
        child, facility, place = each["child"], each["facility"], f"directives[{at}]"
        who = f"{at + 1}番目の指示(児童「{child}」、施設「{facility}」)"
        if child not in instance.child:
            yield Fault(f"{place}.child", f"{who}の児童が、児童の並びにいません。")
        elif each["type"] == "pin":
            if child in pinned:
                yield Fault(f"{place}.child", f"{who}の児童は、{pinned[child] + 1}番目の指示でも指定されています。")
            pinned.setdefault(child, at)
            if (child, facility) in instance.forbidden:
                yield Fault(f"{place}.facility", f"{who}は、除外されている施設への指定です。")
            if (facility, instance.child[child]["class"]) not in instance.pool_of:
                yield Fault(f"{place}.facility", f"{who}の施設には、児童のクラスの募集枠がありません。")


def _fallback_faults(instance: Instance) -> Iterator[Fault]:
    """Yield a fault for each pool that the pins and those who keep their seat overfill."""
    pinned, enrolled = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    for child in instance.children:
        facility = instance.fallback(child)
        pool = None if facility is None else instance.pool_of.get((facility, child["class"]))
        if pool is not None:
            (pinned if child["id"] in instance.pins else enrolled)[pool].append(child["id"])
    for at, seats in enumerate(instance.capacities):
        if len(pinned[at]) + len(enrolled[at]) > seats:
            pool = instance.data["pools"][at]
            yield Fault(
                f"pools[{at}]",
                f"募集枠「{pool['id']}」の席は{seats}(募集{pool['capacity']}、在園{seats - pool['capacity']})ですが、"
                f"指定と在園の児童が{len(pinned[at]) + len(enrolled[at])}人います。指定: {_listed(pinned[at])}。"
                f"在園: {_listed(enrolled[at])}。席を増やすときは募集枠の数を直してください。",
            )
