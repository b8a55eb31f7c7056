from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "todoke.rounds"
    verbose_name = "棚卸"
