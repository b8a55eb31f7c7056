from django.apps import AppConfig


class RoadmapsConfig(AppConfig):
    name = "todoke.roadmaps"
    verbose_name = "導入計画"
