from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    name = "todoke.runtime"
    verbose_name = "運転"
