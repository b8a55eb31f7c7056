from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "todoke.lists"
    verbose_name = "一覧"
