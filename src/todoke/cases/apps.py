from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "todoke.cases"
    verbose_name = "案件"

    def ready(self) -> None:
        """Listen to the engines below, once every model is known."""
        import_module("todoke.cases.receivers")
