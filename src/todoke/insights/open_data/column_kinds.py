"""Column kinds 列の種類: what a column holds, told by its standard set, its header, or nearly all of its values."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from todoke.insights.open_data.standard_sets import standard_name, standard_sets


class Kind(StrEnum):
    """列の種類: what a value of the column must be."""

    TEXT = "text"
    PHONE = "phone"
    POSTAL = "postal"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    CODE = "code"
    PREFECTURE = "prefecture"
    CITY = "city"
    CORPORATE = "corporate"
    URL = "url"
    TIME = "time"
    DATE = "date"
    NUMBER = "number"
    READING = "reading"
    MARK = "mark"
    KEY = "key"


TYPED = frozenset(Kind) - {Kind.TEXT, Kind.MARK, Kind.KEY, Kind.PREFECTURE, Kind.CITY}
_UNITS = "㎡|㎥|m2|m3|m|km|cm|mm|ha|a|人|名|台|円|千円|件|戸|世帯|個|本|基|箇所|か所|kg|t|l|L|kWh|%"
_DAYS = (
    "年月日|実施日|開設日|指定日|開始日|終了日|登録日|更新日|公開日|掲載日|調査日|作成日|認可日|設置日|発行日"
    "|施行日|締切日|期限日|竣工日|完成日|廃止日|変更日|制定日|開催日"
)
_HEADERS = (
    (Kind.PHONE, re.compile("(電話|FAX|ファックス|ファクス)(番号)?$|^TEL$", re.IGNORECASE)),
    (Kind.POSTAL, re.compile("郵便番号$")),
    (Kind.LATITUDE, re.compile("緯度$")),
    (Kind.LONGITUDE, re.compile("経度$")),
    (Kind.CODE, re.compile("(市区町村|地方公共団体|都道府県|団体)コード$")),
    (Kind.CORPORATE, re.compile("法人番号$")),
    (Kind.URL, re.compile("(URL|ホームページ|HPアドレス|ウェブサイト|Webサイト)$", re.IGNORECASE)),
    (Kind.TIME, re.compile("(開始|終了)(時間|時刻)(平日|土曜|日曜|土曜日|日曜日|祝日|学校休日)?$")),
    (Kind.DATE, re.compile(f"({_DAYS})$")),
    (Kind.READING, re.compile("[_ ]?(カナ|カタカナ|フリガナ)$")),
    (Kind.NUMBER, re.compile(rf"\(({_UNITS})\)$|(平方メートル|立方メートル|リットル)$", re.IGNORECASE)),
    (Kind.KEY, re.compile("^(ID|NO)$", re.IGNORECASE)),
    (Kind.PREFECTURE, re.compile("(^|_)都道府県(名)?$")),
    (Kind.CITY, re.compile("(^|_)市区町村(名)?$")),
)
_OF_STANDARD = {"number": Kind.NUMBER, "time": Kind.TIME, "date": Kind.DATE, "url": Kind.URL, "mark": Kind.MARK}
_PLAIN_OR_GROUPED = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
MOSTLY = 0.8


def kind_of(header: str, title: str | None) -> Kind:
    """Return the kind of a column of the set ``title``, or of any table where it is None."""
    name = standard_name(header)
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).translate({ord("―"): "ー"})
    told = next((kind for kind, pattern in _HEADERS if pattern.search(folded)), None)
    if told is None and title is not None and (column := standard_sets()[title].get(name)):
        told = _OF_STANDARD.get(column.kind)
    return told or Kind.TEXT


def is_number_column(values: Iterable[str]) -> bool:
    """Whether at least four of five values are numbers, and one of them has its thousands parted."""
    filled = [value for value in values if value]
    numbers = sum(_PLAIN_OR_GROUPED.fullmatch(value) is not None for value in filled)
    return numbers >= max(2, MOSTLY * len(filled)) and any(_GROUPED.fullmatch(value) for value in filled)
