"""Sheets of Excel: frames, lists to choose from, and texts of shapes are read, not only the values of cells."""

import io
import zipfile

import xlsxwriter

from todoke.formbuilder.paper_import.recognition import read_paper_form


def drawn() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, box = book.add_worksheet("様式"), book.add_format({"border": 1})
        sheet.merge_range("A1:F1", "会議室利用申込書")
        for row, label in enumerate(("氏名", "利用する部屋", "申請者"), 2):
            sheet.write(row, 0, label, box)
            sheet.write_blank(row, 1, None, box)
        sheet.data_validation("B4", {"validate": "list", "source": ["第1会議室", "第2会議室"]})
        sheet.write("D4", "部屋の数は限られています", None)
        sheet.insert_textbox("D7", "受付は1か月前からです")
    return out.getvalue()


def test_a_frame_without_text_is_a_box_and_a_list_holds_choices() -> None:
    found = read_paper_form("hall.xlsx", drawn()).questions
    assert [(one.label, one.kind.value) for one in found] == [
        ("氏名", "name"),
        ("利用する部屋", "choice"),
        ("申請者", "name"),
    ]
    assert found[1].options == ("第1会議室", "第2会議室")


def test_the_text_of_a_shape_is_not_lost() -> None:
    told = {left.text for left in read_paper_form("hall.xlsx", drawn()).skipped}
    assert {"受付は1か月前からです", "部屋の数は限られています"} <= told


def test_a_tick_box_control_is_a_choice() -> None:
    controls = "".join(
        f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="s{at}"><v:textbox><div>{word}</div></v:textbox>'
        f'<x:ClientData xmlns:x="urn:schemas-microsoft-com:office:excel" ObjectType="Checkbox">'
        f"<x:Anchor>1, 0, {at}, 0, 2, 0, {at + 1}, 0</x:Anchor></x:ClientData></v:shape>"
        for at, word in ((5, "新規"), (6, "変更"))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(drawn())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            raw = old.read(name)
            if name.endswith("sheet1.xml.rels"):
                link = b'<Relationship Id="rId9" Type="v" Target="../drawings/vml1.vml"/></Relationships>'
                raw = raw.replace(b"</Relationships>", link)
            new.writestr(name, raw)
        new.writestr("xl/drawings/vml1.vml", f"<xml>{controls}</xml>")
    found = read_paper_form("hall.xlsx", out.getvalue()).questions
    assert ("新規", "変更") in [one.options for one in found]
