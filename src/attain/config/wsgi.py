"""The product as a server sees it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attain.config.settings")
application = get_wsgi_application()

from attain.config.warming import warm_up  # noqa: E402 -- Django has to be there first

warm_up()
