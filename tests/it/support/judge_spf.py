"""What pyspf says of senders: a second opinion on `check --dns`.

    judge_spf.py 127.0.0.1:PORT ROWS.json

Asks this DNS server and nobody else. ROWS.json is a
list of objects: `domain` of the sender, whose local part is `office`, and the
`ip` it comes from. Prints a list, for each row the result and why.
"""

import json
import sys
from pathlib import Path

import dns.exception
import dns.resolver
import spf

resolver = dns.resolver.Resolver(configure=False)
address, port = sys.argv[1].rsplit(":", 1)
resolver.nameservers = [address]
resolver.port = int(port)


def look_up(name, kind, tcpfallback=True, timeout=30):
    """As pyspf's own, whose way to ask went out of dnspython."""
    try:
        answer = resolver.resolve(name, kind, lifetime=timeout, search=False)
    except (dns.resolver.NoAnswer, dns.resolver.NXDOMAIN):
        return []
    except (dns.exception.Timeout, dns.resolver.NoNameservers) as fault:
        raise spf.TempError(f"DNS {fault}") from fault
    except dns.exception.DNSException:
        # A name that cannot be asked for, such as one with an empty label.
        return []
    values = {
        "A": lambda data: data.address,
        "AAAA": lambda data: data.address,
        "MX": lambda data: (data.preference, data.exchange.to_text(True)),
        "PTR": lambda data: data.target.to_text(True),
        "TXT": lambda data: data.strings,
    }
    return [((name, kind), values[kind](data)) for data in answer]


spf.DNSLookup = look_up


def judged(row):
    sender = f"office@{row['domain']}"
    result, _, why = spf.query(i=row["ip"], s=sender, h="relay.example").check()
    return [result, why]


rows = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
print(json.dumps([judged(row) for row in rows]))
