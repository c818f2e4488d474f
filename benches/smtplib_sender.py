"""Python's smtplib as a sender: one connection, the same message again and again.

smtplib_sender.py PORT COUNT FILE
"""

import smtplib
import sys
from pathlib import Path

from campaign import SENDER, address


def main() -> None:
    port, count, file = sys.argv[1:]
    message = Path(file).read_bytes()
    with smtplib.SMTP("127.0.0.1", int(port), local_hostname="localhost", timeout=60) as server:
        for number in range(1, int(count) + 1):
            server.sendmail(SENDER, address(number), message)


if __name__ == "__main__":
    main()
