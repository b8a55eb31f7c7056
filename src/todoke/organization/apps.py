from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "todoke.organization"
    verbose_name = "組織"
