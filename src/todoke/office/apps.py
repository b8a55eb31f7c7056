from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "todoke.office"
    verbose_name = "職員"
