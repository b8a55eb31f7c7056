"""Office XML ブックの部品: the fixed parts of an Excel file (ECMA-376), beside its sheets."""

from collections.abc import Sequence
from datetime import UTC, datetime

DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TEXT, DAY, BOLD = 1, 2, 3
"""Styles: a text that stays one when it is edited, a day, a head."""
SHEET_END = "</sheetData></worksheet>"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy/m/d"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Yu Gothic"/></font>'
    '<font><b/><sz val="11"/><name val="Yu Gothic"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def sheet_name(number: int) -> str:
    """Return the name of a sheet in the archive, counted from 1."""
    return f"xl/worksheets/sheet{number}.xml"


def sheet_head(widths: Sequence[int]) -> str:
    """Return what stands before the rows: the head row and the first column stay in sight."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>' for place, width in enumerate(widths, 1)
    )
    return (
        f'{DECLARED}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
        "</sheetView></sheetViews>"
        f'<sheetFormatPr defaultRowHeight="15"/>{f"<cols>{columns}</cols>" if columns else ""}<sheetData>'
    )


def package(titles: Sequence[str], made_at: datetime, remark: str) -> dict[str, str]:
    """Return the parts of a workbook by name; ``titles`` are quoted attribute values, ``remark`` is XML text."""
    numbers = range(1, len(titles) + 1)
    overrides = "".join(
        f'<Override PartName="/{sheet_name(number)}" ContentType="{TYPE}.worksheet+xml"/>' for number in numbers
    )
    types = (
        f'{DECLARED}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml"'
        f' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{overrides}</Types>'
    )
    sheets = "".join(
        f'<sheet name={title} sheetId="{n}" r:id="rId{n}"/>' for n, title in zip(numbers, titles, strict=True)
    )
    last = len(titles) + 1
    links = [(f"rId{n}", f"{RELATIONS}/worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    return {
        "[Content_Types].xml": types,
        "_rels/.rels": _relations(
            [("rId1", f"{RELATIONS}/officeDocument", "xl/workbook.xml"),
             ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")]
        ),
        "docProps/core.xml": _properties(made_at, remark),
        "xl/workbook.xml": (
            f'{DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relations([*links, (f"rId{last}", f"{RELATIONS}/styles", "styles.xml")]),
        "xl/styles.xml": DECLARED + STYLES,
    }  # fmt: skip


def _relations(links: Sequence[tuple[str, str, str]]) -> str:
    each = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in links)
    return f'{DECLARED}<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def _properties(made_at: datetime, remark: str) -> str:
    return (
        f'{DECLARED}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:description>{remark}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</dcterms:created>'
        "</cp:coreProperties>"
    )
