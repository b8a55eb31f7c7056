"""部品の見本の住所。"""

from django.urls import path

from todoke.studio.views import gallery

urlpatterns = [path("gallery/", gallery.show, name="gallery")]
