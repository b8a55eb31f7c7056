from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "todoke.design"
    verbose_name = "意匠"
