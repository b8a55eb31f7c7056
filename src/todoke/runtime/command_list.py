"""The list of commands コマンドの一覧: what ``./todoke`` alone prints, in Japanese; the framework's own come last."""

from collections.abc import Iterator, Sequence

from django.core.management import get_commands, load_command_class

ASKED: tuple[set[str], ...] = ({"help"}, {"--help"}, {"-h"}, set())
FRAMEWORK = ("migrate", "shell", "dbshell")


def is_asked(words: Sequence[str]) -> bool:
    """Whether the words after ``./todoke`` ask for the list."""
    return set(words) in ASKED


def own_commands() -> Iterator[tuple[str, str]]:
    """Yield name and purpose of each command of the product, by name."""
    for name, room in sorted(get_commands().items()):
        if isinstance(room, str) and room.startswith("todoke."):
            yield name, load_command_class(room, name).help.partition("。")[0]


def command_list() -> str:
    """Return the list as text: one command a line."""
    rows = list(own_commands())
    width = max((len(name) for name, _ in rows), default=0)
    lines = [f"  {name:{width}}  {purpose}" for name, purpose in rows]
    return "\n".join(
        [
            "使い方: ./todoke コマンド [条件]", "", *lines, "",
            "それぞれの条件は「./todoke コマンド --help」で出ます。",
            f"土台(Django)のコマンドも使えます: {'、'.join(FRAMEWORK)} など。",
        ]
    )  # fmt: skip
