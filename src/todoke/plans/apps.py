from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "todoke.plans"
    verbose_name = "計画"
