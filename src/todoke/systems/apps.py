from django.apps import AppConfig


class SystemsConfig(AppConfig):
    name = "todoke.systems"
    verbose_name = "システム台帳"
