"""Every file that somebody brings is read in the bounded process; nobody calls a reader of such files directly."""

import ast
from collections.abc import Iterator
from pathlib import Path

import todoke
from tests.architecture.imports import modules_of, tree_of
from tests.cast.hostile_files import HOSTILE, ORDINARY

SRC = Path(todoke.__file__).parent
PARSERS = {
    "lxml",
    "pypdf",
    "docx",
    "python_calamine",
    "zipfile",
    "gzip",
    "lzma",
    "bz2",
    "tarfile",
    "openpyxl",
    "PIL",
}
READERS = {
    "flows/bpmn/bpmn_reader.py": "BPMN",
    "flows/bpmn/safe_xml.py": "BPMN",
    "flows/bpmn/references.py": "ids and references within the BPMN reader",
    "flows/mining/xes.py": "XES",
    "flows/step_workbook.py": "the size of a workbook of steps",
    "formbuilder/paper_import/grid.py": "a paper form",
    "formbuilder/paper_import/sheet_parts.py": "frames, lists, shapes and controls of a paper form in Excel",
    "text_extraction/word_parts.py": "a document of Word: minutes, a paper form",
    "text_extraction/pdf_text.py": "a PDF of minutes",
    "spreadsheets/workbook.py": "a workbook, for the reader of tables",
    "spreadsheets/shown_cells.py": "what cells of a workbook show, for the reader of tables",
    "spreadsheets/table.py": "a statement, counts, figures",
    "file_validation/zip_safety.py": "an archive, within the bounded reader of workbooks",
    "admissions/instance_reader.py": "a packed instance, whose size is bounded while it is unpacked",
    "file_validation/office_documents.py": "a document of Word or Excel, within the checks of uploads",
    "integrations/handover/parcel_file.py": "a parcel of another installation, unpacked once its signature holds",
    "installation/offline_bundle.py": "writes the bundle of our own files; nothing is unpacked",
}
WRITERS = {
    "flows/bpmn/bpmn_writer.py": "writes BPMN of our own",
    "flows/bpmn/shapes.py": "reads and writes shapes within the BPMN reader and writer",
    "admissions/audit_bundle.py": "writes the bundle for an auditor, and reads one of our own",
    "admissions/selection/letter_sheets.py": "joins letters of our own into one PDF",
    "cases/exports/paper_archive.py": "packs papers of cases for staff",
    "cases/exports/table_files.py": "packs tables of our own",
    "spreadsheets/streamed_workbook.py": "writes workbooks of our own",
    "cases/letters/batches.py": "joins letters of our own",
    "proving/synthetic_users/leak_detector.py": "reads letters of our own in a proof",
    "lazy_modules.py": "names libraries, opens nothing",
    "proving/rights/judge.py": "unpacks what an installation of a proof gave out",
}
ENTRANCES = {
    "read_minutes", "extract_bytes", "import_flow", "read_bpmn", "read_workbook", "discover_file", "read_log",
    "read_xes", "read_log_file", "read_findings", "read_grids", "read_paper_form", "read_table", "read_word",
    "read_pdf", "unpack_workbook", "cell_text", "import_table", "peek_parcel", "unpack_parcel",
    "read_transcript",
}  # fmt: skip
"""Functions that read what somebody brought; outside the readers' own packages they go through ``read_bounded``."""
INSIDE = (
    "flows/import_export.py", "flows/mining/", "flows/step_workbook.py", "flows/bpmn/", "formbuilder/paper_import/",
    "integrations/handover/", "meetings/minutes/", "spreadsheets/", "text_extraction/",
)  # fmt: skip


def files() -> Iterator[tuple[str, Path]]:
    for path in sorted(SRC.rglob("*.py")):
        yield path.relative_to(SRC).as_posix(), path


def test_only_the_readers_open_what_a_stranger_may_have_packed() -> None:
    using = {name for name, path in files() if {module.partition(".")[0] for module in modules_of(path)} & PARSERS}
    assert using == {*READERS, *WRITERS}


def test_whoever_reads_an_upload_does_it_under_limits() -> None:
    direct = []
    for name, path in files():
        if name.startswith(INSIDE):
            continue
        tree = tree_of(path)
        within = {id(call) for entrance in _entrances(tree) for call in ast.walk(entrance)}
        direct += [
            f"{name}: {called}" for called, call in _calls(tree) if called in ENTRANCES and id(call) not in within
        ]
    assert not direct


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node


def _entrances(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Yield the functions that are entrances themselves, and so run under the limits."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in ENTRANCES:
            yield node


def test_every_entrance_of_a_face_has_an_ordinary_and_a_hostile_file() -> None:
    read = set()
    for _, path in files():
        for called, call in _calls(tree_of(path)):
            if called in {"read_bounded", "read_within"}:
                read |= {argument.id for argument in call.args[:2] if isinstance(argument, ast.Name)} & ENTRANCES
    for table in (ORDINARY, HOSTILE):
        assert read <= {reader.__name__ for _, reader, _ in table}
