"""The roof: the terminal's entry, the server, and the readable list of the clock's jobs."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import webbrowser
from collections.abc import Callable
from datetime import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amity.clock.actions import Recurring

HOST, PORT = "127.0.0.1", 8000
THREADS = 4  # Python runs one at a time; more would only keep each other from ending
# While files come in, rows by the ten thousand are alive; to look for rings among them took a fifth of it.
GARBAGE = (50_000, 20, 50)
LARGEST_UPLOAD = 20 * 1024**3  # a mailbox of many years


def main() -> None:
    """Run the terminal's door; ``amity run`` comes back here to start the server."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amity.settings")
    from amity.doors import cli

    gc.set_threshold(*GARBAGE)
    sys.exit(cli.main(serve))


def jobs() -> list[Recurring]:
    """Give everything the clock does, for every owner, at their own hour."""
    from amity.book.actions import purge_trash
    from amity.book.nightly import keep_tonight
    from amity.card.waiting import tidy as tidy_visitors
    from amity.clock.actions import Recurring
    from amity.gatherings.actions import settle_past
    from amity.journal.actions import forget_sent
    from amity.letter.returns import read_new
    from amity.letter.sundays import keep_sundays
    from amity.meet.brief import prepare
    from amity.nudges.actions import plan
    from amity.owner.sessions import forget_ended
    from amity.post.worker import is_closing
    from amity.search.cache import catch_up
    from amity.ties.knowing import knowing

    return [
        Recurring("purge trash", at=time(3, 0), work=lambda owner, now: purge_trash(owner, now=now)),
        Recurring("forms sent", at=time(3, 15), work=lambda owner, now: forget_sent(owner, now=now)),
        Recurring("past gatherings", every_minutes=30, work=lambda owner, now: settle_past(owner, now=now)),
        Recurring("ended sessions", at=time(3, 20), work=lambda _owner, _now: forget_ended()),
        Recurring("old visitors", at=time(3, 30), work=lambda owner, now: tidy_visitors(owner, now=now)),
        Recurring("backup", at=time(4, 0), work=lambda owner, now: keep_tonight(owner.today(now))),
        Recurring("returned mail", every_minutes=15, work=lambda owner, now: read_new(owner, now=now)),
        Recurring("letters", every_minutes=1, work=lambda owner, now: keep_sundays(owner, now=now)),
        Recurring("tomorrow's briefs", at=time(18, 0), work=lambda owner, now: prepare(owner, now=now)),
        Recurring("what came true", at=time(4, 30), work=lambda owner, now: knowing(owner, owner.today(now))),
        Recurring(
            "words to find", every_minutes=1, work=lambda owner, _now: catch_up(owner, is_over=is_closing)
        ),
        Recurring("plan today", at=time(5, 0), work=lambda owner, now: plan(owner, owner.today(now))),
    ]


def serve(
    *, host: str = HOST, port: int = PORT, open_browser: bool = True, say: Callable[[str], None] = print
) -> None:
    """Start the web server and the clock in this process and stay until interrupted or told to end.

    SIGTERM and Ctrl-C let the mails in hand be finished and written down; a second one ends at once.

    Raises:
        OSError: when the port is taken.
    """
    from amity.clock.worker import Clock
    from amity.post.worker import close_for_the_night
    from amity.storage.schema import settle

    server = _server(host, port)
    clock = Clock(jobs())
    signal.signal(signal.SIGTERM, _leave)
    clock.start()
    link = _welcome(port, say)
    if link and open_browser and _has_display():
        threading.Timer(0.5, webbrowser.open, [link]).start()
    gc.freeze()  # what is here now stays to the end: nobody need look through it for rings
    try:
        server.run()
    finally:
        close_for_the_night()
        clock.stop()
        server.close()
        settle()


def _server(host: str, port: int) -> Any:
    import waitress
    from django.conf import settings

    from amity.wsgi import application

    return waitress.create_server(
        application,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        max_request_body_size=LARGEST_UPLOAD,
        **behind(settings.AMITY_PROXY),
    )


def _leave(_signal: int, _frame: object) -> None:
    sys.exit(0)  # the server's loop hears it as it hears Ctrl-C


def _welcome(port: int, say: Callable[[str], None]) -> str:
    """Say where Amity is; give the link that signs in once, '' where others can reach the address.

    There a link would open the book for whoever reads the log, too.
    """
    from django.conf import settings

    from amity.card import codes
    from amity.owner import address
    from amity.owner.actions import local_owner, new_link

    at = settings.AMITY_URL if port == PORT else f"http://{HOST}:{port}"
    link = "" if address.is_reachable() else f"{at}/sign-in/{new_link(local_owner())}"
    if link:
        say(f"Amity is at home. Open this once to sign in:\n\n    {link}\n")
    else:
        say(f"Amity is at home. Sign in by your password or a passkey:\n\n    {settings.AMITY_URL}\n")
        say("No password yet? Type in another terminal: amity password\n")
    phone = address.own().phone_link
    if phone and sys.stdout.isatty():  # a journal has no use for a code
        say(f"{codes.as_text(codes.url_code(phone))}\nOn your phone: {phone}\n")
    say("Stop with Ctrl-C.")
    return link


def behind(proxy: str) -> dict[str, Any]:
    """Give the server the one proxy that may say who is asking; without one, everybody is who they seem."""
    heard = {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"}
    return {"trusted_proxy": proxy, "trusted_proxy_headers": heard} if proxy else {}


def _has_display() -> bool:
    return sys.platform in {"darwin", "win32"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
