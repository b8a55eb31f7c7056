from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "todoke.insights"
    verbose_name = "指標"
