from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "todoke.audit"
    verbose_name = "監査"
