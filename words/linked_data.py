"""What a page says to those who read it by machine, in the words of schema.org."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# So that no text can end the script element it stands in.
_HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def as_json_ld(document: dict[str, Any]) -> SafeString:
    """The content of a `<script type="application/ld+json">`."""
    text = json.dumps({"@context": "https://schema.org"} | document, ensure_ascii=False)
    return mark_safe(text.translate(_HARMLESS))  # noqa: S308 - made harmless above
