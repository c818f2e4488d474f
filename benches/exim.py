"""An Exim for one benchmark, from a folder into which Debian's packages were unpacked.

    exim.py --dir DIR --unpacked FOLDER [--set "NAME = VALUE"]...

It listens on loopback, takes every message for everybody and leaves it in its queue on disk. It insists on a user
called Debian-exim, which a mount name space of its own has without the machine having it; so it needs root.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

from setting import ROOT

sys.path.insert(0, str(ROOT / "tests/servers"))
import serving  # noqa: E402

USER, NUMBER = "Debian-exim", 64100

CONFIG = """\
primary_hostname = localhost
exim_path = {program}
spool_directory = {home}/spool
log_file_path = {home}/%slog
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
smtp_accept_max = 100
smtp_reserve_hosts =
host_lookup =
rfc1413_hosts =
tls_advertise_hosts =
keep_environment =
queue_only
acl_smtp_rcpt = accept
{settings}
begin routers
nobody:
  driver = redirect
  data = :blackhole:
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--dir", type=Path, required=True)
    arguments.add_argument("--unpacked", type=Path, required=True)
    arguments.add_argument("--set", action="append", default=[])
    given = arguments.parse_args()
    home, program = given.dir.resolve(), given.unpacked.resolve() / "usr/sbin/exim4"
    if os.geteuid() != 0 or not program.exists():
        serving.not_for_this_machine("Exim needs root, and its packages unpacked")
    (home / "spool").mkdir(parents=True)
    for folder in [home, home / "spool"]:
        os.chown(folder, NUMBER, NUMBER)
    for name, line in [("passwd", f"{USER}:x:{NUMBER}:{NUMBER}::/:/usr/sbin/nologin"), ("group", f"{USER}:x:{NUMBER}:")]:
        shutil.copy(f"/etc/{name}", home / name)
        with (home / name).open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    process, port = start(home, program, given.set)
    serving.announce(host="127.0.0.1", ports={"plain": port}, log=str(home / "mainlog"))
    serving.until_stdin_closes()
    serving.stop(process)


def start(home: Path, program: Path, settings: list[str]):
    """The daemon and its port, once it listens."""
    (libraries,) = (program.parents[1] / "lib").glob("*-linux-*")
    environment = dict(os.environ, LD_LIBRARY_PATH=str(libraries))
    mounted = " && ".join(f"mount --bind '{home}/{name}' /etc/{name}" for name in ["passwd", "group"])
    for _ in range(5):
        (port,) = serving.free_ports(1)
        config = home / "exim.conf"
        config.write_text(
            CONFIG.format(home=home, program=program, port=port, settings="\n".join(settings)), encoding="utf-8"
        )
        daemon = f"{mounted} && exec '{program}' -C '{config}' -bdf"
        with open(home / "words", "w", encoding="utf-8") as words:
            process = serving.start(
                ["unshare", "--mount", "sh", "-c", daemon], env=environment, stdout=words, stderr=words
            )
        if serving.wait_until(lambda port=port: serving.is_taken(port), process, 20):
            return process, port
        serving.stop(process)
    serving.fail(f"Exim did not start:\n{(home / 'words').read_text(encoding='utf-8')}")


if __name__ == "__main__":
    main()
