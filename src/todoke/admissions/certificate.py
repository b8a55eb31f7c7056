"""Certificate 証明書: how few blocking coalitions a run could have had, as far as that was proven."""

from typing import Any

from todoke.admissions.engine.exact_repair import Proof, proof_line
from todoke.admissions.instance import Instance

FORMAT = "todoke-admissions-certificate/1"


def certificate(instance: Instance, report: dict[str, Any], proofs: list[Proof]) -> dict[str, Any]:
    """Return the certificate of a run; ``proven`` says that no result at all has fewer, else it is the fewest found."""
    blocking = report["blocking_coalitions"]
    proven = blocking == 0 or any(proof.group.is_whole and proof.at_least == blocking for proof in proofs)
    return {
        "format": FORMAT,
        "instance": instance.name,
        "input_sha256": report["input_sha256"],
        "result_sha256": report["result_sha256"],
        "blocking_coalitions": blocking,
        "proven": proven,
        "said": _said(blocking, proven=proven, tried=bool(proofs)),
        "groups": [
            {
                "families": [instance.families[at]["id"] for at in proof.group.blocking],
                "families_considered": len(proof.group.free),
                "whole_market": proof.group.is_whole,
                "before": proof.before,
                "after": proof.after,
                "at_least": proof.at_least,
                "said": proof_line(proof),
            }
            for proof in proofs
        ],
    }


def _said(blocking: int, *, proven: bool, tried: bool) -> str:
    if blocking == 0:
        return "公平で無駄のない配置です。追い越された世帯はありません。"
    if proven:
        said = f"どの配置でも{blocking}件より少なくならないことが証明されています。"
        return f"公平で無駄のない配置はこの選考にはありません。{said}"
    rest = "まとまりごとに示します。" if tried else "厳密な修正はしていません。"
    return f"見つかった最小は{blocking}件です。{rest}"
