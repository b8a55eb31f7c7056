from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "todoke.reviews"
    verbose_name = "見直し"
