"""Whether the database and the Redis of the environment answer. Runs with the .venv's Python: python -m tools.probe"""

import os
import sys

import psycopg
import redis

PATIENCE = 5  # seconds


def database_problem(url: str) -> str:
    """Why PostgreSQL at this URL cannot be used, or nothing. SQLite needs no server."""
    if not url.startswith(("postgres://", "postgresql://")):
        return ""
    try:
        psycopg.connect(url.replace("postgres://", "postgresql://", 1), connect_timeout=PATIENCE).close()
    except psycopg.Error as error:
        return f"PostgreSQL at {_without_password(url)} does not answer: {_first_line(error)}"
    return ""


def redis_problem(url: str) -> str:
    """Why Redis (or Valkey) at this URL cannot be used, or nothing."""
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        return f"Redis at {_without_password(url)} does not answer: {_first_line(error)}"
    return ""


def problems() -> list[str]:
    """One sentence for each service that the environment names and that does not answer."""
    found = []
    if url := os.environ.get("DATABASE_URL"):
        found.append(database_problem(url))
    if url := os.environ.get("REDIS_URL"):
        found.append(redis_problem(url))
    return [problem for problem in found if problem]


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0].rstrip(".") + "."


def _without_password(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


if __name__ == "__main__":
    unreachable = problems()
    print("\n".join(unreachable))
    sys.exit(1 if unreachable else 0)
