"""`attain audit`: whether the audit trail is what was written."""

from __future__ import annotations

import typer

from attain.cli.language import language, say
from attain.cli.options import AsJson
from attain.cli.output import console, print_json
from attain.cli.program import Command, Commands
from attain.config import errors
from attain.config.checkup import audit_verdict
from attain.config.commands.options import InData
from attain.config.starting import check_not_newer, start
from attain.core.errors import AttainError, problem

app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False)


@app.callback()
def audit() -> None:
    """Commands of the audit trail."""


@app.command("verify", cls=Command, help=say("核对整条审计链", "Check the whole audit chain"))
def verify(data: InData = None, as_json: AsJson = False) -> None:
    """Find any entry that was changed, removed, slipped in or cut off."""
    start(data)
    check_not_newer()

    from attain.apps.audit import verifying

    verdict = verifying.verify()
    if as_json:
        print_json(
            {
                "entries": verdict.count,
                "pending": verdict.pending,
                "broken_at": verdict.broken_at,
                "reason": verdict.reason,
            }
        )
    if verdict.reason is not None:
        reason = verifying.REASONS[verdict.reason].get(language())
        raise AttainError(
            problem(errors.AUDIT_BROKEN, number=str(verdict.broken_at), reason=reason)
        )
    if not as_json:
        console.print(
            say(
                "审计链完整：{count} 条，另有 {pending} 条待封存",
                "The chain is whole: {count} entries, {pending} waiting to be sealed",
                count=verdict.count,
                pending=verdict.pending,
            )
        )


@app.command("anchor", cls=Command, help=say("重新保存链头", "Keep the head of the chain anew"))
def anchor(data: InData = None) -> None:
    """Keep the head beside a database that came without it, such as one moved to another server.

    Refused while any entry is broken; that it was done is an entry of its own.
    """
    start(data)
    check_not_newer()

    from django.utils import timezone

    from attain.apps.accounts.actors import SYSTEM
    from attain.apps.audit import anchors, sealing, verifying
    from attain.apps.audit.services import record

    verdict = verifying.verify()
    if verdict.reason not in (None, verifying.Break.anchor):
        audit_verdict()
    anchors.path().unlink(missing_ok=True)
    sealing.anchor()
    at = timezone.now()
    actor = SYSTEM(at, via="command")
    record(actor=actor, action="audit.anchor", object=("audit", verdict.count, ""), at=at)
    console.print(say("链头已保存", "The head is kept"))
