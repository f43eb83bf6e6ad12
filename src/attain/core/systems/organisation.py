"""Who there is, where they sit and who reports to whom; all of it dated."""

from __future__ import annotations

from typing import Final

from attain.core.schemas import DatasetSchema
from attain.core.systems.declaring import declared

ORGANISATION: Final[tuple[DatasetSchema, ...]] = declared(
    """
dataset: people
label: {zh-Hans: 人员, en: People}
key: [person, effective_from]
dated: true
columns:
  person:
    type: key
    of: people
    label: {zh-Hans: 工号, en: Person}
    aliases: [员工编号, Staff no.]
  name: {type: text, personal: true, label: {zh-Hans: 姓名, en: Name}}
""",
    """
dataset: units
label: {zh-Hans: 部门, en: Units}
key: [unit, effective_from]
dated: true
columns:
  unit: {type: key, of: units, label: {zh-Hans: 部门编号, en: Unit}}
  name: {type: text, label: {zh-Hans: 部门名称, en: Unit name}}
  kind: {type: text, label: {zh-Hans: 部门类型, en: Kind}}
  parent: {type: key, of: units, label: {zh-Hans: 上级部门, en: Parent unit}}
  head: {type: key, of: people, label: {zh-Hans: 负责人, en: Head}}
checks: [{tree: parent, child: unit}]
""",
    """
dataset: positions
label: {zh-Hans: 岗位, en: Positions}
key: [position, effective_from]
dated: true
columns:
  position: {type: key, of: positions, label: {zh-Hans: 岗位编号, en: Position}}
  title: {type: text, label: {zh-Hans: 岗位名称, en: Title}}
  unit: {type: key, of: units, label: {zh-Hans: 部门编号, en: Unit}}
""",
    """
dataset: assignments
label: {zh-Hans: 任职, en: Assignments}
key: [person, position, unit, effective_from]
dated: true
columns:
  person: {type: key, of: people, label: {zh-Hans: 工号, en: Person}}
  position:
    {type: key, of: positions, required: false, label: {zh-Hans: 岗位编号, en: Position}}
  unit: {type: key, of: units, required: false, label: {zh-Hans: 部门编号, en: Unit}}
  manager: {type: key, of: people, label: {zh-Hans: 直接上级, en: Manager}}
  share: {type: ratio, label: {zh-Hans: 比例, en: Share}}
checks: [{tree: manager, child: person}, {range: share, from: 0, to: 1}]
""",
    """
dataset: edges
label: {zh-Hans: 层级关系, en: Edges of hierarchies}
key: [hierarchy, child, effective_from]
dated: true
columns:
  hierarchy: {type: text, label: {zh-Hans: 层级, en: Hierarchy}}
  child: {type: key, of: [people, units, positions, customers], label: {zh-Hans: 下级, en: Child}}
  parent:
    type: key
    of: [people, units, positions, customers]
    required: true
    label: {zh-Hans: 上级, en: Parent}
checks: [{tree: parent, child: child, by: [hierarchy]}]
""",
    """
dataset: aliases
label: {zh-Hans: 编号对照, en: Aliases}
key: [kind, code]
columns:
  kind: {type: text, label: {zh-Hans: 类型, en: Kind}}
  code: {type: code, label: {zh-Hans: 编号, en: Code}}
  key: {type: text, required: true, label: {zh-Hans: 主键, en: Key}}
""",
    """
dataset: plan_members
label: {zh-Hans: 方案参与人, en: Members of plans}
key: [plan, subject, effective_from]
dated: true
columns:
  plan: {type: text, label: {zh-Hans: 方案, en: Plan}}
  subject: {type: key, of: [people, units, positions], label: {zh-Hans: 对象, en: Subject}}
  share: {type: ratio, label: {zh-Hans: 比例, en: Share}}
""",
)
