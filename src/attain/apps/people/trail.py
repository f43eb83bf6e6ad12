"""What people's services do, as the audit trail says it."""

from __future__ import annotations

from attain.apps.audit import words
from attain.core.labels import labels

ACTIONS = {
    "people.assign": labels("安排任职", "Gave a place"),
    "people.change": labels("修改人员", "Changed a person"),
    "people.change_position": labels("修改岗位", "Changed a position"),
    "people.change_unit": labels("修改部门", "Changed a unit"),
    "people.close_position": labels("撤销岗位", "Closed a position"),
    "people.close_unit": labels("撤销部门", "Closed a unit"),
    "people.end_assignment": labels("结束任职", "Ended a place"),
    "people.end_edge": labels("结束层级关系", "Ended a link of a hierarchy"),
    "people.export": labels("导出全部人员", "Exported everybody"),
    "people.found_position": labels("设立岗位", "Founded a position"),
    "people.found_unit": labels("设立部门", "Founded a unit"),
    "people.hire": labels("入职", "Hired"),
    "people.import": labels("导入组织", "Imported the organisation"),
    "people.leave": labels("离职", "Left"),
    "people.move": labels("调动", "Moved"),
    "people.rehire": labels("再次入职", "Hired again"),
    "people.set_edge": labels("建立层级关系", "Set a link of a hierarchy"),
    "people.undo": labels("撤销变动", "Undid a change"),
}
THINGS = {
    "person": labels("人员", "Person"),
    "unit": labels("部门", "Unit"),
    "position": labels("岗位", "Position"),
    "edge": labels("层级关系", "Link of a hierarchy"),
    "change": labels("组织变动", "Change of the organisation"),
}


def connect() -> None:
    """Called once when the product starts; again does no harm."""
    words.name(ACTIONS, THINGS)
