"""One web server as a process: `python -m attain.config.web HOST PORT PROCESSES CERT KEY`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from attain.config.children import end_with_parent

THREADS = 8
"""Requests answered at once by one process: most of their time they wait for the database."""


def main(host: str, port: str, processes: str, certificate: str = "", key: str = "") -> None:
    """Serve until told to stop."""
    end_with_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))
    Granian(
        "attain.config.wsgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(processes),
        blocking_threads=THREADS,
        backlog=512,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        ssl_cert=Path(certificate) if certificate else None,
        ssl_key=Path(key) if key else None,
    ).serve()


if __name__ == "__main__":
    main(*sys.argv[1:])
