from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every page shares."""

    name = "core"
    verbose_name = "Bendri dalykai"

    def ready(self):
        """Take part in the system checks; forms of the admin ask about hours in our words; its exports are safe."""
        from django.db.models import DateTimeField
        from wagtail.admin.forms.models import register_form_field_override
        from wagtail.admin.widgets import AdminDateTimeInput

        from core import checks, new_pages  # noqa: F401
        from core.clocks import ClockField
        from core.spreadsheets import make_exports_safe

        register_form_field_override(DateTimeField, override={"widget": AdminDateTimeInput, "form_class": ClockField})
        make_exports_safe()
