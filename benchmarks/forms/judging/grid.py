"""Five synthetic application forms on 方眼紙 grids, each with the fields a person would be asked.

Written from what municipal forms look like, before the reader was looked at. Judging only: never
tune the reader on these. A field is (label, kind, options); `either` are blanks that may be asked
or left to the system; `nothing` are texts that must not become a field.
"""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def sheet(title: str) -> tuple[Workbook, Worksheet]:
    """A workbook with one sheet of narrow square columns."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = title
    for number in range(1, 41):
        page.column_dimensions[page.cell(1, number).column_letter].width = 2.7
    return book, page


def put(page: Worksheet, area: str, text: str = "", line: bool = True) -> None:
    """Merge an area, write its text and draw its frame."""
    first = area.split(":")[0]
    if ":" in area:
        page.merge_cells(area)
    page[first] = text or None
    page[first].alignment = Alignment(wrap_text=True, vertical="center")
    if line:
        for row in page[area] if ":" in area else ((page[area],),):
            for cell in row:
                cell.border = BOX


def fill(path: Path, title: str, boxes: list[tuple[str, str]], loose: list[tuple[str, str]]) -> None:
    """Write a form of boxes with a frame and of loose texts without one."""
    book, page = sheet(title)
    for area, text in boxes:
        put(page, area, text)
    for area, text in loose:
        put(page, area, text, line=False)
    book.save(path)


HALL = [
    ("A13:F14", "使用目的"),
    ("G13:AJ14", ""),
    ("A15:F16", "使用日時"),
    ("G15:J15", "開始"),
    ("K15:AJ15", "令和　　年　　月　　日　　時　　分"),
    ("G16:J16", "終了"),
    ("K16:AJ16", "令和　　年　　月　　日　　時　　分"),
    ("A17:F18", "使用する室"),
    ("G17:AJ18", "□大ホール　□第1会議室　□第2会議室　□和室　□調理室"),
    ("A19:F19", "使用予定人数"),
    ("G19:R19", "　　　　　　人"),
    ("S19:X19", "入場料の徴収"),
    ("Y19:AJ19", "有　・　無"),
    ("A20:F21", "使用する附属設備"),
    ("G20:AJ21", "□マイク　□プロジェクター　□ピアノ　□その他（　　　　　　　）"),
    ("A22:F22", "備考"),
    ("G22:AJ22", ""),
    ("A24:F26", "※職員記入欄"),
    ("G24:L24", "受付番号"),
    ("M24:U24", ""),
    ("V24:AA24", "使用料"),
    ("AB24:AJ24", "　　　　円"),
    ("G25:L26", "許可年月日"),
    ("M25:AJ26", "　　年　　月　　日"),
]
HALL_LOOSE = [
    ("A1:J1", "様式第1号（第4条関係）"),
    ("A2:AJ3", "公民館使用許可申請書"),
    ("Z4:AJ4", "令和　　年　　月　　日"),
    ("A5:J5", "（宛先）みどり市長"),
    ("L6:N10", "申請者"),
    ("O6:S6", "住所"),
    ("T6:AJ6", "〒　　　－"),
    ("O7:S7", "団体名"),
    ("T7:AJ7", ""),
    ("O8:S8", "代表者氏名"),
    ("T8:AH8", ""),
    ("AI8:AJ8", "印"),
    ("O9:S9", "電話番号"),
    ("T9:AJ9", "（　　　　）　　　　－"),
    ("A12:AJ12", "次のとおり使用したいので、許可してくださるよう申請します。"),
    ("A27:AJ27", "注　使用日の3日前までに提出してください。"),
    ("A28:AJ28", "　　※の欄は記入しないでください。"),
]


def hall(path: Path) -> None:
    """公民館使用許可申請書."""
    fill(path, "申請書", HALL, HALL_LOOSE)


WASTE = [
    ("A5:B9", "申\n請\n者"),
    ("C5:H5", "フリガナ"),
    ("I5:T5", ""),
    ("U5:Y6", "生年月日"),
    ("Z5:AJ6", "大・昭・平・令\n　　年　　月　　日"),
    ("C6:H6", "氏名"),
    ("I6:T6", ""),
    ("C7:H7", "住所"),
    ("I7:AJ7", "みどり市"),
    ("C8:H8", "電話（自宅）"),
    ("I8:T8", ""),
    ("U8:Y8", "電話（携帯）"),
    ("Z8:AJ8", ""),
    ("C9:H9", "世帯人数"),
    ("I9:AJ9", "　　　　人"),
    ("A10:B14", "減\n免\n理\n由"),
    ("C10:AJ10", "□　生活保護を受けている"),
    ("C11:AJ11", "□　児童扶養手当を受けている"),
    ("C12:AJ12", "□　身体障害者手帳（1級・2級）を持っている"),
    ("C13:AJ13", "□　災害により被害を受けた"),
    ("C14:AJ14", "□　その他（　　　　　　　　　　　　　　　　）"),
    ("A15:AJ15", "排出する粗大ごみ"),
    ("A16:C16", "No."),
    ("D16:P16", "品目"),
    ("Q16:Z16", "大きさ（縦×横×高さ）"),
    ("AA16:AJ16", "数量"),
    ("A17:C17", "1"),
    ("D17:P17", ""),
    ("Q17:Z17", ""),
    ("AA17:AJ17", "個"),
    ("A18:C18", "2"),
    ("D18:P18", ""),
    ("Q18:Z18", ""),
    ("AA18:AJ18", "個"),
    ("A19:C19", "3"),
    ("D19:P19", ""),
    ("Q19:Z19", ""),
    ("AA19:AJ19", "個"),
    ("A20:C20", "4"),
    ("D20:P20", ""),
    ("Q20:Z20", ""),
    ("AA20:AJ20", "個"),
    ("A21:H21", "収集希望日"),
    ("I21:AJ21", "　　月　　日（　　）"),
    ("A22:H22", "収集場所"),
    ("I22:AJ22", "□自宅前　□集積所　□その他"),
    ("A24:H24", "市処理欄"),
    ("I24:N24", "決定"),
    ("O24:W24", "免除・減額・却下"),
    ("X24:AB24", "係長"),
    ("AC24:AJ24", ""),
]
WASTE_LOOSE = [
    ("A1:AJ2", "粗大ごみ処理手数料減額・免除申請書"),
    ("Y3:AB3", "申請日"),
    ("AC3:AJ3", "　　年　　月　　日"),
    ("A23:AJ23", "記入例：タンス　90×45×180　1個"),
]


def waste(path: Path) -> None:
    """粗大ごみ処理手数料減免申請書."""
    fill(path, "減免申請", WASTE, WASTE_LOOSE)


CARE = [
    ("A4:F4", "フリガナ"),
    ("G4:T4", ""),
    ("U4:Z4", "保険者番号"),
    ("AA4:AJ4", "１２３４５６"),
    ("A5:F6", "被保険者氏名"),
    ("G5:T6", ""),
    ("U5:Z6", "被保険者番号"),
    ("AA5:AA6", ""),
    ("AB5:AB6", ""),
    ("AC5:AC6", ""),
    ("AD5:AD6", ""),
    ("AE5:AE6", ""),
    ("AF5:AF6", ""),
    ("AG5:AG6", ""),
    ("AH5:AH6", ""),
    ("AI5:AI6", ""),
    ("AJ5:AJ6", ""),
    ("A7:F7", "生年月日"),
    ("G7:T7", "明・大・昭　　年　　月　　日"),
    ("U7:Z7", "性別"),
    ("AA7:AJ7", "男　・　女"),
    ("A8:F9", "住所"),
    ("G8:AJ8", "〒"),
    ("G9:AJ9", "電話番号　　　　（　　　）"),
    ("A10:F10", "住宅の所有者"),
    ("G10:T10", ""),
    ("U10:Z10", "本人との関係"),
    ("AA10:AJ10", ""),
    ("A11:F13", "改修の内容・箇所及び規模"),
    ("G11:T13", ""),
    ("U11:Z11", "業者名"),
    ("AA11:AJ11", ""),
    ("U12:Z12", "着工日"),
    ("AA12:AJ12", "　年　月　日"),
    ("U13:Z13", "完成日"),
    ("AA13:AJ13", "　年　月　日"),
    ("A14:F14", "改修費用"),
    ("G14:AJ14", "　　　　　　　　　　　円"),
    ("A21:B24", "口\n座\n振\n込\n先"),
    ("C21:H22", "金融機関名"),
    ("I21:T22", "　　　　銀行・信用金庫・農協"),
    ("U21:Z22", "支店名"),
    ("AA21:AJ22", "　　　　　　支店・出張所"),
    ("C23:H23", "預金種別"),
    ("I23:T23", "１ 普通　２ 当座　３ その他"),
    ("U23:Z23", "口座番号"),
    ("AA23:AJ23", ""),
    ("C24:H24", "口座名義人"),
    ("I24:AJ24", ""),
]
CARE_LOOSE = [
    ("A1:AJ2", "介護保険居宅介護（介護予防）住宅改修費支給申請書"),
    ("A15:AJ15", "みどり市長　様"),
    ("A16:AJ16", "上記のとおり関係書類を添えて支給を申請します。"),
    ("C17:M17", "令和　　年　　月　　日"),
    ("C18:F19", "申請者"),
    ("G18:J18", "住所"),
    ("K18:AJ18", ""),
    ("G19:J19", "氏名"),
    ("K19:W19", ""),
    ("X19:AA19", "電話番号"),
    ("AB19:AJ19", ""),
    ("A25:AJ25", "注意　・この申請書に領収証、工事費内訳書、完成後の写真を添付してください。"),
]


def care(path: Path) -> None:
    """介護保険住宅改修費支給申請書."""
    fill(path, "住宅改修", CARE, CARE_LOOSE)


NURSERY = [
    ("A4:B7", "児\n童"),
    ("C4:G4", "ふりがな"),
    ("H4:T4", ""),
    ("U4:X5", "生年月日"),
    ("Y4:AJ5", "　　年　　月　　日生"),
    ("C5:G5", "氏名"),
    ("H5:T5", ""),
    ("C6:G6", "性別"),
    ("H6:T6", "□男　□女"),
    ("U6:X6", "障害者手帳"),
    ("Y6:AJ6", "□有　□無"),
    ("C7:G7", "アレルギー"),
    ("H7:AJ7", "□無　□有（内容：　　　　　　　　　　　）"),
    ("A8:B11", "保\n護\n者"),
    ("C8:G8", "氏名"),
    ("H8:T8", ""),
    ("U8:X8", "児童との続柄"),
    ("Y8:AJ8", ""),
    ("C9:G9", "住所"),
    ("H9:AJ9", "〒　　　－"),
    ("C10:G10", "連絡先（昼間）"),
    ("H10:T10", ""),
    ("U10:X10", "メールアドレス"),
    ("Y10:AJ10", ""),
    ("C11:G11", "勤務先"),
    ("H11:AJ11", ""),
    ("A12:AJ12", "世帯の状況（申込児童の兄弟姉妹・同居の家族を全員記入してください）"),
    ("A13:I13", "氏名"),
    ("A14:I14", ""),
    ("A15:I15", ""),
    ("A16:I16", ""),
    ("A17:I17", ""),
    ("A18:I18", ""),
    ("J13:M13", "続柄"),
    ("J14:M14", ""),
    ("J15:M15", ""),
    ("J16:M16", ""),
    ("J17:M17", ""),
    ("J18:M18", ""),
    ("N13:U13", "生年月日"),
    ("N14:U14", "　．　．　"),
    ("N15:U15", "　．　．　"),
    ("N16:U16", "　．　．　"),
    ("N17:U17", "　．　．　"),
    ("N18:U18", "　．　．　"),
    ("V13:AD13", "職業・学校・保育所名"),
    ("V14:AD14", ""),
    ("V15:AD15", ""),
    ("V16:AD16", ""),
    ("V17:AD17", ""),
    ("V18:AD18", ""),
    ("AE13:AJ13", "同時申込"),
    ("AE14:AJ14", "□する"),
    ("AE15:AJ15", "□する"),
    ("AE16:AJ16", "□する"),
    ("AE17:AJ17", "□する"),
    ("AE18:AJ18", "□する"),
    ("A19:F21", "利用を希望する施設"),
    ("G19:K19", "第1希望"),
    ("L19:AJ19", ""),
    ("G20:K20", "第2希望"),
    ("L20:AJ20", ""),
    ("G21:K21", "第3希望"),
    ("L21:AJ21", ""),
    ("A22:F22", "希望利用期間"),
    ("G22:AJ22", "令和　年　月　日から　令和　年　月　日まで"),
    ("A23:F24", "保育を必要とする理由"),
    ("G23:AJ24", "□就労　□妊娠・出産　□疾病・障害　□介護　□求職活動　□就学"),
    ("A25:F25", "希望する保育時間"),
    ("G25:AJ25", "標準時間（11時間）・短時間（8時間）"),
    ("A27:AJ27", "＜市記載欄＞"),
    ("A28:F28", "受付者"),
    ("G28:R28", ""),
    ("S28:X28", "認定番号"),
    ("Y28:AJ28", ""),
]
NURSERY_LOOSE = [
    ("A1:AJ2", "令和９年度　保育所等利用申込書"),
]


def nursery(path: Path) -> None:
    """保育所等入所申込書."""
    fill(path, "入所申込", NURSERY, NURSERY_LOOSE)


DISASTER = [
    ("A3:R3", "みどり市長　あて"),
    ("S3:W3", "申請年月日"),
    ("X3:AJ3", "令和　　年　　月　　日"),
    ("A4:E8", "申請者"),
    ("F4:J4", "現住所"),
    ("K4:AJ4", ""),
    ("F5:J6", "（フリガナ）\n氏名又は名称"),
    ("K5:AJ6", ""),
    ("F7:J7", "連絡先"),
    ("K7:AJ7", "（自宅・携帯）"),
    ("F8:J8", "罹災者との関係"),
    ("K8:AJ8", "□本人　□同一世帯　□代理人（　　　　　）"),
    ("A9:E9", "罹災者住所"),
    ("F9:AJ9", "□申請者と同じ"),
    ("A10:E10", "罹災者氏名"),
    ("F10:AJ10", "□申請者と同じ"),
    ("A11:E11", "罹災日時"),
    ("F11:R11", "　年　月　日　時頃"),
    ("S11:W11", "罹災原因"),
    ("X11:AJ11", "地震・台風・大雨・火災・その他"),
    ("A12:E12", "罹災場所"),
    ("F12:AJ12", ""),
    ("A13:E14", "罹災物件"),
    ("F13:J13", "種別"),
    ("K13:AJ13", "□住家　□非住家　□その他"),
    ("F14:J14", "所有区分"),
    ("K14:AJ14", "□持家　□借家"),
    ("A15:E17", "被害の状況"),
    ("F15:AJ17", "（具体的に記入してください）"),
    ("A18:E18", "必要枚数"),
    ("F18:R18", "　　　　枚"),
    ("S18:W18", "提出先"),
    ("X18:AJ18", ""),
    ("A19:E20", "添付書類"),
    ("F19:AJ19", "□　被害状況の写真"),
    ("F20:AJ20", "□　委任状（代理人の場合）"),
    ("A23:F23", "本人確認"),
    ("G23:AJ23", "免許証・個人番号カード・旅券・その他"),
]
DISASTER_LOOSE = [
    ("A1:AJ2", "罹　災　証　明　申　請　書"),
    ("A22:AJ22", "（注意）太枠内のみ記入してください。"),
    ("A24:AJ24", "↑市使用欄"),
]


def disaster(path: Path) -> None:
    """罹災証明申請書."""
    fill(path, "罹災", DISASTER, DISASTER_LOOSE)
