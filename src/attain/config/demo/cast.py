"""Who can log in to the sample company, one for every role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from attain.apps.accounts.roles import Role

PASSWORD: Final = "helan-demo-2026"
"""The same for everybody: the sample company holds nothing of anybody real."""


@dataclass(frozen=True, slots=True)
class Login:
    """An account of the sample company."""

    username: str
    person: str
    """The code of the person, as in the company's files."""
    name: str
    name_en: str
    role: Role


LOGINS: Final = (
    Login("shen", "E-1001", "沈佳宁", "Shen Jianing", Role.representative),
    Login("zhou", "E-1002", "周亦凡", "Zhou Yifan", Role.representative),
    Login("qin", "E-0102", "秦岚", "Qin Lan", Role.manager),
    Login("lin", "E-0101", "林知远", "Lin Zhiyuan", Role.manager),
    Login("he", "E-0501", "贺敏", "He Min", Role.hr),
    Login("dai", "E-0601", "戴晓峰", "Dai Xiaofeng", Role.finance),
    Login("tao", "E-0602", "陶静", "Tao Jing", Role.finance),
    Login("ni", "E-0701", "倪珂", "Ni Ke", Role.plan_admin),
    Login("yan", "E-0801", "严守正", "Yan Shouzheng", Role.auditor),
    Login("gu", "E-0901", "顾北辰", "Gu Beichen", Role.system_admin),
)

PREPARER: Final = "dai"
PUBLISHER: Final = "tao"
AUTHOR: Final = "ni"
APPROVER: Final = "he"
IMPORTER: Final = "dai"
ADMINISTRATOR: Final = "gu"
