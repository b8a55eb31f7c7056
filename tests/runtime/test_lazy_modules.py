"""A process does not hold the libraries and lists that few acts need until one of these acts is done in it."""

import os
import subprocess
import sys

import pytest

from todoke.japanese.banks import bank_code
from todoke.lazy_modules import LazyModule

HELD = (
    "import sys, django; django.setup(); from importlib import import_module;"
    "import todoke.urls;"
    "from todoke.runtime.rooms import periodic_tasks;"
    "[import_module(path.rpartition('.')[0]) for path, _ in periodic_tasks().values()];"
    "held = {'polars', 'numpy', 'shapely', 'highspy', 'pypdf', 'typst', 'xlsxwriter', 'zengin_code'};"
    "print(sorted(held & set(sys.modules)))"
)


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_process_holds_neither_libraries_nor_the_list_of_banks_before_it_needs_them() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "todoke.settings", "PYTHONPATH": "src"}
    done = subprocess.run([sys.executable, "-c", HELD], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_what_is_asked_of_a_lazy_module_is_of_the_module_itself() -> None:
    assert LazyModule("json").dumps({"a": 1}) == '{"a": 1}'
    with pytest.raises(AttributeError):
        LazyModule("json").nothing_of_this_name  # noqa: B018 - asking is the act
    assert bank_code("みずほ銀行") == "0001"
