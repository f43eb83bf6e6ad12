"""What the environment says about this installation, checked before anything starts."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from attain.cli.workspace import SETTINGS, Workspace
from attain.config import errors
from attain.config.databases import database_of
from attain.config.keys import read_key
from attain.core.errors import AttainError, Problem, problem

LOCAL: Final = ("localhost", "127.0.0.1", "[::1]")
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")
_ON: Final = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}


@dataclass(frozen=True, slots=True)
class Environment:
    """One installation: where its data lie, which database, and who may reach it."""

    data: Path
    database: dict[str, Any]
    secret_key: str
    mode: str
    """demo or production."""
    debug: bool
    hosts: tuple[str, ...]
    https: str
    """off; direct: this server speaks TLS itself; proxy: one in front of it does."""
    time_zone: str
    mail: dict[str, Any] = field(default_factory=dict)
    address: str = ""
    """Where people find the product, such as https://attain.example.com, for links in mails."""
    log_level: str = "INFO"
    reuse: int = 5
    """Gigabytes that runs may keep for those that come after; 0 for none."""

    @property
    def is_production(self) -> bool:
        return self.mode == "production"

    @property
    def is_https(self) -> bool:
        return self.https != "off"


def read_environment(said: Mapping[str, str] | None = None) -> Environment:
    """Read the variables that begin with ATTAIN_.

    :raises AttainError: everything that is wrong with them, at once.
    """
    return _Reading(os.environ if said is None else said).environment()


class _Reading:
    """Reads variables and gathers what is wrong with them."""

    def __init__(self, said: Mapping[str, str]) -> None:
        self._said = said
        self._problems: list[Problem] = []

    def environment(self) -> Environment:
        data = Path(self._get("ATTAIN_DATA", "data")).expanduser().resolve()
        mode = self._one_of("ATTAIN_MODE", ("demo", "production"), "demo")
        is_production = mode == "production"
        found = Environment(
            data=data,
            database=self._try(lambda: database_of(self._get("ATTAIN_DATABASE_URL"), data), {}),
            secret_key=self._try(lambda: read_key(self._said, data, is_production), ""),
            mode=mode,
            debug=self._debug(is_production),
            hosts=self._hosts(is_production),
            https=self._one_of(
                "ATTAIN_HTTPS", ("off", "direct", "proxy"), "proxy" if is_production else "off"
            ),
            time_zone=self._time_zone(data),
            mail=self._mail(),
            address=self._address(is_production),
            log_level=self._one_of(
                "ATTAIN_LOG_LEVEL",
                ("DEBUG", "INFO", "WARNING", "ERROR"),
                "INFO" if is_production else "WARNING",
            ),
            reuse=self._reuse(),
        )
        if self._problems:
            raise AttainError(self._problems)
        return found

    def _get(self, name: str, default: str = "") -> str:
        return self._said.get(name, "").strip() or default

    def _try(self, read: Any, otherwise: Any) -> Any:
        try:
            return read()
        except AttainError as error:
            self._problems += error.problems
            return otherwise

    def _refuse(self, name: str, allowed: str) -> None:
        value = self._get(name)
        self._problems.append(
            problem(errors.ENVIRONMENT_VALUE, name=name, value=value, allowed=allowed)
        )

    def _one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = self._get(name, default)
        if value not in allowed:
            self._refuse(name, ", ".join(allowed))
            return default
        return value

    def _reuse(self) -> int:
        value = self._get("ATTAIN_REUSE", "5")
        if not re.fullmatch(r"[0-9]{1,4}", value):
            self._refuse("ATTAIN_REUSE", "0 … 9999 (GB)")
            return 0
        return int(value)

    def _debug(self, is_production: bool) -> bool:
        value = self._get("ATTAIN_DEBUG", "off").lower()
        if value not in _ON:
            self._refuse("ATTAIN_DEBUG", "on, off")
            return False
        if _ON[value] and is_production:
            self._problems.append(problem(errors.DEBUG_IN_PRODUCTION))
        return _ON[value]

    def _hosts(self, is_production: bool) -> tuple[str, ...]:
        hosts = tuple(host.strip() for host in self._get("ATTAIN_HOSTS").split(",") if host.strip())
        if is_production and (not hosts or any("*" in host for host in hosts)):
            self._problems.append(problem(errors.HOSTS_MISSING))
        wrong = [host for host in hosts if "/" in host or " " in host or host.startswith(".")]
        if wrong:
            self._refuse("ATTAIN_HOSTS", "attain.example.com, 10.0.0.5")
        return hosts or LOCAL

    def _address(self, is_production: bool) -> str:
        """What links in mails begin with; in production the first host, if nothing is said."""
        said = self._get("ATTAIN_ADDRESS").rstrip("/")
        if said and not _ADDRESS.fullmatch(said):
            self._refuse("ATTAIN_ADDRESS", "https://attain.example.com")
            return ""
        hosts = [host.strip() for host in self._get("ATTAIN_HOSTS").split(",") if host.strip()]
        return said or (f"https://{hosts[0]}" if is_production and hosts else "")

    def _time_zone(self, data: Path) -> str:
        """The company's zone; a variable is for installations that have no company file yet."""
        if (data / SETTINGS).is_file():
            zone = self._try(lambda: Workspace(data).settings.time_zone, "Asia/Shanghai")
        else:
            zone = self._get("ATTAIN_TIME_ZONE", "Asia/Shanghai")
        if zone not in available_timezones():
            self._problems.append(
                problem(
                    errors.ENVIRONMENT_VALUE,
                    name="ATTAIN_TIME_ZONE",
                    value=zone,
                    allowed="Asia/Shanghai, Europe/Berlin",
                )
            )
            return "Asia/Shanghai"
        return str(ZoneInfo(zone))

    def _mail(self) -> dict[str, Any]:
        """Where mail goes: a server, or files in the data folder while none is named."""
        port = self._get("ATTAIN_MAIL_PORT", "587")
        if not port.isdecimal() or not 0 < int(port) < 65536:
            self._refuse("ATTAIN_MAIL_PORT", "587, 465, 25")
            port = "587"
        security = self._one_of("ATTAIN_MAIL_SECURITY", ("starttls", "tls", "none"), "starttls")
        return {
            "host": self._get("ATTAIN_MAIL_HOST"),
            "port": int(port),
            "user": self._get("ATTAIN_MAIL_USER"),
            "password": self._said.get("ATTAIN_MAIL_PASSWORD", ""),
            "security": security,
            "sender": self._get("ATTAIN_MAIL_FROM", "attain@localhost"),
        }
