"""A name server of the test's own: it answers TXT questions from a dictionary, over UDP on 127.0.0.1."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Iterator, Mapping

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset


@contextlib.contextmanager
def a_name_server(records: Mapping[str, list[str]]) -> Iterator[dns.resolver.Resolver]:
    """Answer until the block ends; give a resolver that asks nobody else.

    A name with no text has other records, one that is not there is NXDOMAIN, as real servers have it.
    """

    class Answer(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            raw, talk = self.request
            asked = dns.message.from_wire(raw)
            said = dns.message.make_response(asked)
            said.flags |= dns.flags.AA
            name = asked.question[0].name.to_text(omit_final_dot=True)
            if name not in records:
                said.set_rcode(dns.rcode.NXDOMAIN)
            elif records[name]:
                said.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "TXT", *records[name]))
            talk.sendto(said.to_wire(), self.client_address)

    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], server.server_address[1]
        try:
            yield resolver
        finally:
            server.shutdown()
