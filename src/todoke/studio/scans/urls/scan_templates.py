"""/studio/scan-templates/: where the fields of a printed form are, and the forms of ours that have none yet."""

from django.urls import path

from todoke.studio.scans.views import scan_template_drafts, scan_templates

urlpatterns = [
    path("scan-templates/", scan_templates.index, name="scan-templates"),
    path("scan-templates/drafts/<str:token>/", scan_template_drafts.show, name="scan-draft"),
    path("scan-templates/drafts/<str:token>/pages/<int:page>/", scan_template_drafts.picture, name="scan-draft-page"),
    path("scan-templates/drafts/<str:token>/field/", scan_template_drafts.field, name="scan-draft-field"),
    path("scan-templates/drafts/<str:token>/field-removal/", scan_template_drafts.removal, name="scan-draft-removal"),
    path("scan-templates/drafts/<str:token>/publication/", scan_template_drafts.publication, name="scan-draft-publish"),
    path("scan-templates/drafts/<str:token>/disposal/", scan_template_drafts.disposal, name="scan-draft-disposal"),
    path("scan-templates/drafts/", scan_template_drafts.begin, name="scan-draft-begin"),
    path("scan-templates/<slug:code>/printed-form/", scan_templates.printed_form, name="scan-template-printed-form"),
    path("scan-templates/<slug:code>/<int:version>/", scan_templates.show, name="scan-template"),
    path("scan-templates/<slug:code>/<int:version>/<slug:variant>/", scan_templates.show, name="scan-template-variant"),
]
