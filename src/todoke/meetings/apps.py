from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "todoke.meetings"
    verbose_name = "会議・宿題"
