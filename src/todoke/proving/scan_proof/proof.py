"""Proof of scanned paper: ``./todoke verify scans``."""

from collections.abc import Iterator
from pathlib import Path

from todoke.cases.models import ScannedApplication
from todoke.proving.killed_people.proof import PeopleProof
from todoke.proving.scan_proof import scan_acts, scan_check
from todoke.scans.models import FieldVerification, ScanSheet


class ScanProof(PeopleProof):
    """Staff add sheets, enter values and receive applications."""

    noun, acts = "scan", 1500
    words = "止めながら紙を取り込んでも、紙面も値も失われず、混ざらないか確かめます"
    acts_words = "終わった取込み・入力・受付などの数"
    done, nothing = "案件", "S0 受け付けた案件がなく、何も確かめていません"
    clean = "失われた紙面と値 0、二重の案件 0、混ざった値 0"

    def prepare(self, **sizes: int) -> None:
        scan_acts.prepare()

    def live(self, seed: int, journal: Path) -> None:
        scan_acts.live(seed, journal)

    def counts(self, journal: Path) -> dict[str, int]:
        return {
            "紙面": ScanSheet.objects.count(),
            "値": FieldVerification.objects.count(),
            "案件": ScannedApplication.objects.filter(submission__case__isnull=False).count(),
        }

    def check(self, journal: Path) -> Iterator[str]:
        return scan_check.check(journal)
