"""Paper forms as offices draw them, in merged cells and in Word tables; our own material."""

import io

import xlsxwriter

from tests.cast.hostile_files import docx
from todoke.formbuilder.paper_import.grid import LINES, Cell, Grid
from todoke.formbuilder.paper_import.plain_text import plain
from todoke.formbuilder.paper_import.recognition import recognise

CLUB: list[tuple[str, str]] = [
    ("A1:D1", "第1号様式(第5条関係)"),
    ("A2:L2", "放課後児童クラブ利用申込書"),
    ("I3:L3", "年  月  日"),
    ("A4:D4", "みらい区長 様"),
    ("A5:B8", "申込者\n(保護者)"),
    ("C5:D5", "フリガナ"),
    ("E5:L5", ""),
    ("C6:D6", "氏名"),
    ("E6:L6", ""),
    ("C7:D7", "住所"),
    ("E7:L7", "〒   -     "),
    ("C8:D8", "電話番号"),
    ("E8:H8", "自宅(    )    -    "),
    ("I8:L8", "携帯    -    -    "),
    ("A9:B9", "メール"),
    ("C9:L9", "           @           "),
    ("A10:B14", "児童"),
    ("C10:D10", "フリガナ"),
    ("E10:H10", ""),
    ("C11:D11", "氏名"),
    ("E11:H11", ""),
    ("I10:J11", "性別"),
    ("K10:L11", "男・女"),
    ("C12:D12", "生年月日"),
    ("E12:L12", "平成・令和    年   月   日生(   歳)"),
    ("C13:D13", "学校名・学年"),
    ("E13:L13", "          小学校     年   組"),
    ("C14:D14", "アレルギー"),
    ("E14:L14", "□有(内容:            ) □無"),
    ("A15:B20", "家族の状況"),
    ("C15:E15", "氏名"),
    ("F15", "続柄"),
    ("G15:H15", "生年月日"),
    ("I15:J15", "勤務先"),
    ("K15:L15", "電話番号"),
    *[(f"C{r}:E{r}", "") for r in range(16, 20)],
    *[(f"F{r}", "") for r in range(16, 20)],
    *[(f"G{r}:H{r}", "  .  .  ") for r in range(16, 20)],
    *[(f"I{r}:J{r}", "") for r in range(16, 20)],
    *[(f"K{r}:L{r}", "") for r in range(16, 20)],
    ("C20:L20", "※同居の家族を全員書いてください。"),
    ("A21:B22", "利用希望クラブ"),
    ("C21:D21", "第1希望"),
    ("E21:L21", ""),
    ("C22:D22", "第2希望"),
    ("E22:L22", ""),
    ("A23:B23", "利用期間"),
    ("C23:L23", "令和  年  月  日から  令和  年  月  日まで"),
    ("A24:B24", "利用する曜日"),
    ("C24:L24", "□月 □火 □水 □木 □金 □土"),
    ("A25:B25", "延長利用"),
    ("C25:L25", "□希望する □希望しない"),
    ("A26:B27", "利用を必要とする理由"),
    ("C26:L27", "1 就労  2 疾病  3 介護  4 その他(        )"),
    ("A28:B28", "添付書類"),
    ("C28:L28", "□就労証明書 □減免申請書 □その他(    )"),
    ("A29:L29", "上記の内容に相違ありません。また、申込みに必要な範囲で税の情報を確認することに同意します。"),
    ("A30:B30", "同意者署名"),
    ("C30:L30", ""),
    ("A31:B31", "緊急連絡先"),
    ("C31:F31", "氏名"),
    ("G31:L31", ""),
    ("A32:B32", "受付欄"),
    ("C32:L32", ""),
]
AID: list[tuple[str, str]] = [
    ("A1:L1", "様式第2号"),
    ("A2:L2", "高齢者見守り機器導入補助金 交付申請書兼請求書"),
    ("A3:L3", "        年    月    日"),
    ("A4:F4", "(宛先) みらい区長"),
    ("A5:L5", "補助金の交付を受けたいので、関係書類を添えて申請します。"),
    ("A6:C6", "申請区分"),
    ("D6:L6", "□新規   □更新   □変更(変更内容:                )"),
    ("A7:C9", "申請者(見守る方)"),
    ("D7:E7", "住 所"),
    ("F7:L7", "〒\n\n"),
    ("D8:E8", "ﾌﾘｶﾞﾅ\n氏 名"),
    ("F8:L8", "                                          印"),
    ("D9:E9", "電話(日中)"),
    ("F9:L9", "      -       -       "),
    ("A10:C12", "見守られる方"),
    ("D10:E10", "氏名"),
    ("F10:H10", ""),
    ("I10:J10", "続柄"),
    ("K10:L10", "本人・配偶者・子・その他(    )"),
    ("D11:E11", "生年月日"),
    ("F11:H11", "明・大・昭     年   月   日"),
    ("I11:J11", "要介護度"),
    ("K11:L11", "要支援1・2 要介護1・2・3・4・5"),
    ("D12:E12", "住所"),
    ("F12:L12", "□申請者と同じ  □異なる(                          )"),
    ("A13:C13", "購入する機器"),
    ("D13:F13", "機器の名称"),
    ("G13:H13", "数量"),
    ("I13:J13", "単価(円)"),
    ("K13:L13", "金額(円)"),
    *[
        x
        for r in (14, 15, 16)
        for x in (
            (f"A{r}:C{r}", str(r - 13)),
            (f"D{r}:F{r}", ""),
            (f"G{r}:H{r}", "台"),
            (f"I{r}:J{r}", ""),
            (f"K{r}:L{r}", ""),
        )
    ],
    ("A17:J17", "合計"),
    ("K17:L17", "円"),
    ("A18:C18", "交付申請額"),
    ("D18:L18", "金                    円"),
    ("A19:C22", "振込先"),
    ("D19:E19", "金融機関名"),
    ("F19:L19", "            銀行・信用金庫・農協           支店"),
    ("D20:E20", "預金種別"),
    ("F20:L20", "1 普通  2 当座"),
    ("D21:E21", "口座番号"),
    ("F21:L21", ""),
    ("D22:E22", "口座名義(カナ)"),
    ("F22:L22", ""),
    ("A23:C23", "設置予定日"),
    ("D23:L23", "令和   年   月   日 (      曜日)"),
    ("A24:C24", "同意事項"),
    ("D24:L24", "□ 住民基本台帳を区が確認することに同意します。\n□ 暴力団員ではないことを誓約します。"),
    ("A25:C25", "区から他の補助を受けていますか"),
    ("D25:L25", "はい ・ いいえ"),
    ("A26:L26", "【添付書類】 1 見積書の写し 2 機器のカタログ 3 本人確認書類の写し"),
    ("A27:F27", "以下は区で記入します"),
    ("A28:C28", "受付番号"),
    ("D28:F28", ""),
    ("G28:I28", "決裁"),
    ("J28:L28", ""),
]


