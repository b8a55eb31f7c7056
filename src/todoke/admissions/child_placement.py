"""Placement 配置: one round placed, explained and checked; a what-if of it; who loses through each directive."""

import hashlib
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from todoke.admissions.certificate import certificate
from todoke.admissions.checker import RESULT_FORMAT, check
from todoke.admissions.difference import Side, changed
from todoke.admissions.engine import compiled_kernel
from todoke.admissions.engine.deferred_acceptance import MOST_MOVES, NO_LIMIT, State, new_state, settle
from todoke.admissions.engine.exact_repair import Proof, repaired
from todoke.admissions.engine.explanations import Explainer
from todoke.admissions.engine.improvement import Settle, blocking_count, improved
from todoke.admissions.engine.market import BuiltMarket, build_market
from todoke.admissions.explanation_check import EXPLANATIONS_FORMAT
from todoke.admissions.instance import Fault, Instance, InvalidInstance
from todoke.admissions.instance_reader import canonical_bytes, collection_paused, read_instance

ENGINE = "todoke-admissions/1"
CHANGES = ("directives", "capacity", "points")
Document = dict[str, Any]


class Run(NamedTuple):
    """試算: an instance with the four documents that its placement gives; equal but for ``report["seconds"]``."""

    instance: Instance
    result: Document
    report: Document
    explanations: Document
    certificate: Document


def place(instance: Instance, *, repair: bool = True, compiled: bool = False) -> Run:
    """Return the placement of a sound instance.

    ``repair`` runs the exact repair where families still block. ``compiled`` takes the compiled engine, which gives the
    same; a process that places once is faster without it, because compiling takes seconds.
    """
    began = time.process_time()
    with collection_paused():
        built = build_market(instance)
        state, proofs = _settled(
            built, repair=repair, settle_with=compiled_kernel.compiled_kernel() if compiled else settle
        )
        result = {"format": RESULT_FORMAT, "instance": instance.name, "assignment": _assignment(instance, built, state)}
        report = check(instance.data, result).report
        if report["blocking_coalitions"] != blocking_count(built.numbers, state):
            raise RuntimeError("The engine and the checker count different blocking coalitions.")
        explanations = {
            "format": EXPLANATIONS_FORMAT,
            "instance": instance.name,
            "explanations": list(Explainer(instance, built, state).records()),
        }
    digests = {"input_sha256": instance.sha256, "result_sha256": hashlib.sha256(canonical_bytes(result)).hexdigest()}
    report |= {**digests, "engine": ENGINE, "seconds": round(time.process_time() - began, 3)}
    return Run(instance, result, report, explanations, certificate(instance, report, proofs))


def _settled(built: BuiltMarket, *, repair: bool, settle_with: Settle) -> tuple[State, list[Proof]]:
    state = new_state(built.numbers)
    settle_with(built.numbers, state, MOST_MOVES, NO_LIMIT)
    state = improved(built.numbers, state)
    return repaired(built, state) if repair else (state, [])


def _assignment(instance: Instance, built: BuiltMarket, state: State) -> dict[str, str | None]:
    found: dict[str, str | None] = {child["id"]: None for child in instance.children}
    for family, present in zip(instance.families, state.present, strict=True):
        found.update(zip(family["children"], built.facilities[present], strict=True))
    return found


def what_if(instance: Instance, changes: Mapping[str, Any]) -> Instance:
    """Return the instance with changes worked in, read anew. Raises InvalidInstance when the changes cannot be.

    ``directives`` are added, ``capacity`` is of pools by id, ``points`` are of children by id.
    """
    faults = [Fault(str(key), f"変更に知らない項目({key})があります。") for key in sorted(set(changes) - set(CHANGES))]
    parts = {
        "capacity": {pool["id"] for pool in instance.pools},
        "points": instance.child.keys(),
    }
    for key, known in parts.items():
        given = changes.get(key, {})
        if not isinstance(given, Mapping):
            faults.append(Fault(key, f"変更の {key} が、番号と数の組ではありません。"))
        else:
            faults += [
                Fault(key, f"変更の {key} の「{each}」が入力にありません。") for each in given if each not in known
            ]
    if not isinstance(changes.get("directives", []), list):
        faults.append(Fault("directives", "変更の directives が並びではありません。"))
    if faults:
        raise InvalidInstance(faults)
    capacity, points = changes.get("capacity", {}), changes.get("points", {})
    data = dict(instance.data)
    data["directives"] = [*data["directives"], *changes.get("directives", [])]
    data["pools"] = [{**pool, "capacity": capacity.get(pool["id"], pool["capacity"])} for pool in data["pools"]]
    if points:
        data["children"] = [
            {**child, "points": points[child["id"]]} if child["id"] in points else child for child in data["children"]
        ]
    return read_instance(data)


def losses_by_directive(run: Run, *, repair: bool = True) -> list[Document]:
    """Return each directive with who gains and who loses through it, as in a difference.

    ``before`` is without the directive, ``after`` the run as it is.
    """
    found = []
    for at, directive in enumerate(run.instance.data["directives"]):
        others = [each for number, each in enumerate(run.instance.data["directives"]) if number != at]
        without = place(read_instance({**run.instance.data, "directives": others}), repair=repair)
        before, after = Side(without.instance.data, without.result), Side(run.instance.data, run.result)
        found.append({"directive": directive, **changed(before, after)})
    return found
