from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "todoke.accounts"
    verbose_name = "利用者"
