"""FAQ import 問答の取込: the rows of a sheet become drafts; residents see what a second person has published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.guidance.faqs.faq_table import FaqDefect, FaqRow, FaqTable, question_key
from todoke.guidance.faqs.memory_index import FaqText
from todoke.guidance.models import Faq, FaqDraft, FaqVersion
from todoke.guidance.permissions import WRITE_FAQS
from todoke.organization.models import Department


@dataclass(frozen=True)
class FaqImport:
    """問答の取込の結果: how many became drafts, how many the office has already, and what was not taken."""

    taken: int
    known: int
    defects: Sequence[FaqDefect]
    hints: Sequence[str]


@transaction.atomic
def import_faqs(table: FaqTable, *, department: Department, review_on: date, by: User) -> FaqImport:
    """Draft the rows; ``department`` and ``review_on`` hold where a row names none. Raises NotAllowed.

    A question that the office has already is passed over, so that a corrected sheet can be taken in again.
    """
    sections, known = list(Department.objects.all()), _known_questions()
    defects, taken, passed = list(table.defects), 0, 0
    for row in table.rows:
        owner = _owner(row, sections) if row.department else department
        if question_key(row.question) in known:
            passed += 1
        elif owner is None:
            said = f"担当部署「{row.department[:30]}」がありません。部署の一覧にある名前で書いてください。"
            defects.append(FaqDefect(row.line, row.question[:60], said))
        elif not WRITE_FAQS.held_by(by, owner):
            said = f"{owner.name}の問答は、あなたの役割では書けません。{owner.name}の人に渡してください。"
            defects.append(FaqDefect(row.line, row.question[:60], said))
        else:
            text = FaqText(row.question, row.answer, row.wordings)
            Faq.begin(text, department=owner, review_on=row.review_on or review_on, by=by)
            taken += 1
    done = FaqImport(taken, passed, sorted(defects, key=lambda each: each.line), table.hints)
    after = {"案": taken, "すでにある質問": passed, "取り込まなかった行": len(defects)}
    record(department, "問答の表の取込", by=by, after=after)
    return done


def _known_questions() -> set[str]:
    """Return the questions of the drafts and of the current versions of answers in use."""
    drafts = FaqDraft.objects.filter(faq__retired_at=None).values_list("question", flat=True)
    versions = FaqVersion.objects.filter(faq__retired_at=None).order_by("faq", "number").values_list("faq", "question")
    return {question_key(question) for question in [*drafts, *dict(versions).values()]}


def _owner(row: FaqRow, sections: Sequence[Department]) -> Department | None:
    """Return the section whose code or name a cell is, else the longest name in it: 市民部 戸籍住民課(内線123)."""
    written = "".join(row.department.split())
    exact = next((each for each in sections if written in (each.code, "".join(each.name.split()))), None)
    inside = [each for each in sections if "".join(each.name.split()) in written]
    return exact or max(inside, key=lambda each: len(each.name), default=None)
