from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "todoke.notices"
    verbose_name = "通知"
