"""The files of deploy/, read by the programs they are for; Amity behind Caddy and nginx, over https."""

from __future__ import annotations

import contextlib
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
from urllib.parse import urlencode

import pytest

from other_process import a_home_of_its_own, share_database
from targets import system_program

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
    caddy = ["caddy", "run", "--adapter", "caddyfile", "--config", str(config)]
    with running(caddy, theirs, tmp_path, outer=https_port, inner=inner):
        yield http_port, https_port, inner


@contextlib.contextmanager
def running(proxy, theirs, folder, *, outer, inner):
    """Run a proxy, and Amity behind it with a home in the folder, until the block ends."""
    (folder / "home").mkdir()
    share_database(folder / "home")
    ours = {**os.environ, **a_home_of_its_own(folder / "home")}
    ours |= {"AMITY_URL": f"https://{NAME}:{outer}", "AMITY_PROXY": "127.0.0.1"}
    run = [sys.executable, "-m", "amity", "run", "--no-browser", "--port", str(inner)]
    with (folder / "said").open("wb") as said:
        both = [
            subprocess.Popen(proxy, env=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
            subprocess.Popen(run, env=ours, stdout=subprocess.DEVNULL, stderr=said),
        ]
        yield
        for one in both:
            one.send_signal(signal.SIGTERM)
        assert [one.wait(timeout=30) for one in both] == [0, 0]


def answered(connection, path, *, body=None, **headers):
    connection.request("GET" if body is None else "POST", path, body=body, headers=headers)
    answer = connection.getresponse()
    answer.content = answer.read()
    connection.close()
    return answer


def over_https(port, root, *, source="127.0.0.1"):
    """Connect to this machine by its name, and trust that one certificate."""
    context = ssl.create_default_context(cadata=root)
    connection = http.client.HTTPSConnection(NAME, port, context=context, timeout=20)
    plain = socket.create_connection(("127.0.0.1", port), 20, source_address=(source, 0))
    connection.sock = context.wrap_socket(plain, server_hostname=NAME)
    return connection


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
        return answered(over_https(https_port, root.content.decode()), "/sign-in")

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


@pytest.fixture
def behind_nginx(transactional_db, tmp_path):
    """Start Amity and an nginx told what docs/reach says; give the port of https and the certificate."""
    outer, inner = ports(2)
    page = (ROOT / "docs/reach/behind-a-proxy.md").read_text()
    location = re.search(r"```nginx\n(.+?)```", page, re.DOTALL)[1].replace("8000", str(inner))
    subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    files = ["-keyout", tmp_path / "key.pem", "-out", tmp_path / "root.pem"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run(["openssl", "req", "-x509", *key, *subject, *files], check=True, capture_output=True)
    (tmp_path / "nginx.conf").write_text(f"""
        daemon off; pid nginx.pid; error_log error.log; events {{}}
        http {{ access_log off; client_body_temp_path body; server {{
            listen 127.0.0.1:{outer} ssl; ssl_certificate root.pem; ssl_certificate_key key.pem;
            {location}
        }} }}""")
    nginx = [system_program("nginx"), "-p", str(tmp_path), "-e", "error.log", "-c", "nginx.conf"]
    with running(nginx, os.environ, tmp_path, outer=outer, inner=inner):
        yield outer, (tmp_path / "root.pem").read_text()


@pytest.mark.skipif(not (system_program("nginx") and shutil.which("openssl")), reason="nginx is missing here")
@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_behind_nginx_as_the_page_says_a_form_arrives_and_who_sent_it_is_known(behind_nginx, tmp_path):
    port, root = behind_nginx

    page = until_it_answers(lambda: answered(over_https(port, root), "/sign-in"))
    cookie = page.getheader("Set-Cookie").split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]
    typed = urlencode({"csrfmiddlewaretoken": token, "email": "ada@book.example", "password": "a guess"})
    said = {"Cookie": cookie, "Origin": f"https://{NAME}:{port}", "X-Forwarded-For": "192.0.2.7"}
    said["Content-Type"] = "application/x-www-form-urlencoded"
    sent = answered(over_https(port, root, source="127.0.0.2"), "/sign-in", body=typed, **said)

    assert cookie.startswith("__Host-amity-csrf=")
    assert page.getheader("Strict-Transport-Security") == "max-age=31536000"
    assert (sent.status, b"do not belong together" in sent.content) == (422, True)
    assert "Somebody at 127.0.0.2 did not know a password." in (tmp_path / "said").read_text()
