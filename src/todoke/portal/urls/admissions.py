"""URLs of 利用調整 for families."""

from django.urls import path

from todoke.portal.views import admissions

urlpatterns = [
    path("admissions/", admissions.show_list, name="admissions"),
    path("admissions/<int:pk>/", admissions.show, name="admission"),
    path("admissions/<int:pk>/wishes/", admissions.wishes, name="admission-wishes"),
    path("admissions/<int:pk>/siblings/", admissions.siblings, name="admission-siblings"),
    path("admissions/<int:pk>/answer/", admissions.answer, name="admission-answer"),
    path("admissions/<int:pk>/letters/<int:letter>/", admissions.letter, name="admission-letter"),
]
