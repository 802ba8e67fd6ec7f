"""A Caddy of the tests' own in front of Amity: https on a free port, by a certificate it makes itself."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HOST = "amity.test"


@dataclass(frozen=True)
class Proxy:
    """Where it listens, and the words that let a Chromium find and trust it."""

    address: str
    chromium_words: list[str]


def lacking() -> bool:
    """Tell whether there is no Caddy here."""
    return shutil.which("caddy") is None


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def a_proxy(folder: Path, *, port: int, to: int) -> Iterator[Proxy]:
    """Start Caddy until the block ends."""
    (folder / "Caddyfile").write_text(
        f"""
{{
  admin off
  auto_https disable_redirects
  skip_install_trust
  storage file_system {folder}/caddy
}}
https://{HOST}:{port} {{
  bind 127.0.0.1
  tls internal
  reverse_proxy 127.0.0.1:{to}
}}
"""
    )
    with (folder / "caddy.log").open("wb") as log:
        process = subprocess.Popen(
            ["caddy", "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"],
            env={
                **os.environ,
                "HOME": str(folder),
                "XDG_DATA_HOME": str(folder),
                "XDG_CONFIG_HOME": str(folder),
            },
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield Proxy(
            f"https://{HOST}:{port}",
            [
                f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
                f"--ignore-certificate-errors-spki-list={_key_of(port)}",
            ],
        )
    finally:
        process.terminate()
        process.wait(timeout=10)


def _key_of(port: int) -> str:
    """Give the hash of the key of the certificate that is shown, as soon as one is."""
    until = time.monotonic() + 60  # a busy machine takes its time to make a certificate
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    while time.monotonic() < until:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), timeout=2) as plain,
            trusting.wrap_socket(plain, server_hostname=HOST) as safe,
        ):
            shown = x509.load_der_x509_certificate(safe.getpeercert(binary_form=True) or b"")
            key = shown.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            return base64.b64encode(hashlib.sha256(key).digest()).decode()
        time.sleep(0.1)
    raise RuntimeError("Caddy shows no certificate.")
