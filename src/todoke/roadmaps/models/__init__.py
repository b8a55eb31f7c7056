"""導入計画の模型: roadmaps with their items and stages, and saved weights of the ranking."""

from todoke.roadmaps.models.roadmap import Capacity, Precondition, Roadmap, RoadmapItem, Stage
from todoke.roadmaps.models.weight_scenario import WeightScenario

__all__ = ["Capacity", "Precondition", "Roadmap", "RoadmapItem", "Stage", "WeightScenario"]
