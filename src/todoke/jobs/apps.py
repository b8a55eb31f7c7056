from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "todoke.jobs"
    verbose_name = "予約作業"
