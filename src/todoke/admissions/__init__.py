"""Admissions 利用調整: places in child care and after-school clubs by published rules, checked by a second program.

The half that needs no database: one round is a document (``docs/reference/admissions-format.md``), and these functions
read, place, explain and check it. What they return is plain data that ``json`` writes; equal input gives equal bytes.

``instance_reader.read_instance(data: bytes | Mapping) -> Instance``
    bytes may be gzip. Raises ``InvalidInstance`` (an ``Unreadable``) with ``faults: tuple[Fault, ...]``; a fault has
    ``place`` (for example ``children[3].tie``) and ``said``, a sentence for staff.
``child_placement.place(instance, *, repair=True) -> Run``
    ``Run(instance, result, report, explanations, certificate)``; the last four are documents of the format.
``child_placement.what_if(instance, changes) -> Instance``
    ``{"directives": [..], "capacity": {pool: n}, "points": {child: n}}`` worked in; raises ``InvalidInstance``.
``child_placement.losses_by_directive(run) -> list``
    each directive with the children who gain and who lose through it.
``checker.check(instance_document, result, explanations=None) -> Checked``
    ``Checked(report, explanation_faults)``; shares nothing with the engine, takes any program's result.
``explanation_sentences.staff_sentence(instance, record) -> str``
    one explanation as staff say it; it names other children.
``difference.difference(Side(instance_document, result), Side(..)) -> dict``
    children who gain, lose or change otherwise between two results.
``following_round.following_round(main, earlier, result, seats_back=..) -> Instance``
    the main round without the families that an earlier one has placed.
``audit_bundle.bundled(run, rule_version=.., seed=.., difference=..) -> bytes``
    the zip whose ``manifest.json`` names each file's SHA-256; ``opened`` verifies one.
"""
