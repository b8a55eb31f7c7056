"""A section chief reads at the telephone why a child is not there, and what stands on both sides."""

from tests.admissions.markets import NAMES, example, small_market
from todoke.admissions.child_placement import place
from todoke.admissions.explanation_sentences import staff_sentence
from todoke.admissions.instance_reader import read_instance


def sentences(name: str) -> dict[tuple[str, str], str]:
    instance = read_instance(example(name))
    records = place(instance).explanations["explanations"]
    return {(each["child"], each["facility"]): staff_sentence(instance, each) for each in records}


def test_points_are_told_on_both_sides() -> None:
    said = sentences("pin_conflict")
    assert said["S", "あお"] == "点数で決まりました。この児童は70点、最後の席の「R」は80点です。"
    assert "除外" in said["Y", "あお"]


def test_the_seat_that_a_sibling_misses_is_named() -> None:
    said = sentences("siblings_swap")
    assert said["E1", "りんご"].startswith("きょうだいの「E2」の「ぶどう」の席がない")
    assert said["T2", "すもも"].startswith("きょうだいが同じ募集枠に入るには席が足りず")


def test_whoever_keeps_a_seat_is_said_to() -> None:
    assert "在園している" in sentences("transfer_chain")["N3", "うみ"]


def test_every_reason_has_a_sentence() -> None:
    assert all(said.endswith("。") for name in NAMES for said in sentences(name).values())
    ties = read_instance(small_market(3) | {"directives": []})
    record = {"child": "C00", "facility": "あか", "code": "full", "cutoff_child": "C10", "decided_by": "tie2"}
    assert "優先項目の2番目" in staff_sentence(ties, record)
    assert "最後の順番" in staff_sentence(ties, record | {"decided_by": "order"})
    assert staff_sentence(ties, record | {"decided_by": "no_vacancy"}) == "募集がありません。"
