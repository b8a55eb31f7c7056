"""The page before the opening says what is missing, and says it no more once it is there."""

import pytest
from django.utils import timezone

from tests import cast
from tests.cast.appearance import LINKS
from tests.cast.cases import counter
from tests.cast.personnel import administrator
from todoke.continuity.models import RecoveryCheck
from todoke.installation.appearance import publish_appearance
from todoke.installation.preparation import steps
from todoke.jobs.models import PeriodicTask

pytestmark = pytest.mark.django_db


def missing() -> dict[str, str]:
    return {step.title: step.missing for step in steps() if not step.is_done}


def test_an_empty_installation_lacks_everything_but_a_release_of_a_restored_copy() -> None:
    assert {step.title for step in steps()} - set(missing()) == {
        "差止めを解除する", "職員を招待し、ログインできるようにする", "職員がみな、二つ目の認証の手段を登録する",
        "受け付ける部署に、決裁する課長を置く",
    }  # fmt: skip


def test_what_was_done_is_missing_no_more() -> None:
    by = administrator()
    assert "いまは1人です" in missing()["システム管理担当を二人以上置く"]
    every = LINKS | dict.fromkeys(("privacy", "terms", "contact"), "https://www.city.example.lg.jp/")
    publish_appearance(name="みなと台市", accent="", links=LINKS, logo=None, by=by)
    assert "個人情報の取扱い" in missing()["住民のページの下のリンクをそろえる"]
    publish_appearance(name="みなと台市", accent="", links=every, logo=None, by=by)
    cast.staff("別の人", "second@example.lg.jp", "administrator", cast.department("DX推進課", "9"))
    counter()
    PeriodicTask.objects.create(name="x", next_at=timezone.now())
    RecoveryCheck.register(RecoveryCheck.Kind.BACKUP, seconds=1, summary="良好", failed=False)
    assert set(missing()) == {"職員がみな、二つ目の認証の手段を登録する", "通知の文面を確かめ、試しに送る"}


def test_a_failed_check_of_the_backup_counts_as_none() -> None:
    RecoveryCheck.register(RecoveryCheck.Kind.BACKUP, seconds=1, summary="開けない", failed=True)
    assert "控えを取り、開けることを確かめる" in missing()
