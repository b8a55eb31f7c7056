from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "todoke.flows"
    verbose_name = "業務フロー"
