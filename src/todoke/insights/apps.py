from importlib import import_module

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "todoke.insights"
    verbose_name = "指標"

    def ready(self) -> None:
        """Listen to the cases, once every model is known."""
        import_module("todoke.insights.receivers")
