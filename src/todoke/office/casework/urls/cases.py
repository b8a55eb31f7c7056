"""URLs of the cases."""

from django.urls import path

from todoke.office.casework.views import (
    assignments,
    cases,
    casework,
    correction_receipts,
    joint_proposals,
    letters,
    my_numbers,
    staff_answers,
)
from todoke.office.money.views import counter_payments

urlpatterns = [
    path("cases/", cases.show_list, name="inbox"),
    path("cases/export/", cases.export, name="case-export"),
    path("cases/assignment/preview/", assignments.preview, name="assignment-preview"),
    path("cases/assignment/", assignments.assign, name="assignment"),
    path("cases/handover/", assignments.handover, name="handover"),
    path("cases/handover/completion/", assignments.hand_over, name="handover-completion"),
    path("cases/joint-proposal/preview/", joint_proposals.preview, name="joint-proposal-preview"),
    path("cases/joint-proposal/", joint_proposals.proposal, name="joint-proposal"),
    path("cases/<str:number>/", cases.show, name="case"),
    path("cases/<str:number>/slip/", cases.slip, name="case-slip"),
    path("cases/<str:number>/uploads/<str:token>/", cases.upload, name="case-upload"),
    path("cases/<str:number>/my-numbers/<slug:place>/", my_numbers.show, name="case-my-number"),
    path("cases/<str:number>/entries/", staff_answers.entries, name="case-entries"),
    path("cases/<str:number>/review/", casework.review, name="case-review"),
    path("cases/<str:number>/assignment/", casework.assignment, name="case-assignment"),
    path("cases/<str:number>/note/", casework.note, name="case-note"),
    path("cases/<str:number>/extension/", casework.extension, name="case-extension"),
    path("cases/<str:number>/withdrawal/", casework.withdrawal, name="case-withdrawal"),
    path("cases/<str:number>/correction/", casework.correction, name="case-correction"),
    path("cases/<str:number>/correction/letter/", casework.correction_letter, name="case-correction-letter"),
    path("cases/<str:number>/correction/receipt/", correction_receipts.receipt, name="case-correction-receipt"),
    path("cases/<str:number>/correction/slip/", correction_receipts.slip, name="case-correction-slip"),
    path(
        "cases/<str:number>/correction/cancellation/",
        casework.correction_cancellation,
        name="case-correction-cancellation",
    ),
    path("cases/<str:number>/payment/", counter_payments.payment, name="case-payment"),
    path("cases/<str:number>/refund/", counter_payments.refund, name="case-refund"),
    path("cases/<str:number>/fee-kept/", counter_payments.kept, name="case-fee-kept"),
    path("cases/<str:number>/exemption/", counter_payments.exemption, name="case-exemption"),
    path("cases/<str:number>/proposal/", casework.proposal, name="case-proposal"),
    path("cases/<str:number>/issuance/", casework.issuance, name="case-issuance"),
    path("cases/<str:number>/letters/<str:token>/", letters.show, name="case-letter"),
    path("cases/<str:number>/letters/<str:token>/release/", letters.release, name="case-letter-release"),
    path("cases/<str:number>/letters/<str:token>/cancellation/", letters.cancellation, name="case-letter-cancellation"),
    path("cases/<str:number>/letters/<str:token>/check/", letters.clearing, name="case-letter-check"),
    path("cases/<str:number>/letters/<str:token>/return/", letters.return_, name="case-letter-return"),
    path("cases/<str:number>/letters/<str:token>/printing/", letters.printing, name="case-letter-printing"),
]
