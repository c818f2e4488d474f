#!/usr/bin/env python3
"""A DNS server for one test: it answers from zone files, over UDP and TCP.

    dns_peer.py --log FILE ZONE…

The files are put together; all names in them are whole (the origin is the
root). What is below servfail.test gets SERVFAIL, what is below silent.test no
answer at all; every other name that is in no file does not exist. An answer
that is larger than the client takes over UDP comes cut off (TC), and whole
over TCP. Each question is a line of the log: `udp uni.example. MX`.
"""

import argparse
import socket
import socketserver
import struct
import threading
from pathlib import Path

import serving

try:
    import dns.exception
    import dns.flags
    import dns.message
    import dns.name
    import dns.rcode
    import dns.rdataclass
    import dns.rdatatype
    import dns.zone
except ImportError:
    serving.not_installed("the Python package dnspython is not installed")

SERVFAIL = dns.name.from_text("servfail.test.")
SILENT = dns.name.from_text("silent.test.")


class Answers:
    """The zone, and what is said of it."""

    def __init__(self, files, log):
        text = "\n".join(Path(file).read_text(encoding="utf-8") for file in files)
        self.zone = dns.zone.from_text(text, origin=".", relativize=False, check_origin=False)
        self.log = log
        self.lock = threading.Lock()

    def to(self, wire, way):
        """The reply to a question; None where there is to be none."""
        query = dns.message.from_wire(wire)
        question = query.question[0]
        with self.lock:
            self.log.write(f"{way} {question.name} {dns.rdatatype.to_text(question.rdtype)}\n")
            self.log.flush()
        if question.name.is_subdomain(SILENT):
            return None
        reply = dns.message.make_response(query, recursion_available=True)
        if question.name.is_subdomain(SERVFAIL):
            reply.set_rcode(dns.rcode.SERVFAIL)
        else:
            self.fill(reply, question)
        if way == "tcp":
            return reply.to_wire(max_size=65535)
        most = query.payload if query.edns >= 0 else 512
        try:
            return reply.to_wire(max_size=max(most, 512))
        except dns.exception.TooBig:
            cut = dns.message.make_response(query, recursion_available=True)
            cut.flags |= dns.flags.TC
            return cut.to_wire()

    def fill(self, reply, question):
        name = question.name
        while (alias := self.zone.get_rrset(name, dns.rdatatype.CNAME)) is not None:
            reply.answer.append(alias)
            if question.rdtype == dns.rdatatype.CNAME:
                return
            name = alias[0].target
        found = self.zone.get_rrset(name, question.rdtype)
        if found is not None:
            reply.answer.append(found)
        elif not any(known.is_subdomain(name) for known in self.zone.nodes):
            reply.set_rcode(dns.rcode.NXDOMAIN)


class OverUdp(socketserver.BaseRequestHandler):
    def handle(self):
        wire, listener = self.request
        reply = self.server.answers.to(wire, "udp")
        if reply is not None:
            listener.sendto(reply, self.client_address)


class OverTcp(socketserver.StreamRequestHandler):
    def handle(self):
        while len(length := self.rfile.read(2)) == 2:
            wire = self.rfile.read(struct.unpack("!H", length)[0])
            reply = self.server.answers.to(wire, "tcp")
            if reply is not None:
                self.wfile.write(struct.pack("!H", len(reply)) + reply)


class Udp(socketserver.ThreadingUDPServer):
    daemon_threads = True


class Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


def listeners():
    """Both on one port that the kernel chooses for the first."""
    for _ in range(50):
        udp = Udp(("127.0.0.1", 0), OverUdp)
        try:
            return udp, Tcp(udp.server_address, OverTcp)
        except OSError:
            udp.server_close()
    serving.fail("no port is free for both UDP and TCP")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--log", required=True)
    parser.add_argument("zones", nargs="+")
    given = parser.parse_args()
    log = open(given.log, "w", encoding="utf-8")
    answers = Answers(given.zones, log)
    udp, tcp = listeners()
    # A storm of questions at once is no reason to lose one.
    udp.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    for server in (udp, tcp):
        server.answers = answers
        threading.Thread(target=server.serve_forever, daemon=True).start()
    serving.announce(ports={"dns": udp.server_address[1]}, log=given.log)
    serving.until_stdin_closes()


if __name__ == "__main__":
    main()
