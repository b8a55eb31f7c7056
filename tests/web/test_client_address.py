"""Limits count a person at an address, never a city behind one proxy and never an address that somebody made up."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as installation
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from todoke.accounts.models import User
from todoke.cases.guest_access import CODES_FROM_ONE
from todoke.proving.cluster import MissingProgram, free_port
from todoke.runtime.client_address import client_key, forwarded_address, parse_networks

DELIVERED = installation.ROOT / "deploy/nginx/todoke.conf"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
NUMBER, TOKEN = "2026-999999-Q", "t" * 32
PERSON, PASSWORD, SIGN_IN = "hanako@example.jp", "right and long enough", "/accounts/login/"
PROXY = "10.0.0.1, 2001:db8:1::/48"


@pytest.mark.parametrize(
    ("peer", "header", "found"),
    [
        ("203.0.113.5", "198.51.100.7", "203.0.113.5"),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "192.0.2.1, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "192.0.2.1,198.51.100.7, 10.0.0.1", "198.51.100.7"),
        ("10.0.0.1", "10.0.0.1", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.7, unknown", "10.0.0.1"),
        ("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("2001:db8:1::9", "[2001:db8:2::5]", "2001:db8:2::5"),
        ("", "198.51.100.7", ""),
    ],
)
def test_only_the_hops_of_trusted_proxies_are_believed(peer: str, header: str, found: str) -> None:
    assert forwarded_address(peer, header, parse_networks(PROXY)) == found


def test_without_a_proxy_the_header_means_nothing() -> None:
    assert forwarded_address("203.0.113.5", "198.51.100.7", ()) == "203.0.113.5"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:2:3::5", "2001:db8:2:3::/64"),
        ("2001:db8:2:3:ffff::1", "2001:db8:2:3::/64"),
        ("", ""),
    ],
)
def test_a_subscriber_with_a_whole_ipv6_network_counts_once(address: str, key: str) -> None:
    assert client_key(address) == key


def codes(count: int, client: Client, hops: str) -> list[int]:
    """Ask so often for a code, every time with a new forged hop; return the statuses."""
    asked = [
        client.post("/status/code/", {"number": NUMBER}, headers={"x-forwarded-for": hops.format(number)})
        for number in range(1, count + 1)
    ]
    return [page.status_code for page in asked]


@pytest.mark.django_db
def test_twenty_five_residents_behind_the_proxy_are_twenty_five_clients(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = parse_networks("10.0.0.1")
    assert 429 not in codes(25, Client(REMOTE_ADDR="10.0.0.1"), "198.51.100.{}")


@pytest.mark.django_db
@pytest.mark.parametrize("peer", ["10.0.0.1", "203.0.113.9"])
def test_a_forged_header_gives_nobody_another_try(settings: Settings, peer: str) -> None:
    settings.TRUSTED_PROXIES = parse_networks("10.0.0.1")
    answers = codes(CODES_FROM_ONE.times + 2, Client(REMOTE_ADDR=peer), "192.0.2.{}, 198.51.100.7")
    assert answers.count(429) == 22 - answers.index(429) > 0
    assert codes(1, Client(REMOTE_ADDR="10.0.0.1"), "198.51.100.8") != [429]


def test_the_delivered_proxy_says_who_asks_and_passes_no_claim_on() -> None:
    said = dict(re.findall(r"^\s*proxy_set_header (\S+) (.+);$", DELIVERED.read_text(), re.MULTILINE))
    assert said["X-Forwarded-For"] == "$remote_addr"
    assert said["X-Forwarded-Proto"] == "https"
    for place in ("deploy/systemd/todoke.env.example", "deploy/compose/one-machine.yaml"):
        assert "TODOKE_TRUSTED_PROXIES" in (installation.ROOT / place).read_text()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise MissingProgram("nginx did not start")


@contextmanager
def delivered_nginx(folder: Path, upstream: str) -> Iterator[int]:
    """Run the delivered file, without TLS and port 80, in front of a server; yield its port."""
    port, file = free_port(), folder / "nginx.conf"
    text = DELIVERED.read_text().split("server {\n    listen 80;")[0].replace("/var/log/nginx", str(folder))
    text = re.sub(r"127\.0\.0\.1:800\d", upstream, text).replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    text = re.sub(r"^\s*ssl_.*$", "", text, flags=re.MULTILINE)
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    head = f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ access_log off; {places}"
    file.write_text(f"{head}\n{text}\n}}")
    running = subprocess.Popen([str(NGINX), "-c", str(file), "-e", str(folder / "error.log")])
    try:
        _wait_for(port)
        yield port
    finally:
        running.terminate()
        running.wait()


def ask_through(
    port: int, source: str, *, forged: str, path: str = "/status/code/", fields: dict[str, str] | None = None
) -> int:
    """Send a form (for a code) from an address of this machine through the proxy; return the status."""
    cookie = f"{installation.CSRF_COOKIE_NAME}={TOKEN}"
    headers = {"Cookie": cookie, "Referer": "https://127.0.0.1/", "X-Forwarded-For": forged}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    there = http.client.HTTPConnection("127.0.0.1", port, source_address=(source, 0), timeout=30)
    content = {**(fields or {"number": NUMBER}), "csrfmiddlewaretoken": TOKEN}
    there.request("POST", path, urlencode(content), headers)
    return there.getresponse().status


@pytest.mark.skipif(NGINX is None, reason="no nginx here; the test before checks the headers that its file sets")
@pytest.mark.django_db(transaction=True)
def test_the_delivered_nginx_locks_out_the_one_who_tries_and_nobody_else(
    live_server: LiveServer, settings: Settings, tmp_path: Path
) -> None:
    settings.TRUSTED_PROXIES = parse_networks("127.0.0.1")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    resident = User.objects.create_user(PERSON, PASSWORD, name="住民")
    EmailAddress.objects.create(user=resident, email=PERSON, verified=True, primary=True)
    with delivered_nginx(tmp_path, live_server.url.removeprefix("http://")) as port:
        attacker = [ask_through(port, "127.0.0.200", forged=f"192.0.2.{number}") for number in range(25)]
        assert attacker.count(429) >= 5
        assert [ask_through(port, f"127.0.0.{number}", forged="192.0.2.1") for number in range(2, 27)] == [302] * 25
        wrong, right = ({"login": PERSON, "password": word} for word in ("a guess of mine", PASSWORD))
        guesses = [
            ask_through(port, "127.0.0.200", forged=f"192.0.2.{number}", path=SIGN_IN, fields=wrong)
            for number in range(8)
        ]
        assert 302 not in guesses
        assert ask_through(port, "127.0.0.200", forged="192.0.2.99", path=SIGN_IN, fields=right) != 302
        assert ask_through(port, "127.0.0.2", forged="192.0.2.1", path=SIGN_IN, fields=right) == 302
