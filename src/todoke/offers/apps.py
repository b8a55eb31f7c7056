from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "todoke.offers"
    verbose_name = "公開版"
