"""Signed subjects 確かめて進めたもの: what each accepted point of the checks is about, in words and without a name."""

from todoke.admissions.models import OpenPointSignature, SelectionRound

KINDS = {
    "seats_changed": "前年や定員と違う募集人数",
    "class_without_pool": "募集枠のないクラス",
    "no_wish_offered": "希望する施設に募集のない児童",
    "answers_changed": "取り込んだあとで変わった申込み",
    "twice": "同じ氏名と生年月日の児童",
    "placed_earlier": "先に行った選考で内定した児童",
    "wishes": "希望のない児童",
    "row": "あてはまる人数を確かめた基準の行",
    "recount": "手計算しなかった児童",
    "tie": "入っていない、同点のときの順",
    "pin_separates": "指定で分かれるきょうだい(世帯)",
    "replay": "前年の結果の再現",
}


class SignedSubjects:
    """確かめて進めたものの言葉: the rows of the rules and the pools of a round, for the words of its signatures."""

    def __init__(self, of: SelectionRound) -> None:
        rules = of.rule_version.rules
        ties = {tie.id: tie.label for tie in rules.ties}
        pools = {str(pool.pk): str(pool) for pool in of.pools.select_related("facility")}
        classes = {str(number): of.scheme.class_name(number) for number in of.scheme.classes}
        self._keys = {
            "row": rules.row_labels(), "tie": ties, "seats_changed": pools, "class_without_pool": classes,
            "replay": {"none": "前年の選考の登録がない", "missing": "まだ再現していない"},
        }  # fmt: skip

    def words(self, signature: OpenPointSignature) -> str:
        """Return what a signature is about: 手計算しなかった児童: 0012."""
        key = self._keys.get(signature.kind, {}).get(signature.key, signature.key)
        return f"{KINDS.get(signature.kind, '点検の指摘')}: {key}"
