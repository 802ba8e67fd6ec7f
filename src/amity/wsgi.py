"""The WSGI application, for the server that ``amity run`` starts or any other."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amity.settings")
application = get_wsgi_application()
