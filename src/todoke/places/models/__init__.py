"""Places models 場所: places, drawings of the town, and how full shelters and counters are."""

from todoke.places.models.address_list import AddressList, AddressPoint
from todoke.places.models.map_layer import MapFeature, MapLayer, MapLayerVersion
from todoke.places.models.occupancy_point import OccupancyPoint, OccupancyReport
from todoke.places.models.place import Place
from todoke.places.models.place_closure import PlaceClosure

__all__ = [
    "AddressList",
    "AddressPoint",
    "MapFeature",
    "MapLayer",
    "MapLayerVersion",
    "OccupancyPoint",
    "OccupancyReport",
    "Place",
    "PlaceClosure",
]  # fmt: skip
