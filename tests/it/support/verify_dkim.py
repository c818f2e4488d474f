"""Verifies DKIM signatures as a receiver does, and tries to get around them.

    verify_dkim.py RECORDS.json FILE.eml...

RECORDS.json maps the names of TXT records to their values. Prints a JSON list, one object a file:

  signatures   of each signature from the top: algorithm, domain, selector, time (t=), headers (h=, as listed)
               and valid
  forged       what was changed, of all changes under which some signature was still valid; [] is what tests want
  changes      how many changes were tried: an octet in each signed header, octets all over the body,
               a second header of those that tell who wrote
"""

import json
import logging
import re
import sys

import dkim

ONCE = [b"From", b"Reply-To", b"To", b"Cc", b"Subject", b"Date", b"Message-ID", b"Content-Type", b"Sender",
        b"List-Id", b"List-Unsubscribe", b"List-Unsubscribe-Post"]


def main(records, files):
    with open(records, encoding="utf-8") as file:
        known = {name.rstrip(".") + ".": value.encode() for name, value in json.load(file).items()}

    def look_up(name, timeout=5):
        return known.get(name.decode().rstrip(".") + ".")

    found = []
    for path in files:
        with open(path, "rb") as file:
            # Maildirs keep lines with LF alone.
            message = re.sub(rb"\r?\n", b"\r\n", file.read())
        found.append(judged(message, look_up))
    print(json.dumps(found))


def judged(message, look_up):
    signatures = [tags(value) for name, value in dkim.DKIM(message).headers if name.lower() == b"dkim-signature"]
    forged, changes = [], 0
    for what, changed in changed_messages(message, [name for one in signatures for name in one["h"].split(":")]):
        changes += 1
        if any(verify(changed, look_up, which) for which in range(len(signatures))):
            forged.append(what)
    return {
        "signatures": [
            {
                "algorithm": one["a"],
                "domain": one["d"],
                "selector": one["s"],
                "time": int(one["t"]),
                "headers": one["h"].split(":"),
                "valid": verify(message, look_up, which),
            }
            for which, one in enumerate(signatures)
        ],
        "forged": forged,
        "changes": changes,
    }


def verify(message, look_up, which):
    quiet = logging.getLogger("dkim")
    quiet.disabled = True
    try:
        return dkim.DKIM(message, logger=quiet, minkey=1024).verify(idx=which, dnsfunc=look_up)
    except dkim.DKIMException:
        return False


def tags(value):
    unfolded = re.sub(rb"\s+", b"", value).decode()
    return dict(tag.split("=", 1) for tag in unfolded.split(";") if tag)


def changed_messages(message, signed):
    head, body = message.split(b"\r\n\r\n", 1)
    for name in sorted({name.lower().encode() for name in signed}):
        field = re.search(rb"(?im)^" + re.escape(name) + rb":\s*(\S)", head)
        if field is None:
            continue
        at = field.start(1)
        yield f"{name.decode()} changed", flipped(head, at) + b"\r\n\r\n" + body
    seen = [at for at in range(len(body)) if body[at : at + 1] not in b" \t\r\n"]
    for at in seen[:: max(1, len(seen) // 40)] + seen[-1:]:
        yield f"octet {at} of the body changed", head + b"\r\n\r\n" + flipped(body, at)
    yield "a line more", message + b"one more\r\n"
    for name in ONCE:
        more = name + b": Mallory <mallory@example.net>\r\n"
        yield f"a {name.decode()} in front", more + message
        yield f"a {name.decode()} behind", head + b"\r\n" + more + b"\r\n" + body


def flipped(octets, at):
    return octets[:at] + bytes([octets[at] ^ 1]) + octets[at + 1 :]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
