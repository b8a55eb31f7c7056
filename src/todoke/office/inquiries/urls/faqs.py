"""/office/faqs/ and /office/gaps/: answers of the sections, and what is missing."""

from django.urls import path

from todoke.office.inquiries.views import faq_imports, faqs, gaps

urlpatterns = [
    path("faqs/", faqs.index, name="faqs"),
    path("faqs/imports/", faq_imports.table, name="faq-imports"),
    path("faqs/addition/", faqs.addition, name="faq-addition"),
    path("faqs/<slug:code>/", faqs.show, name="faq"),
    path("faqs/<slug:code>/draft/", faqs.draft, name="faq-draft"),
    path("faqs/<slug:code>/publication/", faqs.publication, name="faq-publication"),
    path("faqs/<slug:code>/review/", faqs.review, name="faq-review"),
    path("faqs/<slug:code>/retirement/", faqs.retirement, name="faq-retirement"),
    path("gaps/", gaps.index, name="gaps"),
    path("gaps/<serial:number>/", gaps.show, name="gap"),
    path("gaps/<serial:number>/draft/", gaps.draft, name="gap-draft"),
    path("gaps/<serial:number>/handover/", gaps.handover, name="gap-handover"),
    path("gaps/<serial:number>/wording/", gaps.wording, name="gap-wording"),
    path("gaps/<serial:number>/refusal/", gaps.refusal, name="gap-refusal"),
]
