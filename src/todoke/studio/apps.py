from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "todoke.studio"
    verbose_name = "設計"
