"""``./todoke sbom``: print the libraries that the product runs on, as CycloneDX."""

import json
import tomllib
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from todoke.installation.bill_of_materials import bill_of_materials


class Command(BaseCommand):
    help = "動かすのに使うライブラリの一覧(SBOM、CycloneDX 1.6 の JSON)を書き出します。"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        project = tomllib.loads((settings.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        self.stdout.write(json.dumps(bill_of_materials(project["version"]), ensure_ascii=False, indent=1))
