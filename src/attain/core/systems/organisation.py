"""Who there is, where they sit and who reports to whom; all of it dated."""

from __future__ import annotations

from typing import Final

from attain.core.schemas import DatasetSchema
from attain.core.systems.declaring import SUBJECTS, column, dataset

ORGANISATION: Final[tuple[DatasetSchema, ...]] = (
    dataset(
        "people",
        "人员",
        "People",
        key=["person", "effective_from"],
        dated=True,
        columns={
            "person": column(
                "key", "工号", "Person", of="people", aliases=["员工编号", "Staff no."]
            ),
            "name": column("text", "姓名", "Name", personal=True),
        },
    ),
    dataset(
        "units",
        "部门",
        "Units",
        key=["unit", "effective_from"],
        dated=True,
        checks=[{"tree": "parent", "child": "unit"}],
        columns={
            "unit": column("key", "部门编号", "Unit", of="units"),
            "name": column("text", "部门名称", "Unit name"),
            "kind": column("text", "部门类型", "Kind"),
            "parent": column("key", "上级部门", "Parent unit", of="units"),
            "head": column("key", "负责人", "Head", of="people"),
        },
    ),
    dataset(
        "positions",
        "岗位",
        "Positions",
        key=["position", "effective_from"],
        dated=True,
        columns={
            "position": column("key", "岗位编号", "Position", of="positions"),
            "title": column("text", "岗位名称", "Title"),
            "unit": column("key", "部门编号", "Unit", of="units"),
        },
    ),
    dataset(
        "assignments",
        "任职",
        "Assignments",
        key=["person", "position", "unit", "effective_from"],
        dated=True,
        checks=[{"tree": "manager", "child": "person"}, {"range": "share", "from": "0", "to": "1"}],
        columns={
            "person": column("key", "工号", "Person", of="people"),
            "position": column("key", "岗位编号", "Position", of="positions", required=False),
            "unit": column("key", "部门编号", "Unit", of="units", required=False),
            "manager": column("key", "直接上级", "Manager", of="people"),
            "share": column("ratio", "比例", "Share"),
        },
    ),
    dataset(
        "edges",
        "层级关系",
        "Edges of hierarchies",
        key=["hierarchy", "child", "effective_from"],
        dated=True,
        checks=[{"tree": "parent", "child": "child", "by": ["hierarchy"]}],
        columns={
            "hierarchy": column("text", "层级", "Hierarchy"),
            "child": column(
                "key", "下级", "Child", of=["people", "units", "positions", "customers"]
            ),
            "parent": column(
                "key",
                "上级",
                "Parent",
                of=["people", "units", "positions", "customers"],
                required=True,
            ),
        },
    ),
    dataset(
        "aliases",
        "编号对照",
        "Aliases",
        key=["kind", "code"],
        columns={
            "kind": column("text", "类型", "Kind"),
            "code": column("code", "编号", "Code"),
            "key": column("text", "主键", "Key", required=True),
        },
    ),
    dataset(
        "plan_members",
        "方案参与人",
        "Members of plans",
        key=["plan", "subject", "effective_from"],
        dated=True,
        columns={
            "plan": column("text", "方案", "Plan"),
            "subject": column("key", "对象", "Subject", of=SUBJECTS),
            "share": column("ratio", "比例", "Share"),
        },
    ),
)
