"""Run computation 試算の計算: makes the instance, places the children, checks the result, keeps the files."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from todoke.admissions.audit_bundle import bundled, manifest_sha256
from todoke.admissions.checker import check
from todoke.admissions.child_placement import ENGINE, Run, losses_by_directive, place, what_if
from todoke.admissions.difference import Side, difference
from todoke.admissions.instance import Instance
from todoke.admissions.instance_reader import canonical_bytes, read_instance
from todoke.admissions.models import PlacementRun
from todoke.admissions.models.placement_run import RunStatus
from todoke.admissions.selection.round_instance import instance_of, points_scale
from todoke.admissions.selection.run_files import read_document
from todoke.runtime.build_identity import build_identity
from todoke.runtime.refusals import Refused

SHOWN = (
    "children", "families", "seats", "seats_used", "hard_violations", "blocking_coalitions", "blocking_families",
    "new_applicants", "new_placed", "transfers_moved", "sibling_families", "all_siblings_placed", "partly_placed",
    "of_them_same_facility", "first_choice_share_of_all", "top3_share_of_all", "mean_rank_of_placed", "placed_by_class",
)  # fmt: skip
"""The numbers of the report that a run keeps for its page."""
Document = Mapping[str, Any]
MOST_LOSSES = 2_000_000
"""Directives times children up to which a trial is computed once more without each directive."""


def compute_run(run: PlacementRun) -> None:
    """計算: compute a requested run once; what is refused is said in its words, and nothing is kept half."""
    if not run.begin():
        return
    base = base_of(run)
    try:
        instance = read_instance(base.read("instance") if base else canonical_bytes(instance_of(run.round)))
        if run.kind in {PlacementRun.Kind.WHAT_IF, PlacementRun.Kind.CORRECTION}:
            instance = what_if(instance, scaled_changes(run))
    except Refused as refused:
        run.stop(RunStatus.REFUSED, str(refused))
        return
    run.report_progress("配置を計算しています")
    made = place(instance)
    if run.kind == PlacementRun.Kind.WHAT_IF:
        _keep_what_if(run, made, base)
        return
    run.report_progress("別のプログラムで検算しています")
    checked = check(instance.data, made.result, made.explanations)
    if checked.report["hard_violations"] or checked.explanation_faults:
        run.stop(
            RunStatus.FAILED, "検算で誤りが見つかったため、この結果は使えません。システム管理担当に知らせてください。"
        )
        return
    _keep(run, instance, made)


def base_of(run: PlacementRun) -> PlacementRun | None:
    """Return the run on whose inputs another is computed; None where it is computed from the rows of the round.

    A correction stands on the adopted run, a what-if on the newest trial of the same inputs.
    """
    if run.kind == PlacementRun.Kind.CORRECTION:
        return run.round.runs.exclude(adopted_at=None).get()
    if run.kind != PlacementRun.Kind.WHAT_IF:
        return None
    trials = run.round.runs.filter(kind=PlacementRun.Kind.TRIAL, status=RunStatus.DONE, inputs=run.inputs)
    return trials.order_by("-number").first()


def scaled_changes(run: PlacementRun) -> dict[str, Any]:
    """Return the changed conditions with points as the instance counts them."""
    scale = points_scale(run.round)
    points = {number: int(value) * scale for number, value in run.changes.get("points", {}).items()}
    return {**run.changes, "points": points}


def _keep_what_if(run: PlacementRun, made: Run, base: PlacementRun | None) -> None:
    """Keep what a what-if shows: its numbers, its result, and who gains and who loses beside the trial."""
    documents: dict[str, Any] = {"result": made.result}
    if base is not None:
        before = Side(made.instance.data, read_document(base, "result"))
        documents["difference"] = difference(before, Side(made.instance.data, made.result))
    run.finish(_files(documents), figures=_figures(made), engine=ENGINE, code_version=build_identity()[:60])


def _files(documents: Document) -> dict[str, tuple[bytes, str]]:
    files = {}
    for name, document in documents.items():
        content = canonical_bytes(document)
        files[name] = (content, hashlib.sha256(content).hexdigest())
    return files


def _figures(made: Run) -> dict[str, Any]:
    report = made.report
    shown = {key: report[key] for key in SHOWN if key in report}
    return shown | {"blocking": list(report.get("blocking", []))[:20], "said": made.certificate["said"]}


def _keep(run: PlacementRun, instance: Instance, made: Run) -> None:
    documents: dict[str, Any] = {
        "instance": instance.data,
        "rules": run.round.rule_version.document,
        "result": made.result,
        "report": {key: value for key, value in made.report.items() if key != "seconds"},
        "explanations": made.explanations,
        "certificate": made.certificate,
    }
    directives = instance.data["directives"]
    if directives and len(directives) * len(instance.children) <= MOST_LOSSES:
        run.report_progress("指示ごとの影響を調べています")
        documents["losses"] = losses_by_directive(made)
    files = _files(documents)
    bundle = bundled(made, rule_version=run.round.rule_version.document)
    files["bundle"] = (bundle, manifest_sha256(bundle))
    figures = _figures(made) | {"edge": edge_of(instance.data, made.result, made.explanations)}
    run.finish(files, figures=figures, engine=ENGINE, code_version=build_identity()[:60])


def edge_of(instance: Document, result: Document, explanations: Document) -> list[str]:
    """Return the children at a last seat and the first refused ones next to it, of every pool that is full."""
    children = {child["id"]: child for child in instance["children"]}
    refused = defaultdict[tuple[str, int], list[str]](list)
    edge = set[str]()
    for record in explanations["explanations"]:
        if record["code"] == "full" and record.get("cutoff_child"):
            edge.add(record["cutoff_child"])
            child = children[record["child"]]
            refused[record["facility"], child["class"]].append(child["id"])
    for (facility, _), numbers in refused.items():
        edge.add(min(numbers, key=lambda number: _key(children[number], facility)))
    return sorted(edge)


def _key(child: Document, facility: str) -> tuple[int, list[int], int]:
    return -(child["points"] + child["bonus"].get(facility, 0)), list(child["tie"]), child["order"]
