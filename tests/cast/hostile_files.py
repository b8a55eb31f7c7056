"""Files that somebody made to hold up whoever reads them: bombs, nesting, entities, a million cells, endless lines."""

import atexit
import gzip
import io
import lzma
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from todoke.flows.bpmn.bpmn_reader import read_bpmn
from todoke.flows.import_export import import_flow
from todoke.flows.management.commands.mine import read_findings
from todoke.flows.mining.discovery import discover_file
from todoke.flows.step_table import StepTable
from todoke.flows.step_workbook import write_workbook
from todoke.formbuilder.paper_import.grid import read_grids
from todoke.formbuilder.paper_import.recognition import read_paper_form
from todoke.insights.tables.table_import import import_table
from todoke.integrations.handover.parcel_file import peek_parcel, unpack_parcel, written
from todoke.meetings.minutes.extract import extract_bytes, read_minutes
from todoke.meetings.speech.transcript_text import read_transcript
from todoke.runtime.installation_key import public_key
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.reader import cell_text, unpack_workbook
from todoke.spreadsheets.table import read_table

MB = 1 << 20
TITLE, AMOUNT = (Headings((("手続名",),)),), (Headings((("金額",),)),)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "はは">{LAUGHS}]>'.encode()


def docx(body: bytes, before: bytes = b"") -> bytes:
    """Return a document with this body, and what stands before its root."""
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = (
        f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{office}.document.main+xml"/></Types>'
    ).encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    rels = (
        f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{kind}" Target="word/document.xml"/></Relationships>'
    ).encode()
    document = before + f'<w:document xmlns:w="{WORD}"><w:body>'.encode() + body + b"</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("[Content_Types].xml", types), ("_rels/.rels", rels), ("word/document.xml", document)):
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(rows: bytes) -> bytes:
    """Return a workbook whose one sheet has these rows."""
    made, out = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("手順").write_number(0, 0, 1)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            content = source.read(part)
            if part == "xl/worksheets/sheet1.xml":
                content = re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>" + rows + b"</sheetData>", content)
            target.writestr(part, content)
    return out.getvalue()


def pdf(objects: list[bytes]) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalogue."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def pdf_bomb() -> bytes:
    content = zlib.compress(b"BT (a) Tj ET " * (8 * MB), 9)
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(content), content),
    ])  # fmt: skip


def pdf_ring() -> bytes:
    """A PDF whose tree of pages holds itself."""
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"])


