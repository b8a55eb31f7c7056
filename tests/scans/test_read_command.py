"""Without the extra the command says so with its own exit code, and reads nothing."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.cast import scans


def test_without_a_reader_the_command_ends_with_three(settings: Settings, tmp_path: Path) -> None:
    settings.READER = "none"
    form, template = tmp_path / "form.png", tmp_path / "t.json"
    form.write_bytes(scans.png())
    template.write_text(json.dumps({"template": "t", "fields": []}))
    with pytest.raises(CommandError, match="extras reading") as ended:
        call_command("read", form, template=template)
    assert ended.value.returncode == 3
