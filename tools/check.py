"""bin/check: every house rule that can be checked without running a test, two at a time, each with its verdict."""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tools.environment import HOUSE, PYTHON, VAR, CannotStart, prepare

# What a production site is told, for `check --deploy`. Nothing is connected to.
PRODUCTION = {
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "RECORD_SIGNING_KEY": "MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=",
    "SITE_URL": "https://table.example",
    "ALLOWED_HOSTS": "table.example",
    "EMAIL_URL": "smtp+tls://mail:secret@mail.example:587",
}
# What the environment of a developer says must not change a verdict.
NEUTRAL = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "DEMO", "DEBUG", "EMAIL_URL")


@dataclass(frozen=True)
class Check:
    """One tool and what its success means."""

    promise: str
    command: list[str]
    env: dict[str, str] | None = None


def checks() -> list[Check]:
    python = str(PYTHON)
    templates = [str(HOUSE / "templates")]
    return [
        Check("types are right (mypy)", [python, "-m", "mypy"]),
        Check("style is kept (ruff)", [python, "-m", "ruff", "check", "."]),
        Check("layout is kept (ruff format)", [python, "-m", "ruff", "format", "--check", "."]),
        Check("imports point down only (import-linter)", [python, "-c", _LINT_IMPORTS, "--no-cache"]),
        Check("templates are sound (djlint)", [python, "-m", "djlint", "--quiet", "--lint", *templates]),
        Check("templates are laid out (djlint)", [python, "-m", "djlint", "--check", *templates]),
        Check("Django is written as of 5.2 (django-upgrade)", [python, "-m", "django_upgrade", *_upgrade_arguments()]),
        Check("models and migrations agree", [python, "manage.py", "makemigrations", "--check", "--dry-run"]),
        Check(
            "a production site is safe (check --deploy)",
            [python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
            PRODUCTION,
        ),
    ]


_LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command as run; run(sys.argv[1:])"


def _upgrade_arguments() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=HOUSE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    files = [name for name in listed.stdout.splitlines() if (HOUSE / name).exists()]
    if not files:  # an unpacked archive has no git
        files = [str(path) for path in HOUSE.glob("*/**/*.py") if ".venv" not in path.parts]
    return ["--check", "--target-version", "5.2", *files]


def run(check: Check) -> tuple[Check, int, str, float]:
    began = time.monotonic()
    env = {name: value for name, value in os.environ.items() if name not in NEUTRAL}
    env |= {"VAR_DIR": str(VAR), "COLUMNS": "120"} | (check.env or {})
    done = subprocess.run(
        check.command, cwd=HOUSE, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return check, done.returncode, done.stdout.strip(), time.monotonic() - began


def mend() -> None:
    """Let each tool put right what it can by itself."""
    python = str(PYTHON)
    upgrade = [argument for argument in _upgrade_arguments() if argument != "--check"]
    for command in (
        [python, "-m", "django_upgrade", *upgrade],
        [python, "-m", "ruff", "check", "--quiet", "--fix", "--exit-zero", "."],
        [python, "-m", "ruff", "format", "--quiet", "."],
        [python, "-m", "djlint", "--quiet", "--reformat", str(HOUSE / "templates")],
    ):
        subprocess.run(command, cwd=HOUSE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/check", description="Say whether the code keeps the house rules.")
    parser.add_argument("--fix", action="store_true", help="first mend what the tools can mend by themselves")
    options = parser.parse_args(arguments)
    try:
        prepare(development=True)
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    if options.fix:
        mend()
    failed = 0
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 2)) as pool:
        for check, code, output, seconds in pool.map(run, checks()):
            failed += code != 0
            print(f"{'✓' if code == 0 else '✗'} {check.promise} ({seconds:.1f} s)", flush=True)
            if code != 0:
                print("\n".join(f"    {line}" for line in output.splitlines()), flush=True)
    print(f"\n{failed} of {len(checks())} checks failed." if failed else "\nAll is in order.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
