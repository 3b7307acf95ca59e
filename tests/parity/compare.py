"""Compares what two SDKs sent for the same calls, as recorder.py wrote it down.

Use: compare.py CALLS OFFICIAL OURS. Exit codes: 0 equal, 1 differences, 2 a file cannot be read.
"""

import json
import sys
from pathlib import Path
from urllib.parse import parse_qsl

NOTHING = "(nothing)"


def main(arguments):
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        calls = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        official, ours = (recording(Path(argument)) for argument in arguments[1:])
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    names = [call["name"] for call in calls]
    rows = [*count_rows(names, official, ours), *difference_rows(names, official, ours)]
    if rows:
        print_table([("call", "part", "official", "ours"), *rows])
    equal = min(len(official), len(ours)) - len({row[0] for row in rows if row[0] in names})
    print(f"{len(names)} calls: {equal} sent the same by both, {len(rows)} differences")
    return 1 if rows or not names else 0


def recording(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def count_rows(names, official, ours):
    """A call that was sent twice or not at all shifts all that follow, so the number comes first."""
    if len(official) != len(names) or len(ours) != len(names):
        yield "all", f"requests ({len(names)} expected)", str(len(official)), str(len(ours))


def difference_rows(names, official, ours):
    for name, left, right in zip(names, official, ours):
        left, right = parts(left), parts(right)
        for part in [*left, *(part for part in right if part not in left)]:
            values = left.get(part, NOTHING), right.get(part, NOTHING)
            if values[0] != values[1]:
                yield name, part, *values


def parts(request):
    """What has to be equal. A query is compared as it is meant; its order counts, its way of escaping does not."""
    query = parse_qsl(request["query"], keep_blank_values=True)
    return {
        "method": request["method"],
        "path": request["path"],
        "query": " ".join(f"{name}={value!r}" for name, value in query) or NOTHING,
        **{name: ", ".join(values) for name, values in request["headers"].items()},
    }


def print_table(rows):
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
