"""業務フローの住所。"""

from django.urls import path

from todoke.studio.views import flow_rows, flows, interviews, procedure_links, reviews

urlpatterns = [
    path("flows/", flows.index, name="flows"),
    path("flows/library/", flows.library, name="flow-library"),
    path("flows/addition/", flows.addition, name="flow-addition"),
    path("flows/import/", flows.taking_in, name="flow-import"),
    path("flows/<slug:number>/", flows.show, name="flow"),
    path("flows/<slug:number>/procedure/", procedure_links.flow, name="flow-procedure"),
    path("flows/<slug:number>/preview/", flows.preview, name="flow-preview"),
    path("flows/<slug:number>/edition/", flows.edition, name="flow-edition"),
    path("flows/<slug:number>/revision/", flows.revision, name="flow-revision"),
    path("flows/<slug:number>/freezing/", flows.freezing, name="flow-freezing"),
    path("flows/<slug:number>/sheet/", flows.sheet, name="flow-sheet"),
    path("flows/<slug:number>/file/<slug:kind>/", flows.file, name="flow-file"),
    path("flows/<slug:number>/comparison/", reviews.comparison, name="flow-comparison"),
    path("flows/<slug:number>/trial/", reviews.trial, name="flow-trial"),
    path("flows/<slug:number>/interview/", interviews.show, name="flow-interview"),
    path("flows/<slug:number>/interview/answer/", interviews.answer, name="flow-interview-answer"),
    path("flows/<slug:number>/rows/<str:key>/addition/", flow_rows.addition, name="flow-row-addition"),
    path("flows/<slug:number>/rows/<str:key>/removal/", flow_rows.removal, name="flow-row-removal"),
    path("flows/<slug:number>/rows/<str:key>/move/", flow_rows.move, name="flow-row-move"),
]
