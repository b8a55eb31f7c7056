"""Places models 場所: places, drawings of the town, and how full shelters and counters are."""

from todoke.places.models.map_layer import MapFeature, MapLayer, MapLayerVersion
from todoke.places.models.occupancy_point import OccupancyPoint, OccupancyReport
from todoke.places.models.place import Place

__all__ = ["MapFeature", "MapLayer", "MapLayerVersion", "OccupancyPoint", "OccupancyReport", "Place"]