def far_cell() -> bytes:
    return xlsx(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def million_cells() -> bytes:
    row = b'<row r="%d"><c r="A%d"><v>1</v></c><c r="CV%d"><v>1</v></c></row>'
    return xlsx(b"".join(row % (n, n, n) for n in range(1, 90_001)))


def flow_ring(count: int = 20_000) -> bytes:
    tasks = "".join(f'<task id="t{n}" name="手順"/>' for n in range(count))
    ways = "".join(f'<sequenceFlow id="f{n}" sourceRef="t{n}" targetRef="t{(n + 1) % count}"/>' for n in range(count))
    return f'<definitions xmlns="{BPMN}"><process id="p">{tasks}{ways}</process></definitions>'.encode()


def many_activities() -> bytes:
    return b"case,activity,time\n" + b"".join(b"%d,a%d,2026-11-01\n" % (n, n) for n in range(1_200_000))


def shared_strings(count: int) -> bytes:
    """A workbook of one cell with a million texts beside it."""
    return with_part(xlsx(ONE_CELL), "xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * count + b"</sst>")


def with_part(book: bytes, name: str, content: bytes) -> bytes:
    """Return a workbook with one part put in place of another of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            if part != name:
                target.writestr(part, source.read(part))
        target.writestr(name, content)
    return out.getvalue()


def cut(content: bytes) -> bytes:
    """Return a file whose second half was lost on the way."""
    return content[: len(content) // 2]


def packed(megabytes: int) -> bytes:
    """A few kilobytes that unpack to this many megabytes."""
    packer = lzma.LZMACompressor(preset=0)
    return b"".join([*(packer.compress(bytes(MB)) for _ in range(megabytes)), packer.flush()])


def file_of(content: bytes, suffix: str) -> Path:
    with tempfile.NamedTemporaryFile(suffix=suffix, delete=False) as file:
        file.write(content)
    atexit.register(Path(file.name).unlink, missing_ok=True)
    return Path(file.name)


def stored(content: bytes) -> tuple[Path, tuple[Headings], Path]:
    """Return what the reader of an inventory is given: the file's place, the wanted headings, and where rows go."""
    return file_of(content, ".xlsx"), TITLE, Path("/dev/null")


def parcel(held: dict[str, bytes] | None = None) -> tuple[Path, str, Path]:
    """Return what the reader of parcels is given: an ordinary one, or one that holds something else."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "parcel.zip"
    if held is None:
        with written(path, folder) as writer:
            writer.finish(line="経路", sequence=1, previous="", made_at="2026-11-30T09:00:00+09:00")
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in held.items():
                archive.writestr(name, content)
    return path, public_key(), folder


LINE = "<w:p><w:r><w:t>委員 質問します。</w:t></w:r></w:p>".encode()
PAGE = [
    b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    b"<</Length 35>>\nstream\nBT /F 9 Tf 9 9 Td (minutes) Tj ET   \nendstream",
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
]  # fmt: skip
EVENT = (
    '<event><string key="concept:name" value="受付"/>'
    '<date key="time:timestamp" value="2026-11-01T09:00:00+09:00"/></event>'
)
XES = f'<log><trace><string key="concept:name" value="1"/>{EVENT}</trace></log>'
HEADED = '<row r="1"><c r="A1" t="inlineStr"><is><t>手続名</t></is></c></row>'.encode()
ONE_CELL = b'<row r="1"><c r="A1"><v>1</v></c></row>'

HOSTILE: list[tuple[str, Callable[..., Any], Callable[[], tuple[Any, ...]]]] = [
    ("parcel, a bomb", unpack_parcel, lambda: parcel({"manifest.json": bytes(80 * MB), "manifest.sig": b""})),
    ("parcel, nested", peek_parcel, lambda: parcel({"manifest.json": b"[" * MB, "manifest.sig": b"x"})[:2]),
    ("minutes, a word bomb", read_minutes, lambda: (docx(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * (2 * MB)),)),
    ("minutes, words in words", read_minutes, lambda: (docx(b"<w:tbl><w:tr><w:tc>" * 200_000),)),
    ("minutes, entities in word", read_minutes, lambda: (docx(b"<w:p>&l9;</w:p>", ENTITIES),)),
    ("minutes, a PDF bomb", read_minutes, lambda: (pdf_bomb(),)),
    ("minutes, a PDF ring", read_minutes, lambda: (pdf_ring(),)),
    ("minutes, one long line", read_minutes, lambda: (("あ" * (4 * MB)).encode(),)),
    ("minutes, long lines", read_minutes, lambda: (("○委員 " + "1,(" * 3_000 + "\n").encode() * 2_000,)),
    ("minutes, nested JSON", read_minutes, lambda: (b'{"schedules":' + b"[" * (5 * MB),)),
    ("transcript, one long line", read_transcript, lambda: (b"00:00:01 " + b"a: " * MB,)),
    ("transcript, many cues", read_transcript, lambda: (b"00:01.000 --> 00:02.000\na\n\n" * 150_000,)),
    ("transcript, open tags", read_transcript, lambda: (b"00:01.000 --> 00:02.000\n" + b"<v a" * MB,)),
    ("flow, entities", import_flow, lambda: (ENTITIES + b"<definitions>&l9;</definitions>", "a.bpmn")),
    ("flow, nested", import_flow, lambda: (b"<definitions>" + b"<subProcess>" * 300_000, "a.bpmn")),
    ("flow, a ring", import_flow, lambda: (flow_ring(), "a.bpmn")),
    ("flow, a far cell", import_flow, lambda: (far_cell(), "a.xlsx")),
    ("log, entities", discover_file, lambda: (ENTITIES + b"<log>&l9;</log>", "a.xes")),
    ("log, a bomb", discover_file, lambda: (gzip.compress(b"<log><trace>" + b"<event/>" * (12 * MB)), "a.xes.gz")),
    ("log, nested", discover_file, lambda: (b"<log>" + b"<trace>" * (2 * MB), "a.xes")),
    ("log, 1.2 million activities", discover_file, lambda: (many_activities(), "a.csv")),
    ("paper form, a far cell", read_grids, lambda: ("a.xlsx", far_cell())),
    ("paper form, a bomb", read_grids, lambda: ("a.docx", docx(b"<w:p/>" * (12 * MB)))),
    ("paper form, cut off", read_paper_form, lambda: ("a.docx", cut(docx(LINE * 1000)))),
    ("paper form, words in words", read_paper_form, lambda: ("a.docx", docx(b"<w:tbl><w:tr><w:tc>" * 200_000))),
    ("minutes, a word file cut off", extract_bytes, lambda: (cut(docx(LINE * 1000)),)),
    ("minutes, a PDF cut off", extract_bytes, lambda: (cut(pdf(PAGE)),)),
    ("flow, a diagram cut off", read_bpmn, lambda: (cut(flow_ring(50)),)),
    ("log, cut off", read_findings, lambda: (file_of(cut(gzip.compress(XES.encode() * 1000)), ".xes.gz"), {})),
    ("inventory, a bomb", unpack_workbook, lambda: stored(xlsx(b"<row/>" * (12 * MB)))),
    ("inventory, texts without end", unpack_workbook, lambda: stored(shared_strings(3 * MB))),
    ("inventory, a far cell", unpack_workbook, lambda: stored(far_cell())),
    ("inventory, cut off", unpack_workbook, lambda: stored(cut(xlsx(ONE_CELL)))),
    ("inventory, an archive in itself", unpack_workbook, lambda: stored(with_part(xlsx(b""), "xl/a.xlsx", xlsx(b"")))),
    ("round, a far cell", cell_text, lambda: (stored(far_cell())[0], "手順")),
    ("round, a bomb", cell_text, lambda: (stored(xlsx(b"<row/>" * (12 * MB)))[0], "手順")),
    ("figures, packed without end", read_table, lambda: (packed(600), AMOUNT)),
    ("figures, cut off", read_table, lambda: (cut(lzma.compress(b"a,b\n" * 1000)), AMOUNT)),
    ("statement, a far cell", read_table, lambda: (far_cell(), AMOUNT)),
    ("statement, a million cells", read_table, lambda: (million_cells(), AMOUNT)),
    ("statement, ten million lines", read_table, lambda: ("金額\n".encode() + b"1\n" * (10 * MB), AMOUNT)),
    ("figures of a section, a far cell", import_table, lambda: (far_cell(),)),
    ("statement, one long value", read_table, lambda: (b'"' + b"1" * (20 * MB), AMOUNT)),
]

ORDINARY: list[tuple[str, Callable[..., Any], Callable[[], tuple[Any, ...]]]] = [
    ("minutes, text", read_minutes, lambda: ("○委員 質問します。\n".encode(),)),
    ("transcript, WebVTT", read_transcript, lambda: (b"WEBVTT\n\n00:01.000 --> 00:02.000\na\n",)),
    ("minutes, word", read_minutes, lambda: (docx(LINE),)),
    ("minutes, PDF", read_minutes, lambda: (pdf(PAGE),)),
    ("flow, BPMN", import_flow, lambda: (flow_ring(5), "a.bpmn")),
    ("flow, workbook", import_flow, lambda: (write_workbook(StepTable()), "a.xlsx")),
    ("log, CSV", discover_file, lambda: (b"case,activity,time\n1,a,2026-11-01\n", "a.csv")),
    ("log, packed XES", discover_file, lambda: (gzip.compress(XES.encode()), "a.xes.gz")),
    ("log, at the command line", read_findings, lambda: (file_of(b"case,activity,time\n1,a,2026-11-01\n", ".csv"), {})),
    ("minutes, at the command line", extract_bytes, lambda: ("○委員 質問します。\n".encode(),)),
    ("flow, at the command line", read_bpmn, lambda: (flow_ring(5),)),
    ("paper form, with its questions", read_paper_form, lambda: ("a.xlsx", xlsx(ONE_CELL))),
    ("inventory, workbook", unpack_workbook, lambda: stored(xlsx(HEADED))),
    ("round, its number", cell_text, lambda: (stored(xlsx(ONE_CELL))[0], "手順")),
    ("figures, packed", read_table, lambda: (lzma.compress("自治体,金額\n".encode()), AMOUNT)),
    ("paper form, workbook", read_grids, lambda: ("a.xlsx", xlsx(ONE_CELL))),
    ("paper form, word", read_grids, lambda: ("a.docx", docx(LINE))),
    ("statement, CSV", read_table, lambda: ("業務日,金額\n".encode("cp932"), AMOUNT)),
    ("figures of a section, CSV", import_table, lambda: ("課,件数\n税務課,1\n".encode("cp932"),)),
    ("statement, workbook", read_table, lambda: (xlsx(HEADED), TITLE)),
    ("parcel", unpack_parcel, parcel),
    ("parcel, its manifest", peek_parcel, lambda: parcel()[:2]),
]
