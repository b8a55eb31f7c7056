from todoke.runtime.rooms import RoomConfig


class RoadmapsConfig(RoomConfig):
    name = "todoke.roadmaps"
    verbose_name = "導入計画"
    permissions = "todoke.roadmaps.permissions"
