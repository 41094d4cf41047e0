"""bin/bench WHAT: one kind of measurement each."""

import argparse
import sys

from tools.bench import counting
from tools.environment import CannotStart, prepare

KINDS = {"counting": counting}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    for name, kind in KINDS.items():
        kind.add_arguments(kinds.add_parser(name, help=kind.__doc__, description=kind.__doc__))
    options = parser.parse_args(arguments)
    try:
        prepare()
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    return KINDS[options.kind].run(options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
