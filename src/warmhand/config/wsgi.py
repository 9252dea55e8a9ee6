"""The WSGI application that granian serves.

Every process reads all pages' code before it takes its first request. Django alone would read it
at that request, and whoever comes first, or a helpdesk's first delivery (P11), would wait for it.
"""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "warmhand.config.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
