from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "todoke.board"
    verbose_name = "推進本部"
