"""訳の住所。"""

from django.urls import path

from todoke.studio.views import languages

urlpatterns = [
    path("forms/<slug:code>/languages/<slug:language>/", languages.show, name="form-language"),
    path("forms/<slug:code>/languages/<slug:language>/edition/", languages.edition, name="form-language-edition"),
]
