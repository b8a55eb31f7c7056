"""Import notes 取込みの注記: what a BPMN file holds that the step table preserves but does not interpret."""

from collections import Counter

from todoke.flows.bpmn.tags import TODOKE_NS
from todoke.flows.step_table import NodeKind, StepTable, XmlAttributes


def import_notes(table: StepTable) -> tuple[str, ...]:
    """Return a sentence for each kind of content that is preserved but not interpreted."""
    notes = [f"{what}({count}件)は表にできないため、そのまま保存しました。" for what, count in _unmapped_counts(table)]
    scripts = sum("script" in text[:60].lower() for row in table.rows for text in row.inner)
    if scripts:
        notes.append(f"スクリプト {scripts} 件は文字として保存しました。実行はしません。")
    inside = sum(row.kind == NodeKind.SUBPROCESS and len(row.inner) > 0 for row in table.rows)
    if inside:
        notes.append(f"サブプロセス {inside} 件の中身は1行にまとめ、そのまま保存しました。")
    ours = f"{{{TODOKE_NS}}}"
    foreign = sum(key.startswith("{") and not key.startswith(ours) for key, _ in _attributes_of_parts(table))
    if foreign:
        notes.append(f"ほかのプログラムの属性 {foreign} 件はそのまま保存しました。")
    conditions = sum(len(link.inner) > 0 for link in table.links)
    if conditions:
        notes.append(f"条件式 {conditions} 件は文字として保存しました。割合は表に入れてください。")
    return tuple(notes)


def _attributes_of_parts(table: StepTable) -> XmlAttributes:
    of_rows = [pair for row in table.rows for pair in row.attributes]
    return (*of_rows, *(pair for link in table.links for pair in link.attributes))


def _unmapped_counts(table: StepTable) -> list[tuple[str, int]]:
    return Counter(kept.what for kept in table.kept).most_common()
