from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "todoke.demo"
    verbose_name = "デモ区"
