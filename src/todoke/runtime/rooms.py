"""Rooms 部屋: what a room of the program brings along, declared as plain data in its ``apps.py``."""

from collections.abc import Iterator, Mapping
from datetime import time, timedelta
from importlib import import_module
from pathlib import Path
from typing import ClassVar

from django.apps import AppConfig, apps

Schedule = timedelta | time
"""Every so often, or every day at a time of day in Japan."""


class RoomConfig(AppConfig):
    """部屋の宣言: periodic tasks, notice templates, listeners, permissions and navigation of one room.

    ``periodic`` maps a Japanese name to the dotted path of a task and its schedule. ``notice_templates`` is a TOML file
    beside the room (code, title, subject, body). ``receivers`` is a module that is imported once all models are known.
    ``permissions`` is a module whose constants say which roles may do its acts (see ``organization.permissions``).
    ``mailed_links`` is a module whose constants are the purposes of its mailed links (``notices.link_purpose``).
    A face has two more: ``navigation``, a module with its ``FACES`` and its ``RAIL`` (see ``design.navigation``), and
    ``segment``, the first word of its addresses, which lie in its ``urls`` (the portal owns the root);
    its ``permissions`` say in ``ENTRANCES`` who may open them.
    """

    periodic: ClassVar[Mapping[str, tuple[str, Schedule]]] = {}
    notice_templates: ClassVar[str] = ""
    receivers: ClassVar[str] = ""
    permissions: ClassVar[str] = ""
    mailed_links: ClassVar[str] = ""
    navigation: ClassVar[str] = ""
    segment: ClassVar[str] = ""

    default = False
    """Django takes the one class of ``apps.py`` that is a default: never this one, always the room's own."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.default = True

    def ready(self) -> None:
        """Import the listeners of the room."""
        if self.receivers:
            import_module(self.receivers)


def rooms() -> Iterator[RoomConfig]:
    """Return every installed room, in the order of ``INSTALLED_APPS``."""
    return (config for config in apps.get_app_configs() if isinstance(config, RoomConfig))


def periodic_tasks() -> dict[str, tuple[str, Schedule]]:
    """Return every periodic task of all rooms: name → (path of the task, schedule)."""
    return {name: entry for room in rooms() for name, entry in room.periodic.items()}


def notice_files() -> list[Path]:
    """Return the files of notice templates that the rooms bring."""
    return [Path(room.path) / room.notice_templates for room in rooms() if room.notice_templates]
