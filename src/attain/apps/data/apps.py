"""The app data as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DataConfig(AppConfig):
    """Named by its place in the house."""

    name = "attain.apps.data"
    label = "data"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below what data keeps, and put it on the bar."""
        from attain.apps.data import handlers, lifecycle, providers, searching
        from attain.apps.data.models import ImportBatch
        from attain.apps.data.selectors import may_work, schemas
        from attain.apps.data.services.starting import PURPOSE
        from attain.apps.data.waiting import tasks, url_of
        from attain.apps.files import registry as files
        from attain.apps.flow import register
        from attain.apps.people.columns import declared_by
        from attain.apps.people.providers import PROVIDERS
        from attain.ui import navigation, search

        assert handlers
        declared_by(schemas)
        for name, rows in PROVIDERS.items():
            providers.register(name, rows, owner="people")
        register(
            lifecycle.KIND,
            ImportBatch,
            lifecycle.CYCLE,
            relations=lambda obj, actor: (),
            label=str,
            url=url_of,
            todo=tasks,
        )
        files.register_reader(
            PURPOSE,
            lambda actor, file: may_work(actor),
            kinds=files.TABLES,
            bytes_max=200 * 1024 * 1024,
        )
        navigation.register(
            navigation.Area(
                name="data",
                label=_("Data"),
                icon="database",
                url_name="data:home",
                order=30,
                group="operate",
                count=searching.waiting,
                phone=False,
                keywords="导入 import 数据集 dataset",
            )
        )
        search.register("data", _("Datasets and imports"), searching.find, order=60)
