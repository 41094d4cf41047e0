"""HTML that follows from its values alone is drawn once, and not again for each reader who meets the same row."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec

from django.utils.safestring import SafeString
from django.utils.translation import get_language

P = ParamSpec("P")
KEPT = 1_500  # rows in each process: about 2 kB each


def drawn_once(draw: Callable[P, SafeString]) -> Callable[P, SafeString]:
    """For a function of plain values (texts, numbers, dates, tuples of them) to HTML. Nothing can be stale: a value
    that changed is another question. The function must look at nothing else, not even at the clock or a model."""
    kept = lru_cache(maxsize=KEPT)(lambda language, args, kwargs: draw(*args, **dict(kwargs)))

    @wraps(draw)
    def ask(*args: P.args, **kwargs: P.kwargs) -> SafeString:
        return kept(get_language(), args, tuple(kwargs.items()))

    return ask
