"""What `check --deploy` says of the record."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register


@register("security", deploy=True)
def signing_key_is_given(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """A site that runs for real has a key that outlives its disk."""
    if settings.RECORD_SIGNING_KEY:
        return []
    return [
        Warning(
            "RECORD_SIGNING_KEY is not set: the key that signs checkpoints lies in VAR_DIR alone.",
            hint="Set it to the base64 of 32 random bytes, and keep a copy.",
            id="record.W001",
        )
    ]
