"""The WSGI door that granian or gunicorn opens."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "todoke.settings")
application = get_wsgi_application()
