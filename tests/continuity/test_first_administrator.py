"""The first administrator is registered with one command, and only where there is none."""

import io

import pytest
from django.core.management import CommandError, call_command

from todoke.accounts.models import User
from todoke.organization.models import Post, Tenure
from todoke.runtime.command_list import command_list, is_asked

pytestmark = pytest.mark.django_db
WORDS = ("admin@example.lg.jp", "--name", "井上 学", "--department", "DX推進課", "--code", "1002")


def test_the_first_administrator_is_registered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda _: "long-enough-secret-7")
    out = io.StringIO()
    call_command("administrator", *WORDS, stdout=out)
    assert "井上 学さんを登録しました" in out.getvalue()
    post = Tenure.objects.get(user__email="admin@example.lg.jp").post
    assert (post.department.name, post.role) == ("DX推進課", Post.Role.ADMINISTRATOR)
    with pytest.raises(CommandError, match="もう登録されています"):
        call_command("administrator", "second@example.lg.jp", *WORDS[1:])
    assert User.objects.count() == 1


def test_a_weak_word_registers_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda _: "1234")
    with pytest.raises(CommandError):
        call_command("administrator", *WORDS)
    assert not User.objects.exists()


def test_the_commands_are_listed_in_japanese_without_those_of_the_framework() -> None:
    assert [is_asked(words) for words in ([], ["--help"], ["help"], ["backup", "--help"])] == [True, True, True, False]
    listed = command_list()
    for words in ("administrator", "最初のシステム管理担当を登録します", "backup", "使い方: ./todoke コマンド"):
        assert words in listed
    assert "flush" not in listed
