"""Make ten form files that look like city forms. Our own material: no municipality's form is copied."""

import json
from pathlib import Path
from typing import Any

import xlsxwriter
from benchmarks.forms.letters import event, hall, subsidy

HERE = Path(__file__).parent


class Book:
    """A workbook that is drawn with ranges, as offices draw their forms."""

    def __init__(self, name: str, sheet: str = "様式") -> None:
        self.book = xlsxwriter.Workbook(HERE / name)
        self.box = self.book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
        self.sheet = self.book.add_worksheet(sheet)

    def put(self, place: str, text: str = "") -> "Book":
        if ":" in place:
            self.sheet.merge_range(place, text, self.box)
        else:
            self.sheet.write(place, text, self.box)
        return self

    def more(self, sheet: str) -> "Book":
        self.sheet = self.book.add_worksheet(sheet)
        return self

    def close(self) -> None:
        self.book.close()


def residence() -> list[tuple[str, str]]:
    book = Book("01-jumin.xlsx")
    book.put("A1:C1", "様式第1号(第3条関係)").put("A2:F2", "住 民 票 の 写 し 交 付 請 求 書").put(
        "A3:C3", "(あて先)みらい区長"
    )
    book.put("E3:F3", "年  月  日").put("A4:A8", "請\n求\n者").put("B4", "フリガナ").put("C4:F4").put("B5", "氏名").put(
        "C5:E5"
    ).put("F5", "㊞")
    book.put("B6", "住所").put("C6:F6", "〒").put("B7", "生年月日").put("C7:F7", "明・大・昭・平・令  年  月  日").put(
        "B8", "電話番号"
    ).put("C8:F8", "   -   -   ")
    book.put("A9:B9", "必要な証明").put("C9:F9", "□世帯全員 □世帯の一部").put("A10:B10", "通数").put(
        "C10:F10", "通"
    ).put("A11:B11", "使用目的").put("C11:F11")
    book.put("A12:F12", "※本人確認書類を提示してください。").put("A13:B13", "職員記入欄").put("C13:F13").close()
    return [
        ("氏名", "name"),
        ("住所", "address"),
        ("生年月日", "date"),
        ("電話番号", "phone"),
        ("必要な証明", "choices"),
        ("通数", "number"),
        ("使用目的", "long_text"),
    ]


def dog() -> list[tuple[str, str]]:
    book = Book("02-inu.xlsx")
    book.sheet.set_column("A:AZ", 2)
    book.put("A1:AN2", "犬の登録申請書").put("AA3:AN3", "令和  年  月  日").put("A4:J4", "みらい区長 様")
    book.put("A6:D9", "申請者\n(飼い主)").put("E6:J6", "住所(所在地)").put("K6:AN6").put("E7:J7", "ふりがな").put(
        "K7:AN7"
    )
    book.put("E8:J8", "氏名(名称)").put("K8:AJ8").put("AK8:AN8", "印").put("E9:J9", "電話").put(
        "K9:AN9", "(    )    -    "
    )
    book.put("A10:D15", "犬").put("E10:J10", "種類").put("K10:U10").put("V10:AA10", "毛色").put("AB10:AN10").put(
        "E11:J11", "生年月日"
    ).put("K11:U11", "年  月  日")
    book.put("V11:AA11", "性別").put("AB11:AN11", "オス・メス").put("E12:J12", "名前").put("K12:U12").put(
        "V12:AA12", "体格"
    ).put("AB12:AN12", "大・中・小")
    book.put("E13:J13", "特徴").put("K13:AN13").put("E14:J14", "犬の所在地").put("K14:AN14").put(
        "E15:J15", "マイクロチップ"
    ).put("K15:AN15", "有・無")
    book.put("A16:J16", "※登録番号").put("K16:AN16").put("A17:AN17", "注 鑑札は犬に着けてください。").close()
    return [
        ("住所(所在地)", "address"),
        ("氏名(名称)", "name"),
        ("電話", "phone"),
        ("種類", "short_text"),
        ("毛色", "short_text"),
        ("生年月日", "date"),
        ("性別", "choice"),
        ("名前", "short_text"),
        ("体格", "choice"),
        ("特徴", "short_text"),
        ("犬の所在地", "address"),
        ("マイクロチップ", "choice"),
    ]


