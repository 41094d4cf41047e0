"""The shared cache, which may be away."""

from typing import Any

from django_redis.cache import RedisCache


class SharedCache(RedisCache):
    """Redis as a cache whose errors are swallowed (IGNORE_EXCEPTIONS): while it is away, limits are open."""

    def add(self, key: Any, *args: Any, **kwargs: Any) -> bool | None:
        """True where the key is new, False where it is there, None where Redis is away.

        Before allauth counts a try it waits until add() gives it a lock, and refuses the try when it gets none.
        Without Redis nobody could sign in: so its locks are given, and its counts find nothing.
        """
        added: bool | None = super().add(key, *args, **kwargs)
        if added is None and str(key).startswith("allauth:"):
            return True
        return added
