"""Town plan 都市計画の自己確認: zone and planned roads of a point, with all that the drawing leaves open."""

from collections.abc import Sequence
from dataclasses import dataclass

from todoke.places.map_position import NEAR_M, Band, MapIndex, Position

NO_PROOF = "証明ではありません。建てる前に、担当の窓口で確かめてください。"
UNKNOWN_STAGE = "この道路がどの段階かは、まだ登録されていません。"


@dataclass(frozen=True)
class ZoneFinding:
    """用途地域: a zone in which the point lies, or may lie; building coverage and floor area ratio in per cent."""

    name: str
    coverage: int | None
    floor_area: int | None
    position: Position


@dataclass(frozen=True)
class RoadFinding:
    """計画道路: an outline that the point lies in or near, with the band of metres to its edge."""

    number: str
    band: Band
    closed: bool

    @property
    def in_words(self) -> str:
        if not self.closed:
            return f"計画の線まで{self.band.in_words}。線が閉じていないので、内側かどうかは分かりません。"
        return f"{self.band.position.value}({self.band.in_words})。"


@dataclass(frozen=True)
class PlanAnswer:
    """都市計画の確認結果: zones and roads of a point; two zones near a border, and both are said."""

    zones: Sequence[ZoneFinding]
    roads: Sequence[RoadFinding]
    accuracy_m: float

    @property
    def near_border(self) -> bool:
        """Whether the drawing leaves open in which zone the point lies."""
        return any(each.position == Position.UNCLEAR for each in self.zones)

    @property
    def sentences(self) -> list[str]:
        """The answer in words; never more certain than the drawing."""
        names = list(dict.fromkeys(each.name for each in self.zones))
        if not names:
            said = ["この場所に用途地域は描かれていません。区域の外か、定めのない場所です。"]
        elif self.near_border:
            outside = "" if len(names) > 1 else "、または用途地域の定めのない場所"
            said = [f"境に近いため、{'か、'.join(names)}{outside}のどちらかです(図面の精度は{self.accuracy_m:.0f}m)。"]
        else:
            said = [f"用途地域は{'と'.join(names)}です。"]
        return [*said, *(f"計画道路 {each.number}: {each.in_words}" for each in self.roads), NO_PROOF]


def check_point(x: float, y: float, *, accuracy_m: float, zones: MapIndex, roads: MapIndex) -> PlanAnswer:
    """Return what concerns a point in metres of the plane; ``accuracy_m`` is that of drawing and point together."""
    found = []
    for area in zones.near(x, y, accuracy_m):
        position = area.band(x, y, accuracy_m).position
        if position != Position.OUTSIDE:
            ratios = (area.attributes.get("SAFIELD002"), area.attributes.get("SAFIELD001"))
            coverage, floor_area = (int(each) if isinstance(each, int | float) else None for each in ratios)
            found.append(ZoneFinding(area.name, coverage, floor_area, position))
    lines = [RoadFinding(each.number, each.band(x, y, accuracy_m), each.closed) for each in roads.near(x, y, NEAR_M)]
    return PlanAnswer(found, lines, accuracy_m)