def nursery() -> list[tuple[str, str]]:
    book = Book("03-hoiku.xlsx")
    book.put("A1:H1", "保育所等利用申込書").put("A2:B2", "保護者氏名").put("C2:E2").put("F2", "電話番号").put(
        "G2:H2"
    ).put("A3:B3", "保護者住所").put("C3:H3")
    book.put("A4:B4", "児童氏名").put("C4:E4").put("F4", "児童の生年月日").put("G4:H4", "年 月 日").put(
        "A5:B5", "性別"
    ).put("C5:H5", "男・女")
    book.put("A6:A10", "世帯の状況").put("B6", "氏名").put("C6", "続柄").put("D6", "生年月日").put(
        "E6", "勤務先名"
    ).put("F6:H6", "備考")
    for row in range(7, 11):
        book.put(f"B{row}").put(f"C{row}").put(f"D{row}").put(f"E{row}").put(f"F{row}:H{row}")
    book.put("A11:B11", "希望施設名").put("C11:H11").put("A12:B12", "利用開始希望日").put("C12:H12", "令和  年  月  日")
    book.put("A13:B13", "保育を必要とする理由").put("C13:H13", "□就労 □妊娠・出産 □疾病 □介護 □その他(   )").put(
        "A14:H14", "太枠の中を記入してください。"
    ).close()
    return [
        ("保護者氏名", "name"),
        ("電話番号", "phone"),
        ("保護者住所", "address"),
        ("児童氏名", "name"),
        ("児童の生年月日", "date"),
        ("性別", "choice"),
        ("氏名", "name"),
        ("続柄", "short_text"),
        ("生年月日", "date"),
        ("勤務先名", "short_text"),
        ("備考", "long_text"),
        ("希望施設名", "short_text"),
        ("利用開始希望日", "date"),
        ("保育を必要とする理由", "choices"),
    ]


def road() -> list[tuple[str, str]]:
    book = Book("06-doro.xlsx")
    book.put("A1:F1", "道路占用許可申請書").put("A2:C2", "みらい区長 あて").put(
        "A3:F3", "道路法第32条の規定により、次のとおり申請します。"
    )
    book.put("A4:B4", "1 申請者住所").put("C4:F4").put("A5:B5", "2 申請者氏名").put("C5:F5").put(
        "A6:B6", "3 担当者"
    ).put("C6:D6").put("E6", "連絡先").put("F6")
    book.put("A7:B7", "4 占用の場所").put("C7:F7").put("A8:B8", "5 占用の目的").put("C8:F8").put(
        "A9:B9", "6 占用物件"
    ).put("C9:F9").put("A10:B10", "7 占用面積").put("C10:F10", "㎡")
    book.put("A11:B11", "8 占用の期間(開始日)").put("C11:F11", "年 月 日").put("A12:B12", "9 占用の期間(終了日)").put(
        "C12:F12", "年 月 日"
    ).put("A13:B13", "10 復旧方法").put("C13:F13").put("A14:B14", "11 添付書類").put("C14:F14")
    book.put("A15:B16", "決裁").put("C15", "課長").put("D15", "係長").put("E15", "担当").put("F15", "受付印").put(
        "C16"
    ).put("D16").put("E16").put("F16").close()
    return [
        ("申請者住所", "address"),
        ("申請者氏名", "name"),
        ("担当者", "name"),
        ("連絡先", "phone"),
        ("占用の場所", "address"),
        ("占用の目的", "long_text"),
        ("占用物件", "short_text"),
        ("占用面積", "number"),
        ("占用の期間(開始日)", "date"),
        ("占用の期間(終了日)", "date"),
        ("復旧方法", "long_text"),
        ("添付書類", "file"),
    ]


