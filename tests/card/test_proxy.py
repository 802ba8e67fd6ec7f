from __future__ import annotations

import http.client
import threading
from contextlib import contextmanager, suppress

import pytest
import waitress

from amity.run import behind


@contextmanager
def serving(proxy: str):
    """Start a server that answers with whom it takes the visitor for."""

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']}".encode()]

    server = waitress.create_server(application, host="127.0.0.1", port=0, threads=1, **behind(proxy))

    def run() -> None:
        with suppress(OSError):  # what the server's loop says when it is closed under it
            server.run()

    threading.Thread(target=run, daemon=True).start()
    yield server.effective_port
    server.close()


@pytest.mark.parametrize(
    ("proxy", "seen"),
    [("", "127.0.0.1 http"), ("127.0.0.1", "192.0.2.7 https"), ("192.0.2.1", "127.0.0.1 http")],
)
def test_only_the_named_proxy_may_say_who_is_asking(proxy, seen):
    with serving(proxy) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/", headers={"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"})

        assert connection.getresponse().read().decode() == seen
        connection.close()
