from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "todoke.procedures"
    verbose_name = "手続"
