"""``./todoke verify``: nothing is lost, leaked (mixing), taken twice (money) or used twice (codes)."""

import json
import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.offers.models import Offer
from todoke.proving import (
    capture_check,
    captures,
    crash,
    drafts,
    faults,
    fsync_order,
    invariants,
    isolation,
    multi_node,
    publications,
    service,
)
from todoke.proving.booking_proof.proof import BookingProof
from todoke.proving.codes import code_check, code_use_proof
from todoke.proving.line_proof import line_command
from todoke.proving.month_proof.proof import MonthProof
from todoke.proving.operations import upgrades
from todoke.proving.point_proof.proof import PointProof
from todoke.proving.reports import conclude, machine_line
from todoke.proving.rights import facts, proof
from todoke.proving.scan_proof.proof import ScanProof
from todoke.proving.secrets_at_rest import journeys
from todoke.proving.secrets_at_rest import proof as secrets_proof
from todoke.proving.speech_proof import speech_command
from todoke.proving.voice_proof import published_opinions

KILLED = (BookingProof(), MonthProof(), PointProof(), ScanProof())
"""The proofs whose people are killed."""
EACH_FAULT = "植えた欠陥を一つずつ試し、すべて見つけるか確かめます"


class Command(BaseCommand):
    help = "受け付けた申請が失われないこと、人を取り違えないことを、この機械の上で検証します(データはすべて合成)。"
    requires_system_checks: list[str] = []  # what is proved are other installations than this one

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        runs = acts.add_parser("crash", help="処理の途中で何度も強制終了して、失われたものがないか確かめます")
        runs.add_argument("--kills", type=int, default=60)
        runs.add_argument("--acknowledged", type=int, default=3000)
        mixed = acts.add_parser("mixing", help="大勢が同時に使っても、他人のものが出ないか確かめます")
        mixed.add_argument("--residents", type=int, default=16)
        mixed.add_argument("--rounds", type=int, default=4, help="一人あたりの申請の数")
        anew = acts.add_parser("publications", help="記入中に公開を繰り返し、答えが失われないか確かめます")
        anew.add_argument("--drafts", type=int, default=5000)
        anew.add_argument("--publications", type=int, default=20)
        taken = acts.add_parser("money", help="支払の間に押し直しても、二重に引き落とされないか確かめます")
        taken.add_argument("--residents", type=int, default=200)
        once = acts.add_parser("codes", help="番号が全部のプロセスで一度だけ使え、だれも締め出されないか確かめます")
        once.add_argument("--processes", type=int, default=2, help="サーバーのプロセスの数")
        asked = acts.add_parser("rights", help="本人の要求をほかの人が送り直しても、何も得られないか確かめます")
        asked.add_argument("--short", action="store_true", help="おもな道のりだけを確かめます")
        kept = acts.add_parser(
            "canaries", help="個人番号や鍵や番号が、データベース・ファイル・記録・控えに残らないか確かめます"
        )
        killed = [each.add_arguments(acts) for each in (*KILLED, speech_command)]
        line_command.add_arguments(acts)
        order = acts.add_parser("order", help="ディスクに書かれる前に受付を示していないか確かめます(strace)")
        for parser in (runs, mixed, taken, once, asked, kept, *killed):
            parser.add_argument("--faults", action="store_true", help=EACH_FAULT)
        for parser in (runs, mixed, anew, taken, once, asked, kept, *killed, order):
            parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
            parser.add_argument("--fault", default="", help="わざと植える欠陥の名前(見つけられることの確認)")
            parser.add_argument("--seed", type=int, default=0)
        self._add_operations(acts)
        self._add_tools(acts)

    @staticmethod
    def _add_operations(acts: Any) -> None:
        many = acts.add_parser("cluster", help="二台分のサーバーと周りの道具で、止めながら確かめます")
        many.add_argument("--kills", type=int, default=10)
        many.add_argument("--acknowledged", type=int, default=100)
        many.add_argument("--backups", type=int, default=3, help="申請が進むあいだに取る控えの数")
        many.add_argument("--held", type=float, default=60, help="控えの書出しを一度この秒数だけ待たせます")
        anew = acts.add_parser("upgrade", help="記入中の申請がある間に新しい版に入れ替え、答えが失われないか確かめます")
        anew.add_argument("--drafts", type=int, default=100)
        anew.add_argument("--database", choices=["sqlite", "postgresql"], default="postgresql")
        anew.add_argument("--source", type=Path, help="入れ替える前の版のソース(src フォルダー)。なければ、いまの版")

    @staticmethod
    def _add_tools(acts: Any) -> None:
        """Add the subcommands that proofs call inside their own installation."""
        edition = acts.add_parser("edition", help="検証用の様式の版を公開します")
        edition.add_argument("seed", type=int)
        edition.add_argument("number", type=int)
        drafts = acts.add_parser("drafts", help="記入中の申請を、本人が入力したものと突き合わせます")
        drafts.add_argument("journal", type=Path)
        acts.add_parser("build", help="検証用の手続を作ります")
        owing = acts.add_parser("owed", help="検証用の手数料を調定します")
        owing.add_argument("people", type=int)
        factors = acts.add_parser("factors", help="検証用の認証の手段を登録します")
        factors.add_argument("people", type=int)
        guesses = acts.add_parser("judged", help="調べた試行を数えます(アドレスがなければ、確認番号の)")
        guesses.add_argument("email")
        acts.add_parser("mailed", help="検証用の確認番号を表示します")
        acts.add_parser("outcomes", help="検証用の支払の結果を照会します")
        acts.add_parser("numbered", help="個人番号も聞く検証用の版を公開します")
        acts.add_parser("opinions-published", help="検証用の意見を、一部を伏せて公表します")
        acts.add_parser("facts", help="検証用の事実を、求められたとおりに変えて戻します")
        book = acts.add_parser("captures", help="検証用の引落しを突き合わせます")
        book.add_argument("book", type=Path)
        acts.add_parser("rest", help="残った予約作業を終わらせます")
        acts.add_parser("procedure", help="検証用の手続の番号を表示します")
        store = acts.add_parser("store", help="控えと記録を突き合わせます")
        store.add_argument("journal", type=Path)
        store.add_argument("mails", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        if options.get("faults"):
            self._faults(options["fault"], faults.OF_PROOF[options["act"]])
        elif not any(each.handle(self, options) for each in (*KILLED, line_command, speech_command)):
            getattr(self, f"_{options['act'].replace('-', '_')}")(options)

    def _build(self, options: dict[str, Any]) -> None:
        service.build()

    def _procedure(self, options: dict[str, Any]) -> None:
        self.stdout.write(Offer.objects.select_related("procedure").get(code=service.CODE).procedure.number)

    def _rest(self, options: dict[str, Any]) -> None:
        invariants.finish_pending_jobs()

    def _cluster(self, options: dict[str, Any]) -> None:
        report = multi_node.run(**{name: options[name] for name in ("kills", "acknowledged", "backups", "held")})
        self.stdout.write(machine_line("サーバー2・ワーカー2・複製・S3"))
        self.stdout.write(
            f"強制終了 {report.kills} 回、受付の応答 {report.acknowledged:,} 件、預り {report.deposited:,} 件、"
            f"通知 {report.mails:,} 通、見たページ {report.pages:,} 枚、控え {report.backups} 個"
            f"(待たせたもの {report.held_seconds:.0f} 秒)、{report.seconds:.0f} 秒"
        )
        refused = f"問題 {len(report.problems):,} 件"
        conclude(self, report.problems, refused=refused, clean="失われたもの 0、重複 0、取り違え 0")

    def _upgrade(self, options: dict[str, Any]) -> None:
        report = upgrades.run(**{name: options[name] for name in ("database", "drafts", "source")})
        self.stdout.write(machine_line(options["database"]))
        self.stdout.write("\n".join(report.lines()))
        refused = f"問題 {len(report.problems):,} 件"
        conclude(self, report.problems, refused=refused, clean="失われた答え 0、失われた下書き 0")

    def _store(self, options: dict[str, Any]) -> None:
        for found in invariants.check(options["journal"], options["mails"]):
            self.stdout.write(found)

    def _edition(self, options: dict[str, Any]) -> None:
        self.stdout.write(drafts.publish(options["seed"], options["number"]).procedure.number)

    def _drafts(self, options: dict[str, Any]) -> None:
        for found in drafts.check(options["journal"]):
            self.stdout.write(found)

    def _publications(self, options: dict[str, Any]) -> None:
        asked = {name: options[name] for name in ("database", "drafts", "publications", "fault", "seed")}
        report = publications.run(**asked)
        self.stdout.write(machine_line(options["database"]))
        self.stdout.write(
            f"記入中の申請 {report.drafts:,} 件(はじめの場所 {report.places})、公開 {report.publications} 回"
            f"(なくなった設問 {report.changes['removed']}、答え方が変わった設問 {report.changes['retyped']})"
        )
        self.stdout.write(
            f"公開の合間の記入 {report.visits:,} 回、送信 {report.sent:,} 件、"
            f"知らせて返した答え {report.handed_back:,} 件、{report.seconds:.0f} 秒"
        )
        refused = f"失われたか変わった答え、または想定外の応答が {len(report.findings):,} 件"
        clean = "知らせずに失われた答え 0、知らせずに変わった答え 0"
        conclude(self, report.findings, refused=refused, clean=clean)

    def _facts(self, options: dict[str, Any]) -> None:
        facts.serve()

    def _rights(self, options: dict[str, Any]) -> None:
        report = proof.run(**{name: options[name] for name in ("database", "fault", "short")})
        self.stdout.write(machine_line(options["database"]))
        for line in report.lines():
            self.stdout.write(line)
        refused = f"問題 {len(report.problems):,} 件"
        conclude(self, report.problems, refused=refused, clean="通った要求 0、変わった行 0、渡したファイル 0")

    def _numbered(self, options: dict[str, Any]) -> None:
        journeys.publish_with_my_number()

    def _opinions_published(self, options: dict[str, Any]) -> None:
        published_opinions.publish()

    def _canaries(self, options: dict[str, Any]) -> None:
        report = secrets_proof.run(**{name: options[name] for name in ("database", "fault")})
        self.stdout.write(machine_line(options["database"]))
        self.stdout.write(
            f"秘密 {report.secrets} 種類、調べたところ {report.stores:,}(計 {report.size / 1e6:,.1f} MB)、"
            f"{report.seconds:.0f} 秒"
        )
        conclude(self, report.problems, refused=f"問題 {len(report.problems):,} 件", clean="残っていた秘密 0")

    def _owed(self, options: dict[str, Any]) -> None:
        for number, token in capture_check.apply(options["people"]):
            self.stdout.write(f"{number} {token}")

    def _factors(self, options: dict[str, Any]) -> None:
        for words in code_check.register(options["people"]):
            self.stdout.write(" ".join(words))

    def _judged(self, options: dict[str, Any]) -> None:
        found = code_check.judged(options["email"]) if options["email"] else code_check.most_tries()
        self.stdout.write(str(found))

    def _mailed(self, options: dict[str, Any]) -> None:
        self.stdout.write(" ".join(code_check.mailed_codes()))

    def _codes(self, options: dict[str, Any]) -> None:
        report = code_use_proof.run(**{name: options[name] for name in ("database", "processes", "fault")})
        self.stdout.write(machine_line(f"{options['database']}、{report.processes}プロセス"))
        self.stdout.write(
            f"入れた番号 {report.entered}、間違い {report.guesses} 回のうち調べたもの {report.judged} 回、"
            f"{report.seconds:.0f} 秒"
        )
        refused = f"問題 {len(report.problems):,} 件"
        conclude(self, report.problems, refused=refused, clean="二度使えた番号 0、数え漏れ 0、締め出された人 0")

    def _outcomes(self, options: dict[str, Any]) -> None:
        capture_check.ask_until_known()

    def _captures(self, options: dict[str, Any]) -> None:
        for found in capture_check.check(json.loads(options["book"].read_text())):
            self.stdout.write(found)

    def _money(self, options: dict[str, Any]) -> None:
        report = captures.run(**{name: options[name] for name in ("database", "residents", "fault", "seed")})
        self.stdout.write(machine_line(options["database"]))
        self.stdout.write(
            f"{report.residents} 人、支払を押した {report.presses:,} 回、窓口の現金 {report.cash_tries:,} 回、"
            f"引落し {report.captures} 件、遅れて成立した二重 {report.doubles} 件、{report.seconds:.0f} 秒"
        )
        refused = f"問題 {len(report.problems):,} 件"
        conclude(self, report.problems, refused=refused, clean="知らせていない二重の引落し 0、結果のないもの 0")

    def _order(self, options: dict[str, Any]) -> None:
        found = fsync_order.run(fault=options["fault"])
        self.stdout.write(f"受付の応答 {found.acknowledged} 件、書かれる前に出た応答 {len(found.early)} 件")
        if found.early or not found.acknowledged:
            raise CommandError(
                "ディスクに書かれる前に受付を示しています。" if found.early else "応答を観測できません。"
            )

    def _mixing(self, options: dict[str, Any]) -> None:
        report = isolation.run(**{name: options[name] for name in ("database", "residents", "rounds", "fault")})
        kinds = "、".join(f"{kind} {count:,}" for kind, count in report.detector.documents.most_common())
        self.stdout.write(f"{report.seconds:.0f} 秒、渡したもの {report.documents:,} 件({kinds})")
        mixed, odd = len(report.detector.mixed), len(report.unexpected)
        refused = f"取り違え {mixed} 件、想定外 {odd} 件、届かない通知書 {report.missing} 件"
        clean = f"取り違え 0(95%の上限 {3 / max(report.documents, 1):.1e})"
        conclude(self, report.problems, refused=refused, clean=clean)

    def _faults(self, only: str, mutants: list[faults.Mutant]) -> None:
        results = []
        for result in faults.run_mutants(mutants, only):
            results.append(result)
            seen = "、".join(f"{name} {count}" for name, count in result.seen.items()) or "異常なし"
            mark = "○" if result.is_as_expected else "×"
            self.stdout.write(f"{mark} {result.mutant.name or '-':22} {result.mutant.words}: {seen}")
            self.stdout.flush()
        caught = sum(result.is_as_expected for result in results if result.mutant.name)
        self.stdout.write(f"見つけた欠陥 {caught}/{sum(bool(result.mutant.name) for result in results)}")
        if not all(result.is_as_expected for result in results):
            raise CommandError("検証が見逃した欠陥、または欠陥なしでの異常があります。")

    def _crash(self, options: dict[str, Any]) -> None:
        asked = {name: options[name] for name in ("database", "kills", "acknowledged", "fault", "seed")}
        report = crash.run(crash.CrashSettings(**asked))
        self.stdout.write(machine_line(options["database"]))
        self.stdout.write(
            f"{report.seconds:.0f} 秒、強制終了 {report.kills} 回、受付の応答 {report.acknowledged:,} 件、"
            f"通知 {report.mails:,} 通、意見 {report.opined} 件、納付 {report.paid} 件、決裁 {report.approved} 件、"
            f"取込 {report.imported} 件、冷えた状態からの再開まで最長 {report.longest_start:.1f} 秒"
        )
        self.stdout.write("止めたところ: " + "、".join(f"{name} {n}" for name, n in sorted(report.deaths.items())))
        bound = 3 / report.acknowledged if report.acknowledged else 1.0
        refused = f"破れた条件 {len(report.violations)} 件、想定外の応答 {len(report.unexpected)} 件"
        clean = f"失われたもの 0、重複 0、変化 0(95%の上限 {bound:.1e})"
        conclude(self, [*report.unexpected, *report.violations], refused=refused, clean=clean)
