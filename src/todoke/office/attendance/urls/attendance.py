"""Addresses of the clock, the months, corrections, orders, leave, and the closes."""

from django.urls import path

from todoke.office.attendance.views import clock, closes, corrections, leave, orders, rules, timesheets

SHEET, CORRECTION = "timesheets/<slug:token>/", "corrections/<slug:token>/"
ORDER, LEAVE, CLOSE = "orders/<slug:token>/", "leave/<slug:token>/", "attendance/closes/<slug:token>/"

urlpatterns = [
    path("clock/", clock.show, name="clock"),
    path("clock/event/", clock.event, name="clock-event"),
    path("timesheets/", timesheets.index, name="timesheets"),
    path(SHEET, timesheets.show, name="timesheet"),
    path(f"{SHEET}explanation/", timesheets.explanation, name="timesheet-explanation"),
    path(f"{SHEET}correction/", timesheets.correction, name="timesheet-correction"),
    path(f"{SHEET}arrangement/", timesheets.arrangement, name="timesheet-arrangement"),
    path(f"{SHEET}confirmation/", timesheets.confirmation, name="timesheet-confirmation"),
    path(f"{SHEET}approval/", timesheets.approval, name="timesheet-approval"),
    path(f"{SHEET}return/", timesheets.sending_back, name="timesheet-return"),
    path(f"{SHEET}document/", timesheets.book, name="timesheet-book"),
    path("corrections/", corrections.index, name="corrections"),
    path(CORRECTION, corrections.show, name="correction"),
    path(f"{CORRECTION}approval/", corrections.approval, name="correction-approval"),
    path(f"{CORRECTION}refusal/", corrections.refusal, name="correction-refusal"),
    path(f"{CORRECTION}withdrawal/", corrections.withdrawal, name="correction-withdrawal"),
    path("orders/", orders.index, name="orders"),
    path("orders/addition/", orders.addition, name="orders-addition"),
    path(ORDER, orders.show, name="order"),
    path(f"{ORDER}approval/", orders.approval, name="order-approval"),
    path(f"{ORDER}refusal/", orders.refusal, name="order-refusal"),
    path(f"{ORDER}withdrawal/", orders.withdrawal, name="order-withdrawal"),
    path("leave/", leave.index, name="leave"),
    path("leave/addition/", leave.addition, name="leave-addition"),
    path(LEAVE, leave.show, name="leave-page"),
    path(f"{LEAVE}approval/", leave.approval, name="leave-approval"),
    path(f"{LEAVE}refusal/", leave.refusal, name="leave-refusal"),
    path(f"{LEAVE}withdrawal/", leave.withdrawal, name="leave-withdrawal"),
    path("attendance/", closes.index, name="attendance"),
    path("attendance/closing/", closes.closing, name="attendance-closing"),
    path("attendance/left-out.csv", closes.left_out, name="attendance-left-out"),
    path(CLOSE, closes.show, name="attendance-close"),
    path(f"{CLOSE}file/", closes.file, name="attendance-close-file"),
    path(f"{CLOSE}reopening/", closes.reopening, name="attendance-close-reopening"),
    path("attendance/rules/", rules.show, name="attendance-rules"),
    path("attendance/rules/pattern/", rules.pattern, name="attendance-pattern"),
    path("attendance/rules/premium/", rules.premium, name="attendance-premium"),
    path("attendance/rules/limit/", rules.limit, name="attendance-limit"),
    path("attendance/rules/special/", rules.special, name="attendance-special"),
    path("attendance/rules/leave-kind/", rules.leave_kind, name="attendance-leave-kind"),
    path("attendance/rules/numbers/", rules.numbers, name="attendance-numbers"),
    path("attendance/rules/reader/", rules.reader, name="attendance-reader"),
]
