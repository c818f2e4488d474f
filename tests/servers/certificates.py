"""Certificates for a test server, by the openssl program.

    ca.pem           the authority a test has to trust
    server.pem       for localhost and 127.0.0.1
    expired.pem      the same names, valid only in January 2020
    wrong_name.pem   valid, but for relay.elsewhere.example

All three share one key, server.key. The authority's key is thrown away.
"""

import shutil
import subprocess

LOOPBACK = "DNS:localhost,IP:127.0.0.1"

CONFIG = """\
[ca]
default_ca = authority
[authority]
database = {dir}/index.txt
new_certs_dir = {dir}
rand_serial = yes
default_md = sha256
policy = any_name
unique_subject = no
[any_name]
commonName = supplied
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
"""

LEAF = """\
[{name}]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = {names}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""

# name of the file, names in the certificate, first and last second of its life
LEAVES = [
    ("server", LOOPBACK, None),
    ("expired", LOOPBACK, ("20200101000000Z", "20200131000000Z")),
    ("wrong_name", "DNS:relay.elsewhere.example", None),
]


def make(folder, readable_by=None):
    """Writes the files named above into a folder that exists."""
    config = folder / "openssl.cnf"
    sections = [LEAF.format(name=name, names=names) for name, names, _ in LEAVES]
    config.write_text(CONFIG.format(dir=folder) + "".join(sections))
    (folder / "index.txt").write_text("")

    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl("req", "-x509", *new_key, "-config", config, "-extensions", "root", "-days", "30",
            "-subj", "/CN=Test authority of this run", "-keyout", folder / "ca.key", "-out", folder / "ca.pem")
    openssl("req", "-new", *new_key, "-config", config, "-subj", "/CN=localhost",
            "-keyout", folder / "server.key", "-out", folder / "server.csr")
    for name, _, life in LEAVES:
        dates = ["-startdate", life[0], "-enddate", life[1]] if life else ["-days", "30"]
        openssl("ca", "-batch", "-notext", "-config", config, "-extensions", name, *dates,
                "-cert", folder / "ca.pem", "-keyfile", folder / "ca.key",
                "-in", folder / "server.csr", "-out", folder / f"{name}.pem")
    (folder / "ca.key").unlink()
    if readable_by:
        shutil.chown(folder / "server.key", readable_by)


def openssl(*arguments):
    """Runs openssl; its own words on a failure."""
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {arguments[0]} failed: {done.stderr}")
