"""Forms of our own making as Word files, in the manner of city forms (自作の見本)."""

from pathlib import Path

import docx

HERE = Path(__file__).parent


def letter(name: str, before: list[str], rows: list[list[str]], after: list[str]) -> None:
    """A form in Word: lines, one table, lines."""
    paper = docx.Document()
    for line in before:
        paper.add_paragraph(line)
    table = paper.add_table(len(rows), max(map(len, rows)), style="Table Grid")
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
        if len(texts) < len(table.columns):
            table.cell(row, len(texts) - 1).merge(table.cell(row, len(table.columns) - 1))
    for line in after:
        paper.add_paragraph(line)
    paper.save(str(HERE / name))


def subsidy() -> list[tuple[str, str]]:
    before = [
        "様式第1号(第5条関係)",
        "令和  年  月  日",
        "みらい区長 様",
        "申請者 住所          ",
        "氏名          印",
        "電話番号         ",
        "省エネ設備補助金交付申請書",
        "下記のとおり補助金の交付を申請します。",
    ]
    rows = [
        ["設置場所", ""],
        ["設備の種類", "□太陽光 □蓄電池 □給湯器"],
        ["工事の期間", ""],
        ["設置費用", "円"],
        ["補助金交付申請額", "円"],
        ["施工業者名", ""],
        ["添付書類", ""],
    ]
    letter("04-hojokin.docx", before, rows, ["注 見積書の写しを添えてください。"])
    return [
        ("住所", "address"),
        ("氏名", "name"),
        ("電話番号", "phone"),
        ("設置場所", "address"),
        ("設備の種類", "choices"),
        ("工事の期間", "short_text"),
        ("設置費用", "money"),
        ("補助金交付申請額", "money"),
        ("施工業者名", "short_text"),
        ("添付書類", "file"),
    ]


def hall() -> list[tuple[str, str]]:
    rows = [
        ["団体名", "", "代表者氏名", ""],
        ["住所", ""],
        ["電話番号", "", "利用人数", "人"],
        ["利用日", "年 月 日", "利用時間", "□午前 □午後 □夜間"],
        ["利用施設", "□ホール □会議室 □和室"],
        ["利用目的", ""],
        ["入場料", "有・無", "入場料の金額", "円"],
        ["備考", ""],
    ]
    letter(
        "05-shisetsu.docx",
        ["区民施設利用許可申請書", "次のとおり申請します。"],
        rows,
        ["※ 太枠の中は職員が記入します。"],
    )
    return [
        ("団体名", "short_text"),
        ("代表者氏名", "name"),
        ("住所", "address"),
        ("電話番号", "phone"),
        ("利用人数", "number"),
        ("利用日", "date"),
        ("利用時間", "choices"),
        ("利用施設", "choices"),
        ("利用目的", "long_text"),
        ("入場料", "choice"),
        ("入場料の金額", "money"),
        ("備考", "long_text"),
    ]


def event() -> list[tuple[str, str]]:
    rows = [["参加者氏名", "年齢", "学年", "緊急連絡先"], ["", "", "", ""], ["", "", "", ""], ["", "", "", ""]]
    letter(
        "08-event.docx",
        ["夏の自然教室 参加申込書", "保護者氏名          ", "住所          ", "メールアドレス          "],
        rows,
        ["個人情報は、この催しの連絡だけに使います。"],
    )
    return [
        ("保護者氏名", "name"),
        ("住所", "address"),
        ("メールアドレス", "email"),
        ("参加者氏名", "name"),
        ("年齢", "number"),
        ("学年", "number"),
        ("緊急連絡先", "phone"),
    ]
