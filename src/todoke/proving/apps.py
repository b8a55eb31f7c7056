from django.apps import AppConfig


class ProvingConfig(AppConfig):
    name = "todoke.proving"
    verbose_name = "検証"
