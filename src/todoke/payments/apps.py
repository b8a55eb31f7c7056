from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "todoke.payments"
    verbose_name = "納付・日計"
