"""Mutants 植えた欠陥 by name: faults that a proof must detect. Installed by ``bootstrap`` only."""

from collections.abc import Callable

from todoke.proving.mutants import (
    answer_loss,
    bookings,
    captures,
    code_use,
    isolation,
    loss,
    months,
    points,
    rights,
    scans,
    secrets_at_rest,
    speech,
)

FAULTS: dict[str, Callable[[], None]] = {
    fault.__name__.replace("_", "-"): fault
    for fault in (
        loss.commit_off, loss.synchronous_normal, loss.log_not_flushed, loss.reply_before_commit,
        loss.file_after_commit, loss.no_file_fsync, loss.unique_key_dropped, loss.retry_without_key,
        loss.mail_inside, loss.no_consumer_mark, loss.audit_outside,
        loss.sequence_per_process, loss.atomic_removed, loss.read_then_write, loss.opinion_after_reply,
        bookings.overlap_rule_dropped, bookings.look_then_insert, bookings.hold_not_expired,
        bookings.closed_list_altered, bookings.booking_told_twice, bookings.fee_after_commit,
        bookings.confirmed_outside,
        points.granted_without_looking, points.budget_not_asked, points.use_leaves_rest, points.cancellation_paid,
        points.carry_forgotten, points.fee_rounded_up, points.paid_undecided,
        months.month_written_after_close, months.closed_without_all, months.seals_kept, months.close_untold,
        months.correction_unwritten,
        scans.sheet_told_before_stored, scans.application_received_twice, scans.values_of_the_one_before,
        speech.chunk_marked_before_heard, speech.put_together_without_all,
        answer_loss.silent_carryover, answer_loss.option_replaced,
        captures.second_key, captures.double_told_to_nobody, captures.cash_in_doubt,
        code_use.counter_of_each_process, code_use.used_codes_of_each_process, code_use.account_locked,
        code_use.code_of_any_browser,
        isolation.module_variable, isolation.fixed_temporary_name, isolation.counter_per_process,
        isolation.second_resolution, isolation.cached_helper, isolation.lock_let_go,
        isolation.used_link_opens, isolation.booking_in_a_variable, isolation.opinion_in_a_variable,
        rights.first_page_only, rights.first_row_only, rights.session_per_process, rights.asked_at_making,
        rights.draft_after_sign_out, rights.bookings_of_every_section,
        secrets_at_rest.mail_text_kept, secrets_at_rest.code_logged, secrets_at_rest.masked_words_published,
    )
}  # fmt: skip
