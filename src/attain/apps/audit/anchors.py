"""The head of the chain, kept in a file beside the database: a cut end no longer fits it."""

from __future__ import annotations

import hmac
import json
import os
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings

NAME: Final = "audit-head.json"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Number and digest of a seal that was there."""

    number: int
    digest: str


def path() -> Path:
    """Where it lies."""
    return Path(settings.DATA) / NAME


def write(anchor: Anchor, key: bytes) -> None:
    """Keep the head, unless a later one is kept already."""
    kept = read(key)
    if kept is not None and kept.number >= anchor.number:
        return
    said = {"number": anchor.number, "digest": anchor.digest, "signature": _sign(anchor, key)}
    handle, draft = tempfile.mkstemp(dir=path().parent, prefix=f".{NAME}.")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(path())


def read(key: bytes) -> Anchor | None:
    """The head that was kept; None if there is none, or one that is not ours."""
    try:
        said = json.loads(path().read_text(encoding="ascii"))
        anchor = Anchor(int(said["number"]), str(said["digest"]))
        signature = str(said["signature"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return anchor if hmac.compare_digest(signature, _sign(anchor, key)) else None


def _sign(anchor: Anchor, key: bytes) -> str:
    return hmac.new(key, f"{anchor.number} {anchor.digest}".encode(), sha256).hexdigest()
