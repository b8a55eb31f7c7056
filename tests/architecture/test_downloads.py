"""A file about a person leaves by one door, which asks whoever takes it; other doors are named with a reason."""

from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2] / "src" / "todoke"
DOORS = {
    "web/downloads.py": "the door",
    "lists/csv_xlsx_export.py": "lists ask their rows of the database while they are written, and record it",
    "board/views/meetings.py": "papers of meetings, for all staff",
    "studio/views/flows.py": "flows of work",
    "studio/views/forms.py": "forms",
    "studio/views/surveys.py": "photographs of places",
    "office/inventory/review_pages.py": "reports on procedures",
    "office/inventory/views/rounds.py": "workbooks of procedures",
    "office/money/views/payments.py": "figures of a day, for the treasurer, asked at each press",
    "office/approvals/views/proposals.py": "the decision, found among those visible at each press",
    "portal/views/files.py": "a file behind its own link, asked at each press whether it is open",
    "portal/views/payments.py": "slips and receipts of the payer, behind the link of the charge",
}
"""Modules that make an answer with a file, and what of."""
SIGNS = ("FileResponse(", '"Content-Disposition"')


def modules_with_files() -> set[str]:
    """Return the modules outside the proofs that make an answer with a file."""
    found = {path.relative_to(HOUSE).as_posix(): path.read_text() for path in HOUSE.rglob("*.py")}
    return {name for name, text in found.items() if any(sign in text for sign in SIGNS) and "proving" not in name}


def test_no_view_opens_a_door_of_its_own() -> None:
    assert modules_with_files() == set(DOORS)
