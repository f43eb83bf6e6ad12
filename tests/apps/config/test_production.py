"""Production mode: nothing of it is left to chance, and browsers are told so."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

SEEN = """
import json, django
django.setup()
from django.core import checks
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
found = checks.run_checks(include_deployment_checks=True)
https = {"secure": True, "headers": {"host": "attain.example.com"}}
page = Client().get("/login", **https)
plain = Client().get("/login", headers={"host": "attain.example.com"})
well = Client().get("/healthz", headers={"host": "attain.example.com"})
print(json.dumps({
    "checks": [str(one) for one in found],
    "headers": dict(page.headers),
    "cookies": {name: dict(one) for name, one in page.cookies.items()},
    "status": page.status_code,
    "plain": [plain.status_code, plain.get("Location", "")],
    "well": well.status_code,
    "missing": Client(raise_request_exception=False).get("/nothing", **https).status_code,
}, default=str))
"""


def test_production_is_safe_by_itself(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "attain.config.settings",
        "ATTAIN_DATA": str(tmp_path),
        "ATTAIN_MODE": "production",
        "ATTAIN_HOSTS": "attain.example.com",
        "ATTAIN_SECRET_KEY": secrets.token_urlsafe(50),
    }

    done = subprocess.run(
        [sys.executable, "-c", SEEN],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["checks"] == []
    assert seen["status"] == 200
    assert seen["plain"] == [301, "https" + "://attain.example.com/login"]
    assert (seen["well"], seen["missing"]) == (200, 404)
    assert "max-age=31536000" in seen["headers"]["Strict-Transport-Security"]
    assert seen["headers"]["X-Frame-Options"] == "DENY"
    for name, cookie in seen["cookies"].items():
        assert name.startswith("__Host-")
        assert cookie["secure"]
        assert cookie["httponly"]
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert cookie["samesite"] == "Lax"
