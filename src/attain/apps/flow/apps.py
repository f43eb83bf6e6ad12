"""The app flow as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

IN_A_SENTENCE = {
    "representative": "a representative",
    "manager": "a manager",
    "hr": "HR",
    "finance": "finance",
    "plan_admin": "a plan administrator",
    "auditor": "an auditor",
    "system_admin": "a system administrator",
}
"""“This step is for a plan administrator”: Chinese needs no article."""


class FlowConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.flow"
    label = "flow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the roles, so that refusals can say whose step something is; add the to-dos."""
        from django.utils.translation import pgettext_lazy

        from attain.apps.accounts.roles import ROLE_LABELS
        from attain.apps.accounts.signals import role_granting
        from attain.apps.flow import housekeeping, trail
        from attain.apps.flow.clashing import refuse_clash
        from attain.apps.flow.selectors import todo_count
        from attain.kinds.relations import relation
        from attain.ui import navigation

        for role, label in ROLE_LABELS.items():
            relation(f"role:{role}", label.zh, IN_A_SENTENCE[role])
        housekeeping.schedule()
        trail.connect()
        role_granting.connect(refuse_clash, dispatch_uid="flow.clashing")
        navigation.register(
            navigation.Area(
                name="todos",
                label=pgettext_lazy("area", "To do"),
                icon="list-check",
                url_name="flow:todos",
                order=10,
                count=todo_count,
            )
        )
