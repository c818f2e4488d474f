#!/usr/bin/env python3
"""What rspamd thinks of messages: a JSON list with the points of each rule, for each file that is named.

It listens on a port of 127.0.0.1 and asks nobody: what needs the DNS, Redis or a list that is kept elsewhere is
off. Exit code 3: it is not installed.
"""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

NOT_INSTALLED = 3

# Modules that ask somebody, or remember what was before.
OFF = """antivirus arc asn aws_s3 bayes clickhouse dcc dkim dkim_signing dmarc elastic fuzzy_check greylist history_redis
metadata_exporter metric_exporter mx_check neural once_received p0f ratelimit rbl phishing redis replies reputation
rspamd_update spf surbl url_redirector hfilter""".split()

# Those of the messages.
SUFFIXES = ["com", "example", "net", "org", "test"]

CONFIGURATION = """
.include "/etc/rspamd/common.conf"
options {
    pidfile = "$DBDIR/rspamd.pid";
    # Nothing of options.inc: a second `dns` beside its own would not count.
    filters = "chartable,regexp";
    dns { nameserver = ["127.0.0.1:%(dns)d"]; timeout = 1s; retransmits = 1; sockets = 1; }
    disable_hyperscan = true;
    # The whole list of public suffixes takes ten seconds to read.
    url_tld = "$DBDIR/suffixes";
    tempdir = "$DBDIR";
    map_watch_interval = 1d;
    dynamic_conf = "$DBDIR/dynamic";
    history_file = "$DBDIR/history";
    cache_file = "$DBDIR/cache";
    stats_file = "$DBDIR/stats";
    hs_cache_dir = "$DBDIR/";
    rrd = "$DBDIR/rrd";
    control_socket = "$DBDIR/control.sock mode=0600";
    explicit_modules = ["settings"];
    allow_raw_input = true;
    words_decay = 600;
}
logging { type = "console"; level = "error"; }
worker "normal" { bind_socket = "127.0.0.1:%(port)d"; count = 1; }
"""


def nobody(asked):
    """A name server that knows no name: what asks in spite of all is answered here, and at once."""
    while True:
        question, sender = asked.recvfrom(4096)
        print(f"asked: {question[12:]!r}", file=sys.stderr)
        # The same question as an answer, with recursion and the code NXDOMAIN.
        asked.sendto(question[:2] + b"\x81\x83" + question[4:6] + bytes(6) + question[12:], sender)


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def wait_for(port, rspamd):
    """Until it answers; it reads its rules first."""
    ends = time.monotonic() + 60
    while rspamd.poll() is None and time.monotonic() < ends:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"rspamd did not start: {rspamd.poll()}")


def judge(port, file):
    with open(file, "rb") as message:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("POST", "/checkv2", message.read())
        answer = json.loads(connection.getresponse().read())
    symbols = answer["symbols"]
    return {name: symbol["score"] for name, symbol in symbols.items() if symbol["score"]}


def main():
    if not shutil.which("rspamd") or not os.path.exists("/etc/rspamd/common.conf"):
        sys.exit(NOT_INSTALLED)
    with tempfile.TemporaryDirectory(prefix="mailshot-rspamd-") as folder:
        asked = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        asked.bind(("127.0.0.1", 0))
        threading.Thread(target=nobody, args=(asked,), daemon=True).start()
        port = free_port()
        ports = {"port": port, "dns": asked.getsockname()[1]}
        with open(os.path.join(folder, "rspamd.conf"), "w") as file:
            # The first that is said of a module counts.
            file.write("".join(f"{module} {{ enabled = false; }}\n" for module in OFF) + CONFIGURATION % ports)
        with open(os.path.join(folder, "suffixes"), "w") as file:
            file.write("\n".join(SUFFIXES) + "\n")
        user = ["-i", "-u", "root", "-g", "root"] if os.getuid() == 0 else []
        folders = [f"--var={name}={folder}" for name in ("DBDIR", "RUNDIR", "LOGDIR")]
        command = ["rspamd", "-f", *user, "-c", os.path.join(folder, "rspamd.conf"), *folders]
        rspamd = subprocess.Popen(command, stdout=sys.stderr, stderr=sys.stderr)
        try:
            wait_for(port, rspamd)
            print(json.dumps([judge(port, file) for file in sys.argv[1:]]))
        finally:
            rspamd.terminate()
            rspamd.wait()


main()
