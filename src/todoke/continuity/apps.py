from django.apps import AppConfig


class ContinuityConfig(AppConfig):
    name = "todoke.continuity"
    verbose_name = "業務継続"
