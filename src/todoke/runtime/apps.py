from todoke.runtime.rooms import RoomConfig


class RuntimeConfig(RoomConfig):
    name = "todoke.runtime"
    verbose_name = "運転"
    receivers = "todoke.runtime.production"

    def ready(self) -> None:
        """Import the listeners, and keep in its thread what belongs to a request."""
        from todoke.runtime.processes.thread_locals import use_thread_locals  # noqa: PLC0415 - a list of rooms is read before the models

        super().ready()
        use_thread_locals()
