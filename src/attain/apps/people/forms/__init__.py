"""The forms of the organisation. Each says which verb it fills and with what."""

from __future__ import annotations

from attain.apps.people.forms.people import (
    AssignForm,
    ChangeForm,
    EndForm,
    HireForm,
    LeaveForm,
    MoveForm,
    RehireForm,
)
from attain.apps.people.forms.structure import (
    ChangePositionForm,
    ChangeUnitForm,
    CloseForm,
    EdgeForm,
    FoundPositionForm,
    FoundUnitForm,
    UploadForm,
)

__all__ = [
    "AssignForm",
    "ChangeForm",
    "ChangePositionForm",
    "ChangeUnitForm",
    "CloseForm",
    "EdgeForm",
    "EndForm",
    "FoundPositionForm",
    "FoundUnitForm",
    "HireForm",
    "LeaveForm",
    "MoveForm",
    "RehireForm",
    "UploadForm",
]