def workbook(cells: list[tuple[str, str]]) -> bytes:
    """A form of these ranges and texts."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, box = book.add_worksheet("様式"), book.add_format({"border": 1, "text_wrap": True})
        for place, text in cells:
            (sheet.merge_range if ":" in place else sheet.write)(place, text, box)
    return out.getvalue()


def line(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def row(*cells: str, wide: int = 1) -> str:
    """A row of a table; its last cell covers ``wide`` columns."""
    held = ""
    for at, text in enumerate(cells, 1):
        span = wide if at == len(cells) else 1
        lines = "".join(map(line, text.split("\n")))
        held += f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{lines}</w:tc>'
    return f"<w:tr>{held}</w:tr>"


def park() -> bytes:
    """A form in Word: lines with room to write, and a table."""
    above = (
        "様式第3号(第7条関係)", "公園施設使用許可申請書", "　　　　　　　年　　月　　日", "みらい区長　様",
        "申請者　住所　　　　　　　　　　　　　　", "　　　　団体名", "　　　　責任者氏名　　　　　　　　　㊞",
        "　　　　連絡先　電話　　　（　　　）　　　　メール　　　　　　　",
        "次のとおり公園施設を使用したいので申請します。",
    )  # fmt: skip
    table = (
        row("使用する公園", "", wide=3), row("使用目的", "", wide=3),
        row("使用期間", "令和　　年　　月　　日　　時　　分から\n令和　　年　　月　　日　　時　　分まで", wide=3),
        row("使用面積", "　　　㎡", "参加人員", "　　　人"), row("車両の乗入れ", "有（　　台）・無", wide=3),
        row("車両番号", "", wide=3), row("入場料の徴収", "有（　　　円）・無", wide=3),
        row("減免申請", "する　・　しない", wide=3), row("減免の理由", "", wide=3), row("備考", "", wide=3),
    )  # fmt: skip
    below = ("添付書類　１　位置図　２　使用計画書", "※太枠の中は記入しないでください。")
    lines = "".join(map(line, above)), "".join(table), "".join(map(line, below))
    return docx(f"{lines[0]}<w:tbl>{lines[1]}</w:tbl>{lines[2]}".encode())


def letter(*texts: str) -> Grid:
    """Lines of a letter."""
    return Grid(LINES, [Cell(plain(text), at, 0) for at, text in enumerate(texts)], written=True)


def ruled(*rows: str, sheet: bool = False) -> Grid:
    """A table of rows such as 「氏名||電話|」; ``<`` joins a cell to the left, ``^`` to the one above."""
    spans: dict[tuple[int, int], list[int]] = {}
    texts: dict[tuple[int, int], str] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for y, drawn in enumerate(rows):
        for x, text in enumerate(drawn.split("|")):
            place = owner[y, x - 1] if text == "<" else owner[y - 1, x] if text == "^" else (y, x)
            owner[y, x] = place
            if place == (y, x):
                spans[place], texts[place] = [1, 1], text
            top, left = place
            spans[place] = [max(spans[place][0], y - top + 1), max(spans[place][1], x - left + 1)]
    cells = [Cell(plain(texts[place]), *place, *spans[place]) for place in sorted(texts)]
    return Grid("様式" if sheet else "表1", cells, written=not sheet, framed=frozenset(owner) if sheet else frozenset())


def asked(*grids: Grid) -> list[str]:
    """The questions that are read, each with its kind; ``*`` stands before those of rows that repeat."""
    found = recognise(list(grids)).questions
    return [f"{'*' if one.repeating else ''}{one.label} {one.kind.value}" for one in found]


def left_out(*grids: Grid) -> dict[str, str]:
    """The texts that are not asked, with the reason."""
    return {left.text: left.reason for left in recognise(list(grids)).skipped}
