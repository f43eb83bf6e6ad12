"""Flow: one transition function for everything that has a state. See README.md."""

from __future__ import annotations

from attain.apps.flow.registry import Flow, Task, register

__all__ = ["Flow", "Task", "register"]
