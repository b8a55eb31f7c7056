"""A file leaves by one door, which asks whoever takes it; what is handed out unasked is named with a reason."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.urls import URLPattern, get_resolver

from todoke.board.list_names import LISTS as BOARD_LISTS
from todoke.lists.columns import Column
from todoke.office.list_names import LISTS as OFFICE_LISTS
from todoke.studio.list_names import LISTS as STUDIO_LISTS
from todoke.web.read_only import WRITES_NOTHING

HOUSE = Path(__file__).resolve().parents[2] / "src" / "todoke"
FACES, DOOR = {"api", "board", "lists", "office", "portal", "studio", "web"}, "web/downloads.py"
PROBLEMS = "api/problem_details.py"
"""Answers refusals to programs under their own media type; no file."""
SIGNS = re.compile(
    r"FileResponse\(|StreamingHttpResponse\(|Content-Disposition|as_attachment|content_type=|\['?\"?Content-Type"
)
"""How an answer becomes a file."""
UNASKED = {
    "board/views/contacts.py": "the public figures of answers at the first contact, few people suppressed",
    "board/evidence/views/datasets.py": "a file that is to be published, to those who keep it",
    "office/inventory/views/reviews.py": "reports on procedures",
    "office/organization/views/staff_register.py": "the empty table of staff, with invented examples",
    "office/voices/views/opinion_tables.py": "the empty table of opinions",
    "portal/site/views/open_data.py": "published data",
    "portal/bookings/views/bookings.py": "a time for a calendar, which names nobody",
    "portal/bookings/views/lotteries.py": "the published file of a draw, without names",
    "portal/views/procedures.py": "the blank form of a service",
    "portal/voices/views/consultations.py": "published opinions, masked by one person and checked by another",
    "portal/voices/views/ideas.py": "photographs that somebody looked at before they were shown",
    "studio/views/flows.py": "flows of work",
    "studio/views/forms.py": "forms, without answers",
    "studio/views/offers.py": "letters of a sample case",
    "studio/scans/views/scan_template_drafts.py": "blank forms, without answers",
    "studio/views/surveys.py": "photographs of places, taken by staff",
}
"""Modules that hand out what tells of nobody, and what it is."""
TABLES = {
    "office/answers/views/answers.py": "how often each choice was answered, small numbers withheld",
    "board/views/priorities.py": "procedures by their rank",
    "board/views/systems.py": "evaluations of systems by departments",
    "office/attendance/views/closes.py": "what attendance leaves to other systems",
    "office/inventory/views/imports.py": "defects of an inventory file",
    "office/inventory/views/reviews.py": "ordinances to amend",
    "office/inventory/views/rounds.py": "how far each department has come with a round",
    "studio/views/calculations.py": "how often one act follows another, of no fewer cases than may be told",
}
"""Modules that write a table of their own, which no list asks for, and what it is."""
OF_A_PERSON = re.compile(r"^applicant_|^email$|^user$")
OF_STAFF = ("timesheets", "clock-corrections", "overtime-orders", "leave-days", "telework-days")
TELLS_NO_NAME = {
    ("reconfirmation", "contact"): "only whether there is an address",
    **{("staff", key): "colleagues, in the office's own register" for key in ("name", "kana", "email", "account")},
    **{(name, "person"): "colleagues, seen by themselves, their chief and personnel" for name in OF_STAFF},
}


def sources() -> dict[str, str]:
    found = {path.relative_to(HOUSE).as_posix(): path.read_text() for path in HOUSE.rglob("*.py")}
    return {name: text for name, text in found.items() if not name.startswith("proving/")}


def naming(pattern: str) -> set[str]:
    return {name for name, text in sources().items() if re.search(pattern, text) and name != DOOR}


def test_no_view_opens_a_door_of_its_own() -> None:
    found = {name for name, text in sources().items() if name.split("/")[0] in FACES and SIGNS.search(text)}
    assert found == {DOOR, PROBLEMS}


def test_what_is_handed_out_unasked_is_named() -> None:
    assert naming(r"\bwithout_persons\(") == set(UNASKED)
    assert naming(r"\btable_response\(") - {"lists/csv_xlsx_export.py"} == set(TABLES)


MADE_PER_FORM = {"answers"}
"""Lists whose columns are the questions of a form: each of their rows is of a person."""


def test_a_column_that_tells_of_a_person_says_so_and_its_list_can_count_them() -> None:
    for each in (BOARD_LISTS | OFFICE_LISTS | STUDIO_LISTS).values():
        columns = each.columns if isinstance(each.columns, tuple) else ()
        told = [column for column in columns if column.personal]
        assert bool(told) == bool(each.person) or each.name in MADE_PER_FORM, each.name
        silent = {(each.name, column.key) for column in columns if _reads_a_person(column) and not column.personal}
        assert not each.exportable or silent <= set(TELLS_NO_NAME), each.name


def test_a_list_of_persons_can_be_given_a_reason() -> None:
    assert get_resolver().url_patterns, "the program's addresses are read, and their converters with them"
    for each in OFFICE_LISTS.values():
        face, _, name = (each.export_url or each.url).partition(":")
        views = {pattern.name: pattern.callback for pattern in _patterns(import_module(f"todoke.{face}.urls"))}
        assert not each.person or not each.exportable or getattr(views[name], WRITES_NOTHING, False), each.name


def _patterns(urls: Any) -> Iterator[URLPattern]:
    for pattern in urls.urlpatterns if hasattr(urls, "urlpatterns") else urls:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from _patterns(pattern.url_patterns)


def _reads_a_person(column: Column) -> bool:
    """Whether the value of a column is read from a field about a resident."""
    return any(OF_A_PERSON.search(name) for name in column.value.__code__.co_names)
