"""What `attain doctor` looks at in an installation of the product."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attain.cli.checkup.findings import Finding, Health, found, looked
from attain.cli.checkup.workspace import kept
from attain.cli.language import language, say
from attain.config import errors
from attain.config.databases import SQLITE_FILE
from attain.config.environment import Environment
from attain.config.keys import KEY_FILE
from attain.config.starting import check_not_newer, start
from attain.core.errors import AttainError, problem

if TYPE_CHECKING:
    from attain.apps.audit.verifying import Verdict

_CLOCK_TOLERANCE: Final = timedelta(minutes=5)


def sections() -> Iterator[tuple[str, list[Finding]]]:
    """The product's part of the checkup; nothing where there is no installation."""
    if not _is_here():
        return
    title = say("网页产品", "Product in the browser")
    yield title, looked(say("设置", "Settings"), _all)


def audit_verdict() -> Verdict:
    """The audit chain, if it is whole.

    :raises AttainError: AUDIT_BROKEN.
    """
    from attain.apps.audit import verifying

    verdict = verifying.verify()
    if verdict.reason is not None:
        reason = verifying.REASONS[verdict.reason].get(language())
        raise AttainError(
            problem(errors.AUDIT_BROKEN, number=str(verdict.broken_at), reason=reason)
        )
    return verdict


def _is_here() -> bool:
    folder = Path(os.environ.get("ATTAIN_DATA") or "data")
    return bool(os.environ.get("ATTAIN_DATABASE_URL")) or (folder / SQLITE_FILE).is_file()


def _all() -> Iterator[Finding]:
    environment = start()
    yield from _settings(environment)
    yield from looked(say("数据库", "Database"), lambda: _database(environment))
    yield from looked(say("审计链", "Audit chain"), _audit)
    yield from looked(say("页面资源", "Static files"), _assets)
    yield from looked(say("沿用的结果", "Kept for reuse"), lambda: kept(environment.data / "reuse"))


def _settings(environment: Environment) -> Iterator[Finding]:
    yield found(say("模式", "Mode"), f"{environment.mode}, {environment.data}")
    if environment.is_production and not environment.is_https:
        yield found("ATTAIN_HTTPS", say("未加密", "not encrypted"), Health.unwise)
    if not environment.mail["host"]:
        text = say("邮件写入数据目录", "mails are written into the data folder")
        yield found("ATTAIN_MAIL_HOST", text, _unwise(environment.is_production))
    key = environment.data / KEY_FILE
    if key.is_file() and os.name == "posix" and environment.data.stat().st_mode & 0o007:
        text = say("其他用户可以进入", "others can enter it")
        yield found(str(environment.data), text, Health.unwise)


def _unwise(is_so: bool) -> Health:
    return Health.unwise if is_so else Health.well


def _database(environment: Environment) -> Iterator[Finding]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from attain.config.guards import GUARDS

    check_not_newer()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    name = say("数据库", "Database")
    if plan:
        text = say("待迁移 {count} 项，启动时执行", "{count} migrations wait", count=len(plan))
        yield found(name, text, Health.unwise)
        return
    yield found(name, f"{connection.vendor} {_version()}")
    is_guarded = all(guard.is_installed(connection) for guard in GUARDS)
    text = say("触发器在位", "triggers stand") if is_guarded else say("触发器缺失", "no triggers")
    yield found(
        say("只增的表", "Append-only tables"), text, Health.well if is_guarded else Health.broken
    )


def _version() -> str:
    from django.db import connection

    connection.ensure_connection()
    version = connection.get_database_version()
    return ".".join(str(part) for part in version)


def _audit() -> Iterator[Finding]:
    from attain.apps.audit.models import AuditEntry

    name = say("审计链", "Audit chain")
    verdict = audit_verdict()
    yield found(name, say("{count} 条完整", "{count} entries whole", count=verdict.count))
    last = AuditEntry.objects.order_by("-at").values_list("at", flat=True).first()
    if last is not None and last > datetime.now(UTC) + _CLOCK_TOLERANCE:
        text = say("早于最近一条审计记录", "before the newest audit entry")
        yield found(say("时钟", "Clock"), text, Health.broken)


def _assets() -> Iterator[Finding]:
    from attain.config.assets import has_assets

    if not has_assets():
        raise AttainError(problem(errors.ASSETS_MISSING))
    yield found(say("页面资源", "Static files"), say("已安装", "installed"))
