"""The drawings and addresses of a real town, taken in as the demo does."""

from functools import cache

from tests import cast
from todoke.accounts.actors import System
from todoke.demo import places as demo
from todoke.organization.models import Department
from todoke.places.map_layer_import import LayerReading
from todoke.places.models import AddressList, MapLayer, MapLayerVersion


@cache
def reading(code: str) -> LayerReading:
    """The shipped drawing of ``zones`` or ``roads``, read once."""
    return demo.drawing(code)


def drawn(code: str, section: Department | None = None, *, accuracy_m: float = 2.5) -> MapLayerVersion:
    """A version of a shipped drawing, of the planning section."""
    name, day = demo.DRAWN[code]
    section = section or cast.department("都市計画課", "7002")
    layer, _ = MapLayer.objects.get_or_create(code=code, defaults={"name": name, "department": section})
    return layer.take_in(
        reading(code), source=demo.SOURCE, licence=demo.LICENCE, as_of=day, accuracy_m=accuracy_m,
        plane_system=demo.PLANE, by=System(),
    )  # fmt: skip


def addresses(rows: str = "") -> AddressList:
    """The shipped list of addresses, or one of these rows."""
    found = demo.address_list()
    table = f"住所,緯度,経度\n{rows}" if rows else (demo.FOLDER / "addresses.csv").read_text(encoding="utf-8")
    found.take_in(table, by=System())
    return found
