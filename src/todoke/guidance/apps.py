from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "todoke.guidance"
    verbose_name = "案内"
