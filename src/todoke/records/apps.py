from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "todoke.records"
    verbose_name = "公文書"
