"""Admissions 利用調整: places in child care and after-school clubs by published rules, checked by a second program.

The half that needs no database: one round is a document (``docs/reference/admissions-format.md``), and these functions
read, place, explain and check it. What they return is plain data that ``json`` writes; equal input gives equal bytes.

``instance_reader.read_instance(data: bytes | Mapping) -> Instance``
    bytes may be gzip. Raises ``InvalidInstance`` (an ``Unreadable``) with ``faults: tuple[Fault, ...]``; a fault has
    ``place`` (for example ``children[3].tie``) and ``said``, a sentence for staff.
``placement.place(instance, *, repair=True) -> Run``
    ``Run(instance, result, report, explanations, certificate)``; the last four are the documents of the format.
``placement.what_if(instance, changes) -> Instance``
    ``{"directives": [..], "capacity": {pool: n}, "points": {child: n}}`` worked in; raises ``InvalidInstance``.
``placement.losses_by_directive(run) -> list``
    for each directive: who would have another place without it.
``checker.check(instance, result, explanations=None) -> Checked``
    ``Checked(report, explanation_faults)``; shares nothing with the engine.
``difference.difference(before, after) -> dict``
    children who gain, lose or change between two runs of like children.
``audit_bundle.written(run, ...) -> bytes``
    the zip with its ``manifest.json``.
"""
