"""Python's smtplib as a sender with several connections: a thread for each, messages from one queue.

smtplib_pool.py PORT CONNECTIONS COUNT FILE

Whoever is not let in leaves its share to the others; when nobody is left, what the server said ends it.
"""

import queue
import smtplib
import sys
import threading
from pathlib import Path

from campaign import SENDER, address


def main() -> None:
    port, connections, count, file = sys.argv[1:]
    message = Path(file).read_bytes()
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in range(1, int(count) + 1):
        waiting.put(number)
    faults: list[Exception] = []

    def send() -> None:
        try:
            with smtplib.SMTP("127.0.0.1", int(port), local_hostname="localhost", timeout=60) as server:
                while True:
                    server.sendmail(SENDER, address(waiting.get_nowait()), message)
        except queue.Empty:
            pass
        except (OSError, smtplib.SMTPException) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=send) for _ in range(int(connections))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if not waiting.empty() or any(not isinstance(fault, smtplib.SMTPConnectError) for fault in faults):
        sys.exit(f"not everything was sent: {faults[:1]}")


if __name__ == "__main__":
    main()
