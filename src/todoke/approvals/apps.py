from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "todoke.approvals"
    verbose_name = "決裁"
