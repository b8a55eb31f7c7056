"""Records of the demo ward: the classification table, and three files whose retention has ended (架空)."""

from dataclasses import replace
from datetime import date

from todoke.accounts.actors import System
from todoke.approvals.approval_rules import DECIDE, ApprovalRules, DecisionClassRule, StopRule
from todoke.approvals.models import Route
from todoke.approvals.models.procurement import SYSTEM
from todoke.cases.records.record_disposal import MATTER
from todoke.demo.people import person
from todoke.organization.models import Department, Post
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
    ("2015-900001-A", date(2015, 5, 11), "交付"),
    ("2016-900002-B", date(2016, 3, 31), "交付"),
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
    _disposal_route()
    for number, closed_on, outcome in OLD:
        RecordFile.file_matter(
            number=number,
            title="住民票の写しの請求(架空)",
            kind="住民票の写しの請求",
            outcome=outcome,
            classification=ClassificationTable.on(closed_on).line_for(CASES),
            department=Department.objects.get(name="戸籍住民課"),
            closed_on=closed_on,
            documents=[
                FiledDocument(
                    "申請書",
                    "申請者: 架空 太郎\n住所: みらい区架空町1-2-3\n生年月日: 昭和50年1月1日\n電話: 03-0000-0000",
                ),
                FiledDocument("決定", f"{outcome}\n住民基本台帳と照合した。"),
            ],
            by=System(),
        )


def _disposal_route() -> None:
    """Publish the route for disposal (見本): the chief of the section decides."""
    route = Route.objects.create(code="disposal", name=MATTER)
    chief = DecisionClassRule([StopRule(1, DECIDE, Post.Role.CHIEF)], basis="みらい区文書管理規程 第20条(見本)")
    rules = ApprovalRules([chief, replace(chief, kind=MATTER)])
    route.publish(rules, starts_on=date(2026, 4, 1), basis=BASIS, by=System())
