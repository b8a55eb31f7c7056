from datetime import timedelta

from todoke.runtime.rooms import RoomConfig


class ExampleConfig(RoomConfig):
    name = "tests.example"
    verbose_name = "例"
    periodic = {"例の作業": ("tests.example.tasks.greet", timedelta(minutes=1))}
    notice_templates = "notices.toml"
    permissions = "tests.example.permissions"
    navigation = "tests.example.navigation"
    segment = "example"
