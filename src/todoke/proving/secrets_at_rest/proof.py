"""Proof of secrets 秘密の検証: journeys use every kind of secret, then everything stored is searched for each of them.

Searched are all rows, the database file, the file store, the logs and an encrypted backup; for each secret as it stands
and in hex, base64, percent and UTF-16. What must be found, the name typed into the form, shows that the search sees.
An opinion is published too: what was masked in it stands on no public page.
"""

import time
from dataclasses import dataclass, field

from todoke.proving.browser import NoAnswer
from todoke.proving.installation import Installation
from todoke.proving.mail_sink import MailSink
from todoke.proving.secrets_at_rest.journeys import MY_NUMBER, Journeys
from todoke.proving.secrets_at_rest.secret_encodings import found_in
from todoke.proving.secrets_at_rest.stores import stores
from todoke.proving.voice_proof.opinion_visitor import Opinion
from todoke.proving.voice_proof.published_opinions import MASKED, SHOWN, public_pages, write_opinion

TYPED = "zq01n0001z"


@dataclass
class SecretsReport:
    """Counts of a run and the problems it found (検証の結果)."""

    secrets: int = 0
    stores: int = 0
    size: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


def run(*, database: str = "sqlite", fault: str = "") -> SecretsReport:
    """Use the secrets, search what is stored for them, and return the report."""
    began, report, mails = time.monotonic(), SecretsReport(), MailSink()
    installation = Installation(database=database, processes=2, fault=fault, mail_port=mails.port)
    try:
        installation.build()
        installation.manage_warm("verify", "numbered")
        installation.start()
        journeys = Journeys(installation, mails)
        journeys.take()
        report.problems += journeys.problems
        opinion = write_opinion(installation.port, MY_NUMBER)
        installation.manage_warm("verify", "opinions-published")
        _look_at_public_pages(installation, opinion, report)
        _search(installation, journeys.secrets, report)
    except NoAnswer as problem:
        report.problems.append(f"A0 応答なし: {problem}")
    finally:
        installation.stop()
        mails.shutdown()
    report.seconds = time.monotonic() - began
    return report


def _look_at_public_pages(installation: Installation, opinion: Opinion, report: SecretsReport) -> None:
    """Look on every public page for the words that were masked; what was not masked must be seen on one."""
    saw = False
    for name, data in public_pages(installation, opinion):
        saw = saw or bool(found_in(data, SHOWN))
        if forms := found_in(data, MASKED):
            report.problems.append(f"A2 伏せた言葉: {name}に{'、'.join(forms)}で出ています")
    if not saw:
        report.problems.append("A0 公表した意見が見つかりません。調べるページが足りません")


def _search(installation: Installation, secrets: dict[str, str], report: SecretsReport) -> None:
    """Search each store for each secret; without the name that was typed, the search has seen nothing."""
    report.secrets, saw = len(secrets), False
    for name, data in stores(installation):
        report.stores, report.size = report.stores + 1, report.size + len(data)
        saw = saw or bool(found_in(data, TYPED))
        for kind, secret in secrets.items():
            if forms := found_in(data, secret):
                report.problems.append(f"A1 {kind}: {name}に{'、'.join(forms)}で残っています")
    if not saw:
        report.problems.append("A0 入力した名前も見つかりません。調べる所が足りません")
