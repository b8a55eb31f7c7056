from django.apps import AppConfig


class FormbuilderConfig(AppConfig):
    name = "todoke.formbuilder"
    verbose_name = "様式"
