from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "todoke.cases"
    verbose_name = "案件"
