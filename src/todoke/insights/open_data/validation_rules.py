"""Defects データの不備: the rules of the validator, with their levels and what each says to a person."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """重さ: what stops publication, what needs a look, what is a note."""

    ERROR = "E"
    WARNING = "W"
    NOTE = "N"


E, W, N = Level.ERROR, Level.WARNING, Level.NOTE


@dataclass(frozen=True)
class Rule:
    """検査の規則: its level, what it finds, and what a person does about it."""

    level: Level
    finds: str
    remedy: str


RULES = {
    "V01": Rule(E, "文字コードがUTF-8ではありません", "UTF-8に直します"),
    "V02": Rule(N, "ファイル名が「団体コード_名前.csv」の形ではありません", "例: 222127_aed.csv"),
    "V03": Rule(N, "行の終わりがCRLFではありません", "CRLFに直します"),
    "V04": Rule(E, "空の行か、見出しと列の数が違う行です", "空の行は除きます。列が足りない行は空欄で補います"),
    "V05": Rule(E, '引用符「"」が閉じていません', '元の表でその欄の「"」を確かめてください'),
    "V06": Rule(E, "区切りがコンマではありません", "コンマ区切りに直します"),
    "V07": Rule(E, "文字だけのファイルではありません", "Excelなどで開き、CSV(UTF-8)で保存し直してください"),
    "V10": Rule(E, "見出しが空の列です", "列に名前を付けます。値のない列は除きます"),
    "V11": Rule(E, "見出しが標準の名前に見えますが、違う文字や前後の空白があります", "標準の名前に直します"),
    "V12": Rule(E, "同じ見出しが二つあります", "後の列の名前を変えます"),
    "V13": Rule(N, "見出しの表記が標準と違います", "標準の名前に直します"),
    "V14": Rule(E, "標準で必須の列がありません", "列を足してください"),
    "V15": Rule(W, "標準で必須の値が空です", "所管課に確かめてください"),
    "V16": Rule(W, "項目の説明の行(#property)がデータに混じっています", "その行を除きます"),
    "V17": Rule(W, "合計か、区切りの見出しの行がデータに混じっています", "その行を除きます"),
    "V20": Rule(W, "値の前後に空白があります", "空白を除きます"),
    "V21": Rule(W, "欄の中で改行しています", "「。」か空白に替えます"),
    "V22": Rule(E, "目に見えない文字か、外字があります", "目に見えない文字を除きます"),
    "V23": Rule(W, "半角カタカナです", "全角カタカナに直します"),
    "V24": Rule(W, "表計算ソフトが計算式と読む値です", "文字として正しいか確かめてください"),
    "V25": Rule(W, "「ない」ことを表す記号です", "空欄にします"),
    "V26": Rule(W, "電話番号に全角の文字があります", "半角に直します"),
    "V30": Rule(E, "団体コードが正しくありません", "6桁の団体コードに直してください"),
    "V31": Rule(E, "法人番号が正しくありません", "13桁の番号を確かめてください"),
    "V32": Rule(E, "緯度・経度が数でないか、入れ替わっています", "緯度は20～46、経度は122～154です"),
    "V33": Rule(E, "都道府県名・市区町村名が団体コードと合いません", "コードか名前を直してください"),
    "V34": Rule(N, "緯度・経度の小数が3桁以下です", "測り直すと位置が正確になります"),
    "V35": Rule(W, "一つの電話番号ではありません", "番号を一つにし、残りは備考に書いてください"),
    "V36": Rule(W, "郵便番号の形ではありません", "123-4567の形にします"),
    "V37": Rule(W, "時刻の形ではありません", "HH:MMの形にします"),
    "V38": Rule(W, "日付の形ではありません", "YYYY-MM-DDの形にします。期間は列を二つに分けてください"),
    "V39": Rule(W, "数に桁区切りか単位が付いています", "数だけにします"),
    "V40": Rule(W, "読みがカタカナではありません", "カタカナと「ー」にします"),
    "V41": Rule(W, "ウェブのアドレスの形ではありません", "http:// か https:// で始まるアドレスにしてください"),
    "V42": Rule(E, "同じIDが二度あります", "後の行に新しいIDを付けます"),
    "V43": Rule(W, "同じ内容の行が二度あります", "どちらかを除いてください"),
    "V44": Rule(W, "一つの列に、違う二つの丸(○と〇)があります", "○に揃えます"),
    "V45": Rule(N, "一つの列に、電話番号の書き方が二つあります", "どちらかに揃えてください"),
    "V46": Rule(N, "時刻の頭に0がありません", "08:30の形にします"),
    "V47": Rule(W, "位置が市区町村の外です", "位置を確かめてください"),
    "V50": Rule(W, "個人の連絡先かもしれません", "公表してよいか、人が確かめてください"),
}


@dataclass(frozen=True)
class Defect:
    """データの不備: rule and place. ``record`` 1 is the header, 0 the whole file; columns count from 1, 0 is a record.

    ``line`` is the physical line on which the record begins. ``repair`` is the value that the cell would get, None
    where only a person can know it.
    """

    rule: str
    record: int = 0
    line: int = 0
    column: int = 0
    header: str = ""
    value: str = ""
    repair: str | None = None

    @property
    def level(self) -> Level:
        return RULES[self.rule].level
