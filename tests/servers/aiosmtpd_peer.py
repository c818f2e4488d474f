#!/usr/bin/env python3
"""An aiosmtpd server for one test: a second opinion on our SMTP, and XOAUTH2.

    aiosmtpd_peer.py --dir DIR [--tls smtps|starttls] [--user NAME --password WORDS | --token TOKEN]
                     [--size BYTES] [--no-smtputf8]

Each message is kept as DIR/messages/000001.eml (its bytes as they came, dots
unstuffed) beside 000001.json with the envelope: mail_from, rcpt_tos, options,
session (the number of the connection).

With --tls the certificate is one for localhost by an authority of this run,
whose ca.pem the line of JSON names. --user asks for AUTH PLAIN or LOGIN,
--token for AUTH XOAUTH2 with that bearer token; both want TLS first if there is any.
"""

import argparse
import asyncio
import base64
import json
import logging
import ssl
import threading
import warnings
from pathlib import Path

import certificates
import serving

try:
    from aiosmtpd.smtp import SMTP, AuthResult
except ImportError:
    serving.not_installed("the Python package aiosmtpd is not installed")


class Keeper:
    """aiosmtpd's handler: takes what it is told to, and keeps it."""

    def __init__(self, folder, given):
        self.folder = folder
        self.given = given
        self.messages = 0

    def authenticate(self, _server, _session, _envelope, _mechanism, credentials):
        login = (credentials.login.decode("utf-8", "replace"), credentials.password.decode("utf-8", "replace"))
        return AuthResult(success=login == (self.given.user, self.given.password), handled=False)

    async def auth_XOAUTH2(self, server, args):
        """One challenge-free round; a refusal shows its reason as JSON first, as Google and Microsoft do."""
        if not self.given.token:
            await server.push("504 5.5.4 Unrecognized authentication type.")
            return AuthResult(success=False, handled=True)
        said = args[1] if len(args) > 1 else ""
        fields = base64.b64decode(said or "=", validate=False).split(b"\x01")
        if f"auth=Bearer {self.given.token}".encode() in fields:
            return AuthResult(success=True)
        reason = base64.b64encode(b'{"status":"401","schemes":"bearer"}').decode()
        await server.push(f"334 {reason}")
        await server._reader.readline()
        return AuthResult(success=False, handled=False)

    async def handle_DATA(self, server, session, envelope):
        self.messages += 1
        name = f"{self.messages:06}"
        (self.folder / f"{name}.eml").write_bytes(envelope.original_content or envelope.content)
        facts = {
            "mail_from": envelope.mail_from,
            "rcpt_tos": envelope.rcpt_tos,
            "options": envelope.mail_options,
            "session": server.number,
        }
        (self.folder / f"{name}.json").write_text(json.dumps(facts), encoding="utf-8")
        return f"250 2.0.0 kept as {name}"


async def serve(given, folder, context):
    """Listens on a port the kernel chooses; returns it and the server."""
    keeper = Keeper(folder, given)
    count = 0

    def session():
        nonlocal count
        count += 1
        wants_login = bool(given.user or given.token)
        server = SMTP(
            keeper,
            hostname="localhost",
            data_size_limit=given.size,
            enable_SMTPUTF8=not given.no_smtputf8,
            auth_required=wants_login,
            # Told false, aiosmtpd offers AUTH before TLS too; smtps is TLS that it knows nothing of.
            auth_require_tls=given.tls == "starttls",
            auth_exclude_mechanism=excluded(given),
            authenticator=keeper.authenticate,
            tls_context=context if given.tls == "starttls" else None,
            require_starttls=given.tls == "starttls",
        )
        server.number = count
        return server

    listener = await asyncio.get_running_loop().create_server(
        session, "127.0.0.1", 0, ssl=context if given.tls == "smtps" else None, backlog=1000
    )
    return listener.sockets[0].getsockname()[1], listener


def excluded(given):
    """Mechanisms that are not offered: aiosmtpd lists every one it has a method for."""
    mechanisms = set()
    if not given.user:
        mechanisms |= {"PLAIN", "LOGIN"}
    if not given.token:
        mechanisms |= {"XOAUTH2"}
    return mechanisms


async def run(given):
    home = given.dir.resolve()
    messages = home / "messages"
    messages.mkdir(parents=True)
    facts = {"host": "127.0.0.1", "messages": str(messages)}
    context = None
    if given.tls:
        (home / "tls").mkdir()
        certificates.make(home / "tls")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(home / "tls/server.pem", home / "tls/server.key")
        facts["ca"] = str(home / "tls/ca.pem")
    port, listener = await serve(given, messages, context)
    serving.announce(ports={given.tls or "plain": port}, **facts)

    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    def wait():
        serving.read_to_the_end_of_stdin()
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=wait, daemon=True).start()
    await ended.wait()
    listener.close()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--dir", type=Path, required=True)
    arguments.add_argument("--tls", choices=["smtps", "starttls"])
    arguments.add_argument("--user")
    arguments.add_argument("--password")
    arguments.add_argument("--token")
    arguments.add_argument("--size", type=int, default=33554432)
    arguments.add_argument("--no-smtputf8", action="store_true")
    # It warns of a login without TLS, which on loopback is what some tests are about.
    warnings.simplefilter("ignore")
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    asyncio.run(run(arguments.parse_args()))


if __name__ == "__main__":
    main()
