"""Sensitivity 感度: each mutant must make its proof fail, and without a mutant the same proof must pass."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from todoke.proving import captures, crash, fsync_order, isolation
from todoke.proving.booking_proof.proof import BookingProof
from todoke.proving.codes import code_use_proof
from todoke.proving.killed_people.proof import PeopleProof, PeopleSettings
from todoke.proving.month_proof.proof import MonthProof
from todoke.proving.point_proof.proof import PointProof
from todoke.proving.rights import proof as rights_proof
from todoke.proving.scan_proof.proof import ScanProof
from todoke.proving.secrets_at_rest import proof as secrets_proof
from todoke.proving.speech_proof import speech_run

SERVER = [["server"], ["process"], ["server", "worker"]]
POWER = [["database", "server", "worker"]]
AT_ONCE = (0.0, 0.0)
"""Right after the only resident was told, before the next step pushes what was promised to the disk."""
TOLD_TOO_LATE = ("submit.after-commit",)
"""Where an application is kept but nobody has been told, so that the resident sends it again."""


@dataclass(frozen=True)
class Mutant:
    """A mutant 植えた欠陥: its name, a description in Japanese, and the proof that must fail with it.

    ``sign`` is the kind of violation that must be among those seen; any kind where it is empty.
    """

    name: str
    words: str
    proof: Callable[[str], list[str]]
    sign: str = ""


def _crash(
    database: str = "sqlite",
    kills: int = 6,
    acknowledged: int = 60,
    victims: list[list[str]] = SERVER,
    **more: Any,
) -> Callable[[str], list[str]]:
    """Return a short crash proof; ``more`` are further fields of CrashSettings."""

    def proof(fault: str) -> list[str]:
        report = crash.run(crash.CrashSettings(database, kills, acknowledged, fault, victims=victims, **more))
        return [*report.violations, *(f"応答 {words}" for words in report.unexpected)]

    return proof


def _order(fault: str) -> list[str]:
    found = fsync_order.run(fault=fault)
    return [f"順序 {words}" for words in found.early] + ([] if found.acknowledged else ["順序 応答がない"])


def _mixing(fault: str) -> list[str]:
    return isolation.run(residents=12, rounds=4, fault=fault).problems


def _captures(fault: str) -> list[str]:
    return captures.run(residents=40, fault=fault).problems


def _codes(fault: str) -> list[str]:
    return code_use_proof.run(fault=fault).problems


def _rights(fault: str) -> list[str]:
    return rights_proof.run(fault=fault, short=True).problems


def _people(of: PeopleProof, kills: int, acts: int, database: str = "sqlite") -> Callable[[str], list[str]]:
    """Return a short proof of people who are killed."""
    return lambda fault: of.run(PeopleSettings(database, kills, acts, fault)).problems


def _bookings(database: str = "sqlite") -> Callable[[str], list[str]]:
    return _people(BookingProof(), 8, 600, database)


def _points(acts: int = 600) -> Callable[[str], list[str]]:
    return _people(PointProof(), 4, acts)


def _months() -> Callable[[str], list[str]]:
    return _people(MonthProof(), 4, 800)


def _scans(database: str = "sqlite") -> Callable[[str], list[str]]:
    return _people(ScanProof(), 5, 400, database)


def _speech(fault: str) -> list[str]:
    return speech_run.run(speech_run.SpeechSettings(kills=12, fault=fault)).problems


def _secrets(fault: str) -> list[str]:
    return secrets_proof.run(fault=fault).problems


FAULTS = [
    Mutant(
        "commit-off",
        "PostgreSQLが記録前に応答する(synchronous_commit=off)",
        _crash("postgresql", 20, 60, POWER, moment=AT_ONCE),
    ),
    Mutant("synchronous-normal", "SQLiteが記録前に応答する(synchronous=NORMAL)", _order),
    Mutant("log-not-flushed", "SQLiteの記録をまとめて書く前に応答する", _order),
    Mutant("reply-before-commit", "確定の前に受付を示す", _crash()),
    Mutant("file-after-commit", "添付を確定の後で書く", _crash(attach_every=1)),
    Mutant("no-file-fsync", "添付をディスクに確定させない", _order),
    Mutant("unique-key-dropped", "一申請一案件の鍵をはずす", _crash("postgresql", 2)),
    Mutant("retry-without-key", "鍵なしで送り直す", _crash(kills=8, points=TOLD_TOO_LATE)),
    Mutant("mail-inside", "確定の前にメールを渡す", _crash()),
    Mutant("no-consumer-mark", "配達に印を付けない", _crash(kills=2)),
    Mutant("audit-outside", "監査を確定の外で書く", _crash()),
    Mutant("sequence-per-process", "受付番号をプロセスごとに数える", _crash(kills=2)),
    Mutant("atomic-removed", "受付を一つの確定にしない", _crash()),
    Mutant("read-then-write", "見てから書く決裁", _crash("postgresql", 2, 120)),
    Mutant("opinion-after-reply", "確定の前に意見の受付番号を示す", _crash(), "I11"),
]
CONTROLS = [
    Mutant("", "欠陥なし(SQLite)", _crash()),
    Mutant("", "欠陥なし(PostgreSQL)", _crash("postgresql", victims=POWER)),
    Mutant("", "欠陥なし(順序)", _order),
]
LOSS = [*CONTROLS, *FAULTS]
MIXING = [
    Mutant("", "欠陥なし", _mixing),
    Mutant("module-variable", "申請をモジュールの変数に置く", _mixing),
    Mutant("fixed-temporary-name", "通知書を同じ一時ファイルに印刷する", _mixing),
    Mutant("counter-per-process", "添付をプロセスごとの番号で名付ける", _mixing),
    Mutant("second-resolution", "添付を秒で名付ける", _mixing),
    Mutant("cached-helper", "画面の部品を申請にかかわらず使い回す", _mixing),
    Mutant("lock-let-go", "時間切れで鍵だけを放す", _mixing),
    Mutant("used-link-opens", "用の済んだリンクがまだ開く", _mixing),
    Mutant("booking-in-a-variable", "予約をモジュールの変数に置く", _mixing),
    Mutant("opinion-in-a-variable", "意見の入力をモジュールの変数に置く", _mixing),
]


MONEY = [
    Mutant("", "欠陥なし", _captures),
    Mutant("second-key", "結果のわからない支払を捨てて、新しい番号で始める", _captures),
    Mutant("double-told-to-nobody", "二重の納付を誰にも知らせない", _captures),
    Mutant("cash-in-doubt", "確認中の支払があるのに現金を受け取る", _captures),
]


CODES = [
    Mutant("", "欠陥なし", _codes),
    Mutant("counter-of-each-process", "間違いの回数をプロセスごとに数える", _codes),
    Mutant("used-codes-of-each-process", "使った番号をプロセスごとに覚える", _codes),
    Mutant("account-locked", "試した人ではなく、試された人を止める", _codes),
    Mutant("code-of-any-browser", "確認番号を、頼んでいないブラウザでも受け付ける", _codes),
]


RIGHTS = [
    Mutant("", "欠陥なし", _rights),
    Mutant("first-page-only", "はじめのページだけで、だれの申請かを確かめる", _rights),
    Mutant("first-row-only", "一括印刷を、一通目だけで判断する", _rights),
    Mutant("session-per-process", "接続をプロセスごとに覚える", _rights),
    Mutant("asked-at-making", "ファイルを作るときだけ権限を尋ねる", _rights),
    Mutant("draft-after-sign-out", "終了したあとも下書きを保存できる", _rights),
    Mutant("bookings-of-every-section", "ほかの課の予約も開ける", _rights),
]


SECRETS = [
    Mutant("", "欠陥なし", _secrets),
    Mutant("mail-text-kept", "番号やリンクの入ったメールの文を、送ったあとも残す", _secrets),
    Mutant("code-logged", "送ったメールの文を記録に書く", _secrets),
    Mutant("masked-words-published", "伏せた言葉をそのまま公表する", _secrets, "A2"),
]


BOOKINGS = [
    Mutant("", "欠陥なし(SQLite)", _bookings()),
    Mutant("", "欠陥なし(PostgreSQL)", _bookings("postgresql")),
    Mutant("overlap-rule-dropped", "重なりを拒む仕掛けを外す", _bookings(), "B1"),
    Mutant("look-then-insert", "空きを見てから書く", _bookings("postgresql"), "B1"),
    Mutant("hold-not-expired", "仮予約を期限切れにしない", _bookings(), "B5"),
    Mutant("closed-list-altered", "締切のあとに一覧を変える", _bookings(), "B6"),
    Mutant("booking-told-twice", "確定を二度知らせる", _bookings(), "B4"),
    Mutant("fee-after-commit", "使用料を次の確定で決める", _bookings("postgresql"), "B2"),
    Mutant("confirmed-outside", "納付の確定のあとで予約を確定する", _bookings("postgresql"), "B2"),
]


POINTS = [
    Mutant("", "欠陥なし", _points()),
    Mutant("granted-without-looking", "受け取り済みを見ないで付与する", _points(), "P2"),
    Mutant("budget-not-asked", "予算を確かめずに付与する", _points(), "P3"),
    Mutant("use-leaves-rest", "使っても残りを減らさない", _points(), "P1"),
    Mutant("cancellation-paid", "取り消した利用も店に支払う", _points(), "P5"),
    Mutant("carry-forgotten", "前の期間の繰越を忘れる", _points(1200), "P5"),
    Mutant("fee-rounded-up", "加盟店の手数料を切り上げる", _points(), "P5"),
    Mutant("paid-undecided", "決裁の前に店に支払う", _points(), "P6"),
]


MONTHS = [
    Mutant("", "欠陥なし", _months()),
    Mutant("month-written-after-close", "締めた月にも書く", _months(), "M2"),
    Mutant("closed-without-all", "承認の済んでいない人を残して締める", _months(), "M2"),
    Mutant("seals-kept", "記録が変わっても、確認と承認を残す", _months(), "M4"),
    Mutant("close-untold", "締めを監査に書かない", _months(), "M1"),
    Mutant("correction-unwritten", "訂正を承認して、打刻を書かない", _months(), "M5"),
]


SCANS = [
    Mutant("", "欠陥なし", _scans()),
    Mutant("sheet-told-before-stored", "画像を書く前に取り込んだと言う", _scans(), "S2"),
    Mutant("application-received-twice", "押すたびに案件にする", _scans("postgresql"), "S4"),
    Mutant("values-of-the-one-before", "一つ前の申請の値で受け付ける", _scans(), "S5"),
]

SPEECH = [
    Mutant("", "欠陥なし", _speech),
    Mutant("chunk-marked-before-heard", "聞く前に、聞いたことにする", _speech, "T2"),
    Mutant("put-together-without-all", "聞き終わらないうちにまとめる", _speech, "T0"),
]


OF_PROOF = {
    "crash": LOSS, "mixing": MIXING, "money": MONEY, "codes": CODES, "rights": RIGHTS, "canaries": SECRETS,
    "bookings": BOOKINGS, "points": POINTS, "months": MONTHS, "scans": SCANS, "speech": SPEECH,
}  # fmt: skip
"""The faults of each proof that has some, by the name of its command."""


@dataclass(frozen=True)
class MutantResult:
    """What a proof found with a mutant (判定): kinds of violations and their counts."""

    mutant: Mutant
    seen: Counter[str]

    @property
    def is_as_expected(self) -> bool:
        """Whether the proof failed with a mutant, or passed without one."""
        return self.mutant.sign in self.seen if self.mutant.sign else bool(self.seen) == bool(self.mutant.name)


def run_mutants(mutants: list[Mutant], only: str = "") -> Iterator[MutantResult]:
    """Yield the result of every proof in the list, or of the mutant named ``only``."""
    for fault in mutants:
        if not only or fault.name == only:
            yield MutantResult(fault, Counter(words.split()[0] for words in fault.proof(fault.name)))
