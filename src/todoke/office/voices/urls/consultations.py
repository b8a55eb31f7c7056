"""URLs of 意見募集."""

from django.urls import path

from todoke.office.voices.views import (
    consultation_answers,
    consultation_comments,
    consultation_opinions,
    consultation_receipts,
    consultation_texts,
    consultations,
)

ONE = "<slug:number>/"
urlpatterns = [
    path("", consultations.show_list, name="consultations"),
    path("preparation/", consultations.preparation, name="consultation-preparation"),
    path(ONE, consultations.show, name="consultation"),
    path(f"{ONE}correction/", consultations.correction, name="consultation-correction"),
    path(f"{ONE}announcement/", consultations.announcement, name="consultation-announcement"),
    path(f"{ONE}closing/", consultations.closing, name="consultation-closing"),
    path(f"{ONE}extension/", consultations.extension, name="consultation-extension"),
    path(f"{ONE}terms/", consultations.terms, name="consultation-terms"),
    path(f"{ONE}abandonment/", consultations.abandonment, name="consultation-abandonment"),
    path(f"{ONE}publication/", consultations.publication, name="consultation-publication"),
    path(f"{ONE}text/", consultation_texts.show, name="consultation-text"),
    path(f"{ONE}text/entry/", consultation_texts.entry, name="consultation-text-entry"),
    path(f"{ONE}text/<slug:key>/", consultation_texts.change, name="consultation-text-change"),
    path(f"{ONE}receipts/", consultation_receipts.show_list, name="consultation-receipts"),
    path(f"{ONE}receipts/entry/", consultation_receipts.entry, name="consultation-receipt-entry"),
    path(f"{ONE}receipts/<int:sequence>/", consultation_receipts.show, name="consultation-receipt"),
    path(f"{ONE}receipts/<int:sequence>/judgement/", consultation_receipts.judgement, name="receipt-judgement"),
    path(f"{ONE}receipts/<int:sequence>/joining/", consultation_receipts.joining, name="receipt-joining"),
    path(f"{ONE}receipts/<int:sequence>/splitting/", consultation_receipts.splitting, name="receipt-splitting"),
    path(f"{ONE}receipts/<int:sequence>/scan/", consultation_receipts.scan, name="receipt-scan"),
    path(f"{ONE}receipts/<int:sequence>/numbers/", consultation_receipts.numbers, name="receipt-numbers"),
    path(f"{ONE}comments/", consultation_comments.show_list, name="consultation-comments"),
    path(f"{ONE}comments/<int:pk>/", consultation_comments.show, name="consultation-comment"),
    path(f"{ONE}comments/<int:pk>/masks/", consultation_comments.masks, name="comment-masks"),
    path(f"{ONE}comments/<int:pk>/check/", consultation_comments.check, name="comment-check"),
    path(f"{ONE}opinions/", consultation_opinions.show_list, name="consultation-opinions"),
    path(f"{ONE}opinions/comparison/", consultation_opinions.comparison, name="point-comparison"),
    path(f"{ONE}opinions/comparison/cancellation/", consultation_opinions.cancellation, name="point-cancellation"),
    path(f"{ONE}opinions/<int:pk>/", consultation_opinions.show, name="consultation-opinion"),
    path(f"{ONE}opinions/<int:pk>/group/", consultation_opinions.group, name="point-group"),
    path(f"{ONE}opinions/<int:pk>/cut/", consultation_opinions.cut, name="point-cut"),
    path(f"{ONE}answers/", consultation_answers.show, name="answers-table"),
    path(f"{ONE}answers/file/", consultation_answers.file, name="answers-file"),
    path(f"{ONE}answers/proposal/", consultation_answers.proposal, name="answers-proposal"),
    path(f"{ONE}answers/<int:pk>/", consultation_answers.answer, name="answers-answer"),
]
