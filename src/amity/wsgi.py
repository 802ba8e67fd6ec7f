"""The WSGI application, for the server that ``amity run`` starts or any other."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amity.settings")
django.setup(set_prefix=False)

from django.core.wsgi import get_wsgi_application  # noqa: E402

from amity.storage.assets import gather  # noqa: E402

gather()  # before the application looks at what there is to serve
application = get_wsgi_application()
