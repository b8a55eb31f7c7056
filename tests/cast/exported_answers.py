"""The cast of exports: a form of three versions, and applications to each of them."""

import io
from dataclasses import replace
from typing import Any

import openpyxl
from django.core.files.storage import default_storage

from tests.cast import cases
from tests.cast.formbuilder import small
from todoke.accounts.actors import Guest, System
from todoke.accounts.models import User
from todoke.cases import intake
from todoke.cases.exports import answer_exports
from todoke.cases.exports.answer_exports import Wish
from todoke.cases.models import AnswerExport, Case
from todoke.formbuilder.models import FormDraft
from todoke.offers.models import LetterText, Release

NAME: dict[str, Any] = {"id": "name", "kind": "name", "label": "氏名"}
PHONE: dict[str, Any] = {"id": "phone", "kind": "phone", "label": "電話番号"}
PLAN: dict[str, Any] = {
    "id": "plan", "kind": "choice", "label": "利用のしかた",
    "options": [{"value": "day", "label": "平日"}, {"value": "all", "label": "毎日"}],
}  # fmt: skip
FAX: dict[str, Any] = {"id": "fax", "kind": "short_text", "label": "ファクス", "required": "no"}
YEN: dict[str, Any] = {"id": "yen", "kind": "money", "label": "年収", "required": "no"}
BORN: dict[str, Any] = {"id": "born", "kind": "date", "label": "生年月日", "required": "no"}
NOTE: dict[str, Any] = {"id": "note", "kind": "short_text", "label": "備考", "required": "no"}
PHOTO: dict[str, Any] = {"id": "photo", "kind": "file", "label": "写真", "required": "no"}
CHILD: dict[str, Any] = {"id": "child", "kind": "short_text", "label": "お子さんの名前", "required": "no"}
CHILDREN: dict[str, Any] = {
    "id": "children", "title": "お子さん", "repeat": {"noun": "お子さん", "least": 1, "most": 5}, "questions": [CHILD],
}  # fmt: skip
FIRST = [NAME, PHONE, FAX, PLAN]
SECOND = [NAME, PHONE, {**PLAN, "label": "利用の日"}, YEN, BORN]
THIRD = [NAME, {**PHONE, "label": "電話"}, {**PLAN, "label": "利用の日"}, YEN, BORN, NOTE, PHOTO]


def document(*questions: dict[str, Any], children: bool = False) -> dict[str, Any]:
    made = small(*questions)
    made["title"] = "学童クラブの申請"
    if children:
        made["pages"][0]["groups"].append(CHILDREN)
    return made


def club(version: int = 3) -> cases.Counter:
    """A section whose form has come to a version, each released after the other; the counter holds that one."""
    at = cases.counter()
    at.release = cases.release(at.section, code="club", serial=77, document=document(*FIRST))
    for _ in range(version - 1):
        newer(at)
    return at


def newer(at: cases.Counter) -> None:
    """Release the next version of the club's form."""
    following = {1: document(*SECOND), 2: document(*THIRD, children=True)}
    at.release = next_release(at.release, following[at.release.number], at.release.number + 1)


def next_release(first: Release, definition: dict[str, Any], number: int) -> Release:
    draft = FormDraft.objects.get(pk=first.form_version.draft_id)
    draft.edit(definition, by=System())
    letters: list[Any] = [LetterText(kind="grant", title="通知書", opening="認めます。", appeal="教示")]
    return Release.publish(
        first.offer, rows=letters, by=System(), form_version=draft.publish(by=System()), route=first.route,
        standard_days=5, delivery="この画面で受け取る", effective_at=cases.OPENED, notes=f"第{number}版",
    )  # fmt: skip


def applied(at: cases.Counter, **answers: Any) -> Case:
    """An application to the version of the club's form that is in force, received."""
    draft = intake.begin(at.release, by=Guest(), channel="web")
    given = {key: value for key, value in cases.FILLED.items() if key.startswith("name")}
    typed = {**given, "phone": "090-1234-5678", "plan": "day", **answers}
    files = typed.pop("files", None)
    problems = draft.submission.save_page("page", typed, by=Guest(), files=files)
    assert not [problem for problem in problems if not problem.warning], problems
    return intake.accept(draft.submission, by=Guest())


def exported(at: cases.Counter, wish: Wish | None = None, *, by: User | None = None, **changes: Any) -> AnswerExport:
    """An export of every case of the form, made."""
    every = Case.objects.order_by("received_at", "pk")
    wish = replace(wish or Wish(), **changes)
    return answer_exports.request_export(at.release.form_version.draft, every, wish, by=by or at.clerk)


def content(export: AnswerExport) -> bytes:
    with default_storage.open(export.path) as file:
        return bytes(file.read())


def sheets(export: AnswerExport) -> dict[str, list[list[Any]]]:
    """The sheets of an Excel export, as a spreadsheet program reads them."""
    book = openpyxl.load_workbook(io.BytesIO(content(export)))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def table(export: AnswerExport) -> list[dict[str, Any]]:
    """The rows of the main sheet by their heads."""
    heads, *rows = sheets(export)["回答"]
    return [dict(zip(heads, row, strict=True)) for row in rows]
