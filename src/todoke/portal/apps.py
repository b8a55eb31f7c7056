from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "todoke.portal"
    verbose_name = "住民"
