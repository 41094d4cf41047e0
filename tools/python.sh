# Sourced by bin/*: HOUSE is the checkout, PYTHON a Python of 3.11 or newer. Any POSIX shell will do.
HOUSE=$(cd "$(dirname "$0")/.." && pwd) || exit 1
PYTHON=
for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        PYTHON=$candidate
        break
    fi
done
if [ -z "$PYTHON" ]; then
    found=$(python3 --version 2>/dev/null || echo "no Python at all")
    echo "Top Table needs Python 3.11 or newer, and this machine has $found." >&2
    exit 1
fi
cd "$HOUSE" || exit 1
