"""Makes the calls of calls.json with the official SDK.

Use: official.py CALLS BASE_URL
"""

import json
import sys
import warnings
from pathlib import Path

from cloudflare import Cloudflare

# The same made-up values as in tests/examples/parity.rs.
CREDENTIALS = {
    "api_token": {"api_token": "parity-token"},
    "api_key": {"api_email": "parity@example.com", "api_key": "parity-key"},
}


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    calls, base_url = json.loads(Path(arguments[0]).read_text(encoding="utf-8")), arguments[1]
    # The SDK calls one of the methods deprecated. What it sends is the same.
    warnings.simplefilter("ignore", DeprecationWarning)
    for call in calls:
        with Cloudflare(base_url=base_url, max_retries=0, **CREDENTIALS[call["credentials"]]) as client:
            make(client, call)
    print(f"{len(calls)} calls made")
    return 0


def make(client, call):
    dates = {argument: call[name] for name, argument in (("from", "from_"), ("to", "to")) if name in call}
    match call["method"]:
        case "billing.profiles.get":
            client.billing.profiles.get(account_id=call["account_id"])
        case "billing.usage.paygo":
            client.billing.usage.paygo(account_id=call["account_id"], **dates)
        case method:
            raise ValueError(f"calls.json names a method that is not known here: {method}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
