"""Places of the demo ward: real drawings and addresses of 焼津市, and shelters whose reports are invented."""

from datetime import date
from pathlib import Path

from todoke import places
from todoke.accounts.actors import System
from todoke.demo.people import people_by_key
from todoke.organization.models import Department
from todoke.organization.permissions import departments_of
from todoke.places.map_layer_import import LayerReading, read_layer, read_layers
from todoke.places.models import AddressList, MapLayer, OccupancyPoint, Place

FOLDER = Path(places.__file__).parent / "data" / "planning"
SOURCE, LICENCE = "焼津市オープンデータ(見本)", "PDL1.0"
PLANE, ACCURACY_M, ADDRESS_M = 8, 2.5, 50.0
"""The system of 静岡県; a drawing at 1:2,500 is held for 2.5 m off; three of four addresses that two files of the city
give lie within 45 m of each other."""
DRAWN = {"zones": ("用途地域", date(2025, 2, 14)), "roads": ("都市計画道路", date(2024, 4, 5))}
HALLS = (
    ("中央図書館(架空)", "【開館時間】9:00～19:00 【休館日】月曜日（祝休日の場合は、翌平日）"),
    ("区民会館(架空)", "【開館時間】9:00～21:30 【休館日】12月29日から翌年１月３日まで"),
    ("北地域交流センター(架空)", "不定期"),
)
SHELTERS = (("中央小学校(架空)", 300, "some"), ("北中学校(架空)", 450, "free"), ("南公民館(架空)", 120, ""))


def build() -> None:
    """Take the drawings and addresses in, and open two of three shelters with a report."""
    section = Department.objects.get(name="都市計画課")
    for code, (name, day) in DRAWN.items():
        layer = MapLayer.objects.create(code=code, name=name, department=section)
        layer.take_in(
            drawing(code), source=SOURCE, licence=LICENCE, as_of=day, accuracy_m=ACCURACY_M, plane_system=PLANE,
            by=System(),
        )  # fmt: skip
    address_list().take_in((FOLDER / "addresses.csv").read_text(encoding="utf-8"), by=System())
    _shelters()
    _halls()


def drawing(code: str) -> LayerReading:
    """Return the shipped drawing of the zones or the planned roads."""
    return read_layers(sorted(FOLDER.glob("*地域.shp"))) if code == "zones" else read_layer(FOLDER / "都市計画道路.shp")


def address_list() -> AddressList:
    """Return the head of the shipped list of addresses, not kept yet."""
    return AddressList(
        municipality="静岡県焼津市", source=SOURCE, licence=LICENCE, as_of=date(2025, 9, 9), accuracy_m=ADDRESS_M
    )


def _halls() -> None:
    section = Department.objects.get(name="地域振興課")
    for number, (name, hours) in enumerate(HALLS, start=1):
        Place.objects.create(
            code=f"hall-{number}", name=name, hours_text=hours, address="中央一丁目(架空)", department=section,
            phone="03-0000-0000", source="見本",
        )  # fmt: skip


def _shelters() -> None:
    clerk = people_by_key()["clerk"]
    section = departments_of(clerk)[0]
    for number, (name, capacity, level) in enumerate(SHELTERS, start=1):
        place = Place.objects.create(code=f"demo-{number}", name=name, address="中央一丁目(架空)", source="見本")
        point = OccupancyPoint.objects.create(place=place, department=section, kind="shelter", capacity=capacity)
        if level:
            point.open(by=clerk)
            point.report(level, by=clerk)
