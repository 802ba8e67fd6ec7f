"""How fast a stranger gets a card, beside a bare Django view of the same bytes.

``python -m benchmarks.card [--requests N] [--together N] [--json]``

Amity, as ``amity run`` serves it, holds one card with a photo and six ways. The peer is Django with no
middleware and no database whose one view gives the very same bytes. Both stand behind waitress with eight
threads, each in a process of its own, and are asked over kept-alive connections: one after another for the
time of a page, then by several at once for pages a second. A time is the whole request as a client sees it.
"""

from __future__ import annotations

import argparse
import http.client
import io
import json
import logging
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

PATH = "/@maya"
THREADS = 8
SERVERS = ("amity", "bare Django")
PAGE_LIMIT, RATE_LIMIT = 20, 50  # milliseconds a page takes, pages in a second


def serve(server: str, port: int, page: Path) -> None:
    """Serve until killed."""
    import waitress

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # waiting is what is measured
    waitress.serve(
        _amity() if server == "amity" else _bare(page.read_bytes()),
        host="127.0.0.1",
        port=port,
        threads=THREADS,
        ident=None,
    )


def _amity() -> Any:
    import django

    django.setup()
    from PIL import Image

    from amity.card.actions import CardSaid, FieldSaid, add, set_photo
    from amity.owner.actions import local_owner
    from amity.storage.schema import bring_up_to_date

    bring_up_to_date()
    owner = local_owner()
    ways = ("maya@loom.example", "+49 30 1234567", "https://loom.example/maya", "@maya", "www.loom.example/a")
    fields = [FieldSaid(way) for way in ways] + [FieldSaid("maya@home.example", after=True)]
    add(owner, CardSaid(label="work", name="Maya Lind", handle="maya", title="Weaver", fields=tuple(fields)))
    out = io.BytesIO()
    Image.effect_noise((600, 600), 80).convert("RGB").save(out, "JPEG")
    set_photo(owner, out.getvalue())
    from amity.wsgi import application

    return application


def _bare(page: bytes) -> Any:
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(page)

    module = type(sys)("bare_urls")
    module.urlpatterns = [path("@maya", view)]  # type: ignore[attr-defined]
    settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=module, MIDDLEWARE=[], SECRET_KEY="bare")
    return get_wsgi_application()


def measure(server: str, page: Path, requests: int, together: int) -> dict[str, Any]:
    """Start a server in an empty home and ask it for the card."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        settings = {"DJANGO_SETTINGS_MODULE": "amity.settings"} if server == "amity" else {}
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.card", "--serve", server, str(port), str(page)],
            env={**os.environ, "AMITY_HOME": home, **settings},
        )
        try:
            body = _first(port)
            if server == "amity":
                page.write_bytes(body)
            times = sorted(_ask(port, requests))
            rate = _at_once(port, requests, together)
        finally:
            process.kill()
            process.wait()
    return {
        "server": server,
        "bytes": len(body),
        "median_ms": round(statistics.median(times) * 1000, 2),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 2),
        "worst_ms": round(times[-1] * 1000, 2),
        "pages_a_second": round(rate),
    }


def _first(port: int) -> bytes:
    """Wait until the server is there; its first answer also fills its caches."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            return _get(http.client.HTTPConnection("127.0.0.1", port, timeout=10))
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server did not come up.")


def _get(connection: http.client.HTTPConnection) -> bytes:
    connection.request("GET", PATH)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{PATH} was answered with {answer.status}.")
    return body


def _ask(port: int, requests: int) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    times = []
    for _ in range(requests):
        started = time.perf_counter()
        _get(connection)
        times.append(time.perf_counter() - started)
    return times


def _at_once(port: int, requests: int, together: int) -> float:
    askers = [threading.Thread(target=_ask, args=(port, requests)) for _ in range(together)]
    started = time.perf_counter()
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    return together * requests / (time.perf_counter() - started)


def main() -> None:
    """Measure both and print them side by side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=500)
    parser.add_argument("--together", type=int, default=8)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve(asked.serve[0], int(asked.serve[1]), Path(asked.serve[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        rows = [measure(server, page, asked.requests, asked.together) for server in SERVERS]
    if asked.json:
        print(json.dumps(rows, indent=2))
        return
    print(f"{'':14} {'bytes':>7} {'median':>9} {'95 %':>9} {'worst':>9} {'pages/s':>8}")
    for row in rows:
        times = " ".join(f"{row[name]:6.2f} ms" for name in ("median_ms", "p95_ms", "worst_ms"))
        print(f"{row['server']:14} {row['bytes']:7,} {times} {row['pages_a_second']:8,}")
    ours = rows[0]
    within = ours["p95_ms"] < PAGE_LIMIT and ours["pages_a_second"] >= RATE_LIMIT
    print(f"limits: {PAGE_LIMIT} ms, {RATE_LIMIT} pages a second: {'kept' if within else 'MISSED'}")


if __name__ == "__main__":
    main()
