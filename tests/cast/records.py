"""The cast of the records: a classification and files closed long ago."""

from datetime import date
from typing import Any

from tests import cast
from todoke.accounts.actors import System
from todoke.records.models import Classification, ClassificationTable, RecordFile
from todoke.records.models.file import FiledDocument

SECRET = "山田花子(極秘)"
TEXT = f"申請者 {SECRET} は、犬を登録した。\n電話 03-1234-5678\n{SECRET} に通知した。"


def classification(years: int = 5, start_rule: str = "fiscal") -> Classification:
    code, table = f"A-{years}-{start_rule}", ClassificationTable.first()
    found = table.lines.filter(code=code).first()
    return found or Classification.objects.create(
        table=table, code=code, name="届出", years=years, start_rule=start_rule
    )


def file(number: str = "2015-000001-C", closed_on: date = date(2015, 5, 1), **details: Any) -> RecordFile:
    facts: dict[str, Any] = {
        "title": f"{SECRET}の申請",
        "kind": "犬の登録申請",
        "outcome": "認容",
        "classification": classification(),
        "department": cast.department(),
        "documents": [FiledDocument("申請書", TEXT), FiledDocument("決定通知", f"{SECRET} 様")],
        "by": System(),
    }
    return RecordFile.file_matter(number=number, closed_on=closed_on, **facts | details)
