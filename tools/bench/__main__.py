"""bin/bench [WHAT]: one kind of measurement each. Without a word it is the site against bare Django."""

import argparse
import sys

from tools.bench import counting, site
from tools.environment import CannotStart, prepare

KINDS = {"site": site, "counting": counting}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    for name, kind in KINDS.items():
        kind.add_arguments(kinds.add_parser(name, help=kind.__doc__, description=kind.__doc__))
    bare = not arguments or (arguments[0] not in KINDS and arguments[0] not in ("-h", "--help"))
    options = parser.parse_args(["site", *arguments] if bare else arguments)
    try:
        prepare()
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    return KINDS[options.kind].run(options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
