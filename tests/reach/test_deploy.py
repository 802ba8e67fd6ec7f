"""The files of deploy/: read by the programs they are for, and Amity really behind Caddy, over https."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import pytest

from other_process import a_home_of_its_own, share_database

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NAME = "attic.local"


def needs(program):
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is missing here")


def ports(count):
    free = [socket.socket() for _ in range(count)]
    for one in free:
        one.bind(("127.0.0.1", 0))
    found = [one.getsockname()[1] for one in free]
    for one in free:
        one.close()
    return found


@needs("caddy")
@pytest.mark.parametrize("name", ["Caddyfile", "Caddyfile.home"])
def test_caddy_understands(name, tmp_path):
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / name)]
    theirs = {**os.environ, "AMITY_DOMAIN": NAME, "HOME": str(tmp_path)}
    done = subprocess.run(command, env=theirs, capture_output=True, text=True, check=False)

    assert (done.returncode, "Valid configuration" in done.stdout + done.stderr) == (0, True)


@needs("systemd-analyze")
def test_systemd_understands_the_unit(tmp_path):
    unit = (DEPLOY / "amity.service").read_text()
    (tmp_path / "amity.service").write_text(unit.replace("/opt/amity/bin/amity", sys.executable))
    command = ["systemd-analyze", "verify", str(tmp_path / "amity.service")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_container_is_nobodys_root_looks_after_itself_and_ends_as_the_unit_does():
    dockerfile, unit = (DEPLOY / "Dockerfile").read_text(), (DEPLOY / "amity.service").read_text()
    compose = (DEPLOY / "compose.yaml").read_text()

    said = dict(re.findall(r"^(USER|VOLUME|STOPSIGNAL) (.+)$", dockerfile, re.MULTILINE))
    assert said == {"USER": "amity", "VOLUME": "/var/lib/amity", "STOPSIGNAL": "SIGTERM"}
    assert "RUN sh deploy/install.sh /opt/amity" in dockerfile
    assert "HEALTHCHECK" in dockerfile
    assert ("stop_grace_period: 90s" in compose, "TimeoutStopSec=90" in unit) == (True, True)
    assert "8000:8000" not in compose  # the proxy is believed because nobody else reaches the port


@pytest.fixture
def behind_caddy(transactional_db, tmp_path):
    """Start Amity and Caddy as on this machine and my phone; give the ports of http, https and Amity."""
    http_port, https_port, inner = ports(3)
    more = f"admin off\n\thttp_port {http_port}\n\thttps_port {https_port}\n\tstorage file_system {tmp_path}"
    config = tmp_path / "Caddyfile"
    written = (DEPLOY / "Caddyfile.home").read_text()
    config.write_text(written.replace("skip_install_trust", f"skip_install_trust\n\t{more}", 1))
    theirs = {**os.environ, "AMITY_DOMAIN": NAME, "AMITY_AT": f"127.0.0.1:{inner}", "HOME": str(tmp_path)}
    theirs["AMITY_ROOT"] = str(tmp_path / "pki/authorities/local")
    (tmp_path / "home").mkdir()
    share_database(tmp_path / "home")
    ours = {**os.environ, **a_home_of_its_own(tmp_path / "home")}
    ours |= {"AMITY_URL": f"https://{NAME}:{https_port}", "AMITY_PROXY": "127.0.0.1"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    run = [sys.executable, "-m", "amity", "run", "--no-browser", "--port", str(inner)]
    both = [
        subprocess.Popen(
            ["caddy", "run", "--adapter", "caddyfile", "--config", str(config)], env=theirs, **quiet
        ),
        subprocess.Popen(run, env=ours, **quiet),
    ]
    yield http_port, https_port, inner
    for one in both:
        one.send_signal(signal.SIGTERM)
    assert [one.wait(timeout=30) for one in both] == [0, 0]


def answered(connection, path, **headers):
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.content = answer.read()
    connection.close()
    return answer


def until_it_answers(ask, seconds=150):
    until = time.monotonic() + seconds
    while True:
        try:
            answer = ask()
        except OSError:
            answer = None
        if answer is not None and answer.status < 500:
            return answer
        assert time.monotonic() < until
        time.sleep(0.2)


@needs("caddy")
@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_behind_caddy_the_phone_gets_its_certificate_and_then_https_as_it_has_to_be(behind_caddy, tmp_path):
    http_port, https_port, inner = behind_caddy

    def plainly(path):
        return answered(http.client.HTTPConnection("127.0.0.1", http_port, timeout=20), path, Host=NAME)

    def securely():
        context = ssl.create_default_context(cadata=root.content.decode())
        connection = http.client.HTTPSConnection(NAME, https_port, context=context, timeout=20)
        connection.sock = context.wrap_socket(
            socket.create_connection(("127.0.0.1", https_port), 20), server_hostname=NAME
        )
        return answered(connection, "/sign-in")

    root = until_it_answers(lambda: plainly("/root.crt"))
    page = until_it_answers(securely)
    moved = plainly("/you")
    forged = {
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-For": "192.0.2.7",
    }
    stranger = http.client.HTTPConnection("127.0.0.1", inner, timeout=20, source_address=("127.0.0.2", 0))
    told = answered(stranger, "/sign-in", **forged)

    assert (root.status, root.getheader("Content-Type")) == (200, "application/x-x509-ca-cert")
    assert (moved.status, moved.getheader("Location")) == (302, f"https://{NAME}/you")
    assert page.status == 200
    assert page.getheader("Set-Cookie").startswith("__Host-amity-csrf=")
    assert "; Secure" in page.getheader("Set-Cookie")
    assert page.getheader("Strict-Transport-Security") == "max-age=31536000"
    assert (told.status, told.getheader("Strict-Transport-Security")) == (200, None)
