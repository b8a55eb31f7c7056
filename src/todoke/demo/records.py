"""Records of the demo ward: the table of classifications, and a few old files whose time is over (架空)."""

from datetime import date

from todoke.accounts.actors import System
from todoke.cases.filing import classification
from todoke.organization.models import Department
from todoke.records.models import Classification, RecordFile
from todoke.records.models.file import Leaf

TABLE = [
    ("JOREI", "条例・規則の制定", 0, "calendar"),
    ("KEIYAKU", "契約", 10, "fiscal"),
    ("KAIKEI", "会計の証拠書類", 5, "fiscal"),
    ("SHOKAI", "照会・回答", 1, "fiscal"),
    ("TOCHI", "土地・建物の記録", 30, "calendar"),
]
OLD = [
    ("2015-900001-A", date(2015, 5, 11), "認容"),
    ("2016-900002-B", date(2016, 3, 31), "認容"),
    ("2019-900003-C", date(2019, 5, 1), "却下"),
]


def build() -> None:
    """Write the table down and file three old matters of the hygiene section."""
    for code, name, years, rule in TABLE:
        Classification.objects.create(code=code, name=name, years=years, start_rule=rule, basis="文書管理規程(見本)")
    for number, closed_on, outcome in OLD:
        RecordFile.file_away(
            number=number,
            title="犬の登録申請(架空)",
            kind="犬の登録申請",
            outcome=outcome,
            classification=classification(),
            department=Department.objects.get(name="戸籍住民課"),
            closed_on=closed_on,
            leaves=[
                Leaf("申請書", "申請者: 架空 太郎\n住所: みらい区架空町1-2-3\n犬の名前: ポチ\n電話: 03-0000-0000"),
                Leaf("決定", f"{outcome}\n登録原簿と照合した。"),
            ],
            by=System(),
        )
