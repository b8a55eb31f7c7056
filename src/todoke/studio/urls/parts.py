"""様式の部分の住所。"""

from django.urls import path

from todoke.studio.views import parts

urlpatterns = [
    path("forms/<slug:code>/", parts.show, name="form"),
    path("forms/<slug:code>/pages/<str:page_id>/", parts.show, name="form-page"),
    path("forms/<slug:code>/parts/<str:part_id>/edition/", parts.edition, name="part-edition"),
    path("forms/<slug:code>/parts/<str:part_id>/preview/", parts.preview, name="part-preview"),
    path("forms/<slug:code>/parts/<str:part_id>/addition/", parts.addition, name="part-addition"),
    path("forms/<slug:code>/parts/<str:part_id>/move/", parts.move, name="part-move"),
    path("forms/<slug:code>/parts/<str:part_id>/removal/", parts.removal, name="part-removal"),
]
