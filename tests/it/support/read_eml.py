"""Reads mail as Python's email.policy.default does, and says what it found.

    read_eml.py FILE.eml...

Prints a JSON list, one object a file:

  headers      subject, from, to, cc, bcc, reply-to, date, message-id: decoded text; null where absent
  addresses    from, to, cc, bcc, reply-to: [display name, address] pairs
  all_headers  [name, decoded value] pairs, in order
  structure    the content type, or [content type, [structure of each part]]
  parts        the leaves, in order: content_type, charset, filename, disposition, encoding, cid,
               text (of text parts, decoded) or null, visible (of HTML: what a reader sees of it, with
               single spaces), size and sha256 (of the decoded bytes)
  defects      everything Python objects to, in words, of headers and of every part; [] is what tests want

Of a file that makes Python's parser itself stumble, only "file" and "defects" are said.
"""

import email
import email.errors
import email.policy
import hashlib
import html.parser
import io
import json
import sys

NAMED = ["subject", "from", "to", "cc", "bcc", "reply-to", "date", "message-id"]
WORDS_IN_QUOTES = ["encoded word inside quoted string", "missing trailing whitespace after encoded-word"]
ADDRESSES = ["from", "to", "cc", "bcc", "reply-to"]


def read(path):
    with open(path, "rb") as file:
        octets = file.read()
    if octets.partition(b"\r\n\r\n")[0].isascii():
        message = email.message_from_binary_file(io.BytesIO(octets), policy=email.policy.default)
    else:
        # A header of RFC 6532. Python reads such as text only.
        message = email.message_from_string(octets.decode().replace("\r\n", "\n"), policy=email.policy.SMTPUTF8)
    # Reading a header or a content is what finds its defects: so those last.
    found = {
        "file": path,
        "headers": {name: None if message[name] is None else str(message[name]) for name in NAMED},
        "addresses": {name: addresses(message[name]) for name in ADDRESSES},
        "all_headers": [[name, str(value)] for name, value in message.items()],
        "structure": structure(message),
        "parts": [leaf(part) for part in message.walk() if not part.is_multipart()],
    }
    found["defects"] = [words for part in message.walk() for words in defects(part)]
    return found


def read_or_say_why_not(path):
    try:
        return read(path)
    except OSError:
        raise
    except Exception as error:
        return {"file": path, "defects": [f"unreadable: {type(error).__name__}: {error}"]}


def addresses(header):
    if header is None:
        return []
    return [[one.display_name, one.addr_spec] for one in header.addresses]


def structure(part):
    if not part.is_multipart():
        return part.get_content_type()
    return [part.get_content_type(), [structure(one) for one in part.iter_parts()]]


class Visible(html.parser.HTMLParser):
    """The text of a page without its head."""

    def __init__(self, page):
        super().__init__()
        self.words, self.hidden = [], 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("head", "style", "script")
        if tag in ("p", "br", "li", "td", "tr", "h1", "h2"):
            self.words.append(" ")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("head", "style", "script")

    def handle_data(self, data):
        if not self.hidden:
            self.words.append(data)


def visible(page):
    # Not split(): a no-break space is no space.
    words = "".join(Visible(page).words).replace("\n", " ").replace("\r", " ").split(" ")
    return " ".join(word for word in words if word)


def leaf(part):
    text = part.get_content() if part.get_content_maintype() == "text" else None
    payload = part.get_payload(decode=True) or b""
    return {
        "content_type": part.get_content_type(),
        "charset": part.get_content_charset(),
        "filename": part.get_filename(),
        "disposition": part.get_content_disposition(),
        "encoding": part["content-transfer-encoding"] and str(part["content-transfer-encoding"]),
        "cid": part["content-id"] and str(part["content-id"]),
        "text": text,
        "visible": visible(text) if part.get_content_subtype() == "html" else None,
        "size": len(payload),
        "sha256": hashlib.sha256(payload).hexdigest(),
    }


def defects(part):
    kind = part.get_content_type()
    for defect in part.defects:
        yield f"{kind}: {type(defect).__name__}: {defect}"
    for name, value in part.items():
        for defect in value.defects:
            # What RFC 6532 is for. Python has a name for it, for who may not have it.
            meant = part.policy.utf8 and isinstance(defect, email.errors.NonASCIILocalPartDefect)
            # Encoded words in the name of a file, for programs that do not know RFC 2231.
            meant = meant or name == "Content-Type" and str(defect) in WORDS_IN_QUOTES
            if not meant:
                yield f"{kind}: {name}: {type(defect).__name__}: {defect}"


if __name__ == "__main__":
    json.dump([read_or_say_why_not(path) for path in sys.argv[1:]], sys.stdout)
