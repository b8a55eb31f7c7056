from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "todoke.operation"
    verbose_name = "運転"
