from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Programmes, their measures, the projects."""

    name = "projects"
    verbose_name = "Projektai"
