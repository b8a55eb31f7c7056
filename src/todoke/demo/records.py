"""Records of the demo ward: the classification table, and three files whose retention has ended (架空)."""

from datetime import date

from todoke.accounts.actors import System
from todoke.approvals.models.procurement import SYSTEM
from todoke.demo.people import person
from todoke.organization.models import Department
from todoke.records.classification_table import CASES, INITIAL, ClassificationLine
from todoke.records.models import ClassificationDraft, ClassificationTable, RecordFile
from todoke.records.models.file import FiledDocument

BASIS = "文書管理規程(見本)"
TABLE = [
    ClassificationLine("A", "総務", 5, basis=BASIS),
    ClassificationLine("JOREI", "条例・規則の制定", 0, "calendar", "A", basis=BASIS),
    ClassificationLine("SHOKAI", "照会・回答", 1, parent="A", basis=BASIS),
    ClassificationLine("K", "契約・会計", 10, basis=BASIS),
    ClassificationLine("KEIYAKU", "契約", 10, parent="K", matter=SYSTEM, basis=BASIS),
    ClassificationLine("KAIKEI", "会計の証拠書類", 5, parent="K", basis=BASIS),
    ClassificationLine("T", "土地・建物", 30, "calendar", basis=BASIS),
    ClassificationLine("TOCHI", "土地・建物の記録", 30, "calendar", "T", basis=BASIS),
    *INITIAL,
]
OLD = [
    ("2015-900001-A", date(2015, 5, 11), "認容"),
    ("2016-900002-B", date(2016, 3, 31), "認容"),
    ("2019-900003-C", date(2019, 5, 1), "却下"),
]


def build() -> None:
    """Publish a table, draft the next one, and file three old documents of the hygiene section."""
    ClassificationTable.publish(TABLE, starts_on=date(2025, 4, 1), basis=BASIS, by=System())
    draft = ClassificationDraft.begin(by=person("records"))
    draft.put(
        ClassificationLine("SHOKAI", "照会・回答", 3, parent="A", basis="改正案(見本)"),
        instead_of="SHOKAI",
        seen=draft.revision,
        by=person("records"),
    )
    for number, closed_on, outcome in OLD:
        RecordFile.file_matter(
            number=number,
            title="犬の登録申請(架空)",
            kind="犬の登録申請",
            outcome=outcome,
            classification=ClassificationTable.on(closed_on).line_for(CASES),
            department=Department.objects.get(name="戸籍住民課"),
            closed_on=closed_on,
            documents=[
                FiledDocument(
                    "申請書", "申請者: 架空 太郎\n住所: みらい区架空町1-2-3\n犬の名前: ポチ\n電話: 03-0000-0000"
                ),
                FiledDocument("決定", f"{outcome}\n登録原簿と照合した。"),
            ],
            by=System(),
        )
