"""Which files of installed packages are served: what no page of ours uses would only be packed at every start."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class ServedFilesConfig(StaticFilesConfig):
    """The stock app without Redoc, the browsable API and the modules that bundlers take."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc", "rest_framework", "swagger-ui-es-*"]
