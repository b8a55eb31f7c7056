"""Our receipts, the agent's report and the bank are laid side by side; every difference has one class."""

from datetime import date

from todoke.payments.matching import (
    BankLine,
    Discrepancy,
    LedgerSide,
    LineKind,
    Mismatch,
    StatementSide,
    expected_payouts,
    match,
    match_cash,
    match_payouts,
)

DAY = date(2026, 11, 30)


def ours(reference: str, yen: int = 300, kind: LineKind = LineKind.CAPTURE, *, unsure: bool = False) -> LedgerSide:
    return LedgerSide(kind, reference, yen, unsure)


def theirs(
    reference: str, yen: int = 300, kind: LineKind = LineKind.CAPTURE, *, payout_on: date | None = DAY
) -> StatementSide:
    return StatementSide(kind, reference, yen, payout_on=payout_on)


def test_equal_lines_match_and_leave_nothing() -> None:
    found = match([ours("a"), ours("b")], [theirs("b"), theirs("a")])
    assert (found.matched, found.mismatches) == (2, [])


def test_a_refund_is_not_the_capture_of_the_same_reference() -> None:
    both = [ours("a"), ours("a", kind=LineKind.REFUND)]
    assert match(both, [theirs("a"), theirs("a", kind=LineKind.REFUND)]).matched == 2
    found = match(both, [theirs("a")])
    assert (found.matched, found.mismatches) == (1, [Mismatch(Discrepancy.REFUND_MISSING, "a", 300, None)])


def test_a_receipt_that_nobody_captured_is_told_but_not_a_try_without_an_answer() -> None:
    found = match([ours("a"), ours("open", unsure=True)], [])
    assert (found.matched, found.mismatches) == (0, [Mismatch(Discrepancy.ACKNOWLEDGED_NOT_CAPTURED, "a", 300, None)])


def test_a_capture_of_which_we_were_never_told_is_found() -> None:
    found = match([ours("a", unsure=True)], [theirs("a")])
    assert (found.matched, found.mismatches) == (0, [Mismatch(Discrepancy.CAPTURED_NOT_ACKNOWLEDGED, "a", None, 300)])


def test_another_amount_names_both() -> None:
    assert match([ours("a", 300)], [theirs("a", 200)]).mismatches == [
        Mismatch(Discrepancy.AMOUNT_DIFFERS, "a", 300, 200)
    ]


def test_a_line_that_we_do_not_know_says_what_it_is() -> None:
    found = match([], [theirs("z", kind=LineKind.REFUND)])
    assert found.mismatches == [Mismatch(Discrepancy.UNKNOWN, "z", None, 300, LineKind.REFUND)]


def test_what_comes_again_is_counted_together() -> None:
    twice = match([ours("a")], [theirs("a"), theirs("a")])
    assert twice.mismatches == [Mismatch(Discrepancy.DUPLICATE, "a", 300, 300, LineKind.CAPTURE)]
    found = match([ours("a")], [theirs("a"), theirs("a"), theirs("a")])
    assert found.mismatches == [Mismatch(Discrepancy.DUPLICATE, "a", 300, 600, LineKind.CAPTURE)]
    assert found.matched == 0


def test_a_line_without_a_payout_day_is_told_unless_it_was_charged_back() -> None:
    found = match([ours("a")], [theirs("a", payout_on=None)])
    assert found.mismatches == [Mismatch(Discrepancy.PAYOUT_DATE_MISSING, "a", None, 300)]
    back = match([], [theirs("a", kind=LineKind.CHARGEBACK, payout_on=None)])
    assert back.mismatches == [Mismatch(Discrepancy.CHARGED_BACK, "a", None, 300)]


def test_a_payout_is_captures_less_refunds_and_fees() -> None:
    lines = [
        StatementSide(LineKind.CAPTURE, "a", 1000, fee_yen=30, payout="P1"),
        StatementSide(LineKind.REFUND, "b", 200, fee_yen=5, payout="P1"),
        StatementSide(LineKind.CHARGEBACK, "c", 100, payout="P2"),
        StatementSide(LineKind.CAPTURE, "d", 500),
    ]
    assert expected_payouts(lines) == {"P1": 765, "P2": -100}


def test_a_payout_may_arrive_in_parts() -> None:
    found = match_payouts({"P1": 765}, [BankLine("P1", 700), BankLine("P1", 65)])
    assert (found.matched, found.mismatches) == (1, [])


def test_a_payout_that_differs_is_missing_or_strange_is_told() -> None:
    found = match_payouts({"P1": 765, "P2": 10}, [BankLine("P1", 700), BankLine("P9", 5)])
    assert (found.matched, found.mismatches) == (
        0,
        [
            Mismatch(Discrepancy.PAYOUT_DIFFERS, "P1", 765, 700),
            Mismatch(Discrepancy.PAYOUT_DIFFERS, "P2", 10, None),
            Mismatch(Discrepancy.UNKNOWN, "P9", None, 5, LineKind.PAYOUT),
        ],
    )


def test_the_tills_together_hold_what_was_booked() -> None:
    assert match_cash(800, [("一番", 500), ("二番", 300)]).matched == 2
    assert match_cash(800, [("一番", 500), ("二番", 299)]).mismatches == [
        Mismatch(Discrepancy.CASH_DIFFERS, "一番、二番", 800, 799)
    ]
    assert match_cash(800, [("一番", 500), ("二番", 299)]).matched == 0


def test_tills_that_nobody_counted_say_nothing() -> None:
    found = match_cash(800, [])
    assert (found.matched, found.mismatches) == (0, [])
