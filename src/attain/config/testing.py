"""Settings for tests: those of the product on an empty data folder that goes when they are done."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="attain-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
# Whatever installation the developer's own shell points to stays untouched.
os.environ["ATTAIN_DATA"] = _FOLDER
for _name in ("ATTAIN_MODE", "ATTAIN_HOSTS", "ATTAIN_SECRET_KEY", "ATTAIN_DEBUG"):
    os.environ.pop(_name, None)

from attain.config.settings import *  # noqa: E402, F403

TESTING = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Static files come from where they are written: nothing is collected for a test.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in the product: threads of one test share a database in memory only by table
    # locks, which no time-out waits for.
    DATABASES["default"]["TEST"] = {"NAME": f"{_FOLDER}/tests.sqlite3"}  # noqa: F405
