"""A real mail server of the tests' own: Postfix takes and bounces, Dovecot keeps, on local ports.

Needs root (Postfix's master does) and Debian's ``postfix dovecot-imapd dovecot-lmtpd``.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

DOMAIN = "letters.example"
USERS = ("ines", "ada")
GHOST = "ghost"  # Postfix takes it, Dovecot does not know it: a true bounce


@dataclass(frozen=True)
class Chain:
    """Where to hand mail over, and where it can be read."""

    smtp: str
    imap_port: int
    folder: Path

    def imap(self, user: str) -> str:
        return f"imap://{user}:secret@127.0.0.1:{self.imap_port}"


def lacking() -> str:
    """Say what is missing for it here, '' when nothing is."""
    programs = [
        name
        for name in ("postfix", "dovecot")
        if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    ]
    return "root" if os.geteuid() else " ".join(programs)


def need_a_chain() -> None:
    """Skip by name where there is none; under CI that fails, but for a user who may not start Postfix."""
    if missing := lacking():
        excused = missing == "root" or not os.environ.get("CI")
        (pytest.skip if excused else pytest.fail)(f"missing here: {missing}")


@contextlib.contextmanager
def a_chain() -> Iterator[Chain]:
    """Start both until the block ends."""
    with tempfile.TemporaryDirectory(prefix="amity-mail-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        smtp, imap, lmtp = (_free_port() for _ in range(3))
        _dovecot(folder, imap, lmtp)
        _postfix(folder, smtp, lmtp)
        log = (folder / "log").open("wb")
        dovecot = subprocess.Popen(
            ["/usr/sbin/dovecot", "-F", "-c", folder / "dovecot.conf"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        config = folder / "postfix"
        subprocess.run(
            ["/usr/sbin/postfix", "-c", config, "start"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=True,
        )
        try:
            for port in (smtp, imap, lmtp):
                _wait_for(port)
            yield Chain(f"smtp://127.0.0.1:{smtp}", imap, folder)
        finally:
            subprocess.run(
                ["/usr/sbin/postfix", "-c", config, "stop"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
            )
            dovecot.terminate()
            dovecot.wait(timeout=10)
            log.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"Nothing listens on port {port}.")


def _dovecot(folder: Path, imap: int, lmtp: int) -> None:
    nobody = pwd.getpwnam("nobody")
    (folder / "mail").mkdir()
    os.chown(folder / "mail", nobody.pw_uid, nobody.pw_gid)
    lines = [
        f"{user}:{{PLAIN}}secret:{nobody.pw_uid}:{nobody.pw_gid}::{folder}/mail/{user}::" for user in USERS
    ]
    (folder / "users").write_text("\n".join(lines) + "\n")
    (folder / "dovecot.conf").write_text(
        f"""
protocols = imap lmtp
listen = 127.0.0.1
base_dir = {folder}/run
log_path = {folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
auth_username_format = %n
recipient_delimiter = +
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = passwd-file
  args = {folder}/users
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""
    )


def _postfix(folder: Path, smtp: int, lmtp: int) -> None:
    config = folder / "postfix"
    config.mkdir()
    for name in ("queue", "data"):
        (folder / name).mkdir()
    os.chown(folder / "data", pwd.getpwnam("postfix").pw_uid, -1)
    (config / "mailboxes").write_text("".join(f"{user}@{DOMAIN} x\n" for user in (*USERS, GHOST)))
    (config / "main.cf").write_text(
        f"""
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
myhostname = mx.{DOMAIN}
mydestination =
alias_maps =
alias_database =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = {DOMAIN}
virtual_mailbox_maps = texthash:{config}/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
recipient_delimiter = +
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = yes
"""
    )
    master = Path("/usr/share/postfix/master.cf.dist").read_text(encoding="utf-8")
    lines = [line for line in master.splitlines() if line and not line.startswith(("#", " ", "\t"))]
    wanted = [_without_jail(line) for line in lines if line.split()[0] != "smtp" or line.split()[1] != "inet"]
    (config / "master.cf").write_text("\n".join([f"127.0.0.1:{smtp} inet n - n - - smtpd", *wanted]) + "\n")


def _without_jail(line: str) -> str:
    parts = line.split()
    return " ".join([*parts[:4], "n", *parts[5:]])
