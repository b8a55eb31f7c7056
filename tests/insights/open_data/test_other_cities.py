"""The rules hold for files of other cities: from Sapporo to Ishigaki nothing right is called wrong."""

import pytest

from todoke.insights.open_data.repairs import repair
from todoke.insights.open_data.validator import validate

HEADER = "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,住所,緯度,経度,電話番号,郵便番号"
CITIES = {
    "011002": ("北海道", "札幌市", "43.062083", "141.354389", "011-211-2111", "060-8611"),
    "131148": ("東京都", "中野区", "35.707399", "139.663835", "03-3389-1111", "164-8501"),
    "132098": ("東京都", "町田市", "35.546560", "139.438730", "042-722-3111", "194-8520"),
    "342025": ("広島県", "呉市", "34.249243", "132.565806", "0823-25-3100", "737-8501"),
    "472077": ("沖縄県", "石垣市", "24.344795", "124.157172", "0980-82-9911", "907-8501"),
}
ANY = pytest.mark.parametrize("code", CITIES)


def file_of(city_code: str, **changed: str) -> bytes:
    prefecture, city, latitude, longitude, phone, postal = CITIES[city_code]
    cells = {
        "code": city_code, "no": "1", "prefecture": prefecture, "city": city, "name": "本庁舎",
        "reading": "ホンチョウシャ",
        "address": f"{prefecture}{city}一丁目1番1号", "latitude": latitude, "longitude": longitude, "phone": phone,
        "postal": postal,
    }  # fmt: skip
    return f"{HEADER}\r\n{','.join((cells | changed).values())}\r\n".encode()


def found(city_code: str, **changed: str) -> list[tuple[str, int, int]]:
    report = validate(file_of(city_code, **changed), f"{city_code}_facilities.csv")
    return [(one.rule, one.record, one.column) for one in report.defects]


@ANY
def test_a_right_file_of_any_city_is_clean(code: str) -> None:
    assert found(code) == []


@ANY
def test_faults_are_found_at_their_place_in_any_city(code: str) -> None:
    elsewhere = "472077" if code != "472077" else "011002"
    assert found(code, city=CITIES[elsewhere][1]) == [("V33", 2, 4)]
    assert found(code, latitude="36.000001", longitude="138.000001") == [("V47", 2, 8)]
    assert found(code, code=f"{code[:5]}{(int(code[5]) + 1) % 10}") == [("V30", 2, 1)]
    assert found(code, postal=CITIES[code][5].replace("-", "")) == [("V36", 2, 11)]
    assert found(code, phone=f"{CITIES[code][4]} ") == [("V20", 2, 10)]


@ANY
def test_a_code_without_its_check_digit_is_completed_in_any_city(code: str) -> None:
    [wrong] = validate(file_of(code, code=code[:5].lstrip("0")), f"{code}_facilities.csv").defects
    assert (wrong.rule, wrong.repair) == ("V30", code)
    assert repair(file_of(code, code=code[:5].lstrip("0"))).content == b"\xef\xbb\xbf" + file_of(code)