def care() -> list[tuple[str, str]]:
    book = Book("07-kaigo.xlsx")
    book.put("A1:H1", "介護保険 要介護認定申請書").put("A2:A7", "被\n保\n険\n者").put("B2", "被保険者番号").put(
        "C2:H2"
    ).put("B3", "個人番号").put("C3:H3")
    book.put("B4", "氏 名").put("C4:E4").put("F4", "性 別").put("G4:H4", "男・女").put("B5", "生年月日").put(
        "C5:H5", "明・大・昭  年 月 日"
    ).put("B6", "住 所").put("C6:H6", "〒").put("B7", "電話番号").put("C7:H7")
    book.put("A8:A9", "主治医").put("B8", "医療機関名").put("C8:H8").put("B9", "主治医の氏名").put("C9:H9").put(
        "A10:B10", "申請の理由"
    ).put("C10:H10")
    book.put("A11:H11", "認定の結果を居宅介護支援事業者へ示すことに同意します。").put("A12:B12", "本人氏名(署名)").put(
        "C12:H12"
    ).put("A13:B13", "事務処理欄").put("C13:H13").close()
    return [
        ("被保険者番号", "short_text"),
        ("氏名", "name"),
        ("性別", "choice"),
        ("生年月日", "date"),
        ("住所", "address"),
        ("電話番号", "phone"),
        ("医療機関名", "short_text"),
        ("主治医の氏名", "name"),
        ("申請の理由", "long_text"),
        ("本人氏名(署名)", "name"),
    ]


def water() -> list[tuple[str, str]]:
    book = Book("09-suido.xlsx")
    book.put("A1:D1", "水道使用開始届").put("A2", "使用者氏名").put("B2:D2").put("A3", "使用場所").put("B3:D3").put(
        "A4", "使用開始日"
    ).put("B4:D4", "年  月  日").put("A5", "電話番号").put("B5:D5").put("A6", "メールアドレス(任意)").put("B6:D6").put(
        "A7", "支払方法"
    ).put("B7:D7", "口座振替・納付書・クレジットカード")
    book.put("A8:A12", "口座振替").put("B8", "金融機関名").put("C8:D8").put("B9", "支店名").put("C9:D9").put(
        "B10", "預金種別"
    ).put("C10:D10", "普通・当座").put("B11", "口座番号").put("C11:D11").put("B12", "口座名義人").put("C12:D12")
    book.more("注意事項").put("A1", "記入例を見てから記入してください。").put(
        "A2", "※使用開始の3日前までに届け出てください。"
    ).close()
    return [
        ("使用者氏名", "name"),
        ("使用場所", "address"),
        ("使用開始日", "date"),
        ("電話番号", "phone"),
        ("メールアドレス(任意)", "email"),
        ("支払方法", "choice"),
        ("振込先の口座", "bank_account"),
    ]


def tax() -> list[tuple[str, str]]:
    book = Book("10-zei.xlsx")
    book.put("A1:F1", "税証明交付申請書").put("A2:B2", "窓口に来た人の氏名").put("C2:F2").put(
        "A3:B3", "窓口に来た人の住所"
    ).put("C3:F3").put("A4:B4", "必要な人との関係").put("C4:F4", "本人・同一世帯・代理人・その他").put(
        "A5:B5", "必要な人の氏名"
    ).put("C5:F5").put("A6:B6", "必要な人の生年月日").put("C6:F6", "年 月 日")
    book.put("A7:C7", "証明の種類").put("D7", "年度").put("E7:F7", "通数")
    for row in (8, 9, 10):
        book.put(f"A{row}:C{row}").put(f"D{row}").put(f"E{row}:F{row}")
    book.put("A11:B11", "手数料の額").put("C11:F11", "円").put("A12:F12", "裏面もお読みください。").close()
    return [
        ("窓口に来た人の氏名", "name"),
        ("窓口に来た人の住所", "address"),
        ("必要な人との関係", "choice"),
        ("必要な人の氏名", "name"),
        ("必要な人の生年月日", "date"),
        ("証明の種類", "short_text"),
        ("年度", "short_text"),
        ("通数", "number"),
        ("手数料の額", "money"),
    ]


MAKERS: list[Any] = [residence, dog, nursery, subsidy, hall, road, care, event, water, tax]


def main() -> None:
    names = sorted([*(f"{number:02}" for number in range(1, 11))])
    truth = {number: maker() for number, maker in zip(names, MAKERS, strict=True)}
    files = {path.name[:2]: path.name for path in HERE.iterdir() if path.suffix in {".xlsx", ".docx"}}
    written = {files[number]: expected for number, expected in truth.items()}
    (HERE / "truth.json").write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
