"""The sandbox's gateway under a name, over TLS: what a rehearsal of a real account meets."""

from __future__ import annotations

import http.client
import json
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import Event

import pytest

from console.domain.endpoint import Endpoint
from console.sandbox.command import serve
from console.sandbox.sandbox import Facts, Sandbox
from console.sandbox.server import Secured
from console.sandbox.tls import ROOT, SERVER, is_name, secured
from tests.sandbox.conftest import Open
from tests.sandbox.test_command import process

NAME = "gateway.test"
NOW = datetime(2026, 11, 24, 11, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize("name", ["gateway.test", "a-1.b.example", "x" * 63 + ".ru"])
def test_names_with_a_dot_will_do(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    ["", "localhost", "127.0.0.1", "::1", "Gateway.test", "a..test", "-a.test", "a-.test", "x" * 64 + ".ru", "a.1",
     "gateway.test.", "gateway.test\n", ".test", "а.рф", "a." * 120 + "test"],
)  # fmt: skip
def test_addresses_and_other_texts_will_not(name: str) -> None:
    assert not is_name(name)


def asked(facts: Facts, host: str, path: str = Endpoint.BALANCE.value) -> tuple[int, str]:
    """Ask under a name, trusting the root alone; the address is this machine's whatever the name."""
    port = int(facts.url.rpartition(":")[2])
    context = ssl.create_default_context(cafile=facts.root)
    with (
        socket.create_connection(("127.0.0.1", port), 10) as plain,
        context.wrap_socket(plain, server_hostname=host) as peer,
        closing(http.client.HTTPConnection("127.0.0.1")) as client,
    ):
        client.sock = peer
        client.request("POST", path, b"[]", {"Host": f"{host}:{port}"})
        answer = client.getresponse()
        return answer.status, answer.read().decode()


@pytest.fixture
def secure(start: Open) -> Callable[[], Facts]:
    return lambda: start().secure(NAME)


def lanes() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "sandbox-lane"]


class TestAServerUnderAName:
    def test_is_reached_by_its_name_with_its_root(self, secure: Callable[[], Facts]) -> None:
        facts = secure()
        assert facts.url.startswith(f"https://{NAME}:")
        status, said = asked(facts, NAME)
        assert status == 401
        assert json.loads(said)

    def test_is_not_what_another_name_says(self, secure: Callable[[], Facts]) -> None:
        with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
            asked(secure(), "other.test")

    def test_is_not_trusted_without_its_root(self, secure: Callable[[], Facts]) -> None:
        port = int(secure().url.rpartition(":")[2])
        with (
            socket.create_connection(("127.0.0.1", port), 10) as plain,
            pytest.raises(ssl.SSLCertVerificationError, match="issuer"),
        ):
            ssl.create_default_context().wrap_socket(plain, server_hostname=NAME)

    def test_answers_to_no_other_host(self, start: Open) -> None:
        sandbox = start()
        facts = sandbox.secure(NAME)
        port = int(facts.url.rpartition(":")[2])
        context = ssl.create_default_context(cafile=facts.root)
        with (
            socket.create_connection(("127.0.0.1", port), 10) as plain,
            context.wrap_socket(plain, server_hostname=NAME) as peer,
        ):
            peer.sendall(f"POST /v1/account/balance HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert peer.recv(65536).startswith(b"HTTP/1.1 403 ")

    def test_outlives_a_peer_that_speaks_no_tls(self, secure: Callable[[], Facts]) -> None:
        facts = secure()
        port = int(facts.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), 10) as plain, suppress(ConnectionResetError):
            plain.sendall(b"POST / HTTP/1.1\r\n\r\n")
            while plain.recv(65536):
                pass
        assert asked(facts, NAME)[0] == 401

    def test_ends_with_the_sandbox_and_drops_who_is_there(self, start: Open) -> None:
        sandbox = start()
        facts = sandbox.secure(NAME)
        port = int(facts.url.rpartition(":")[2])
        context = ssl.create_default_context(cafile=facts.root)
        context.options |= ssl.OP_IGNORE_UNEXPECTED_EOF
        with (
            socket.create_connection(("127.0.0.1", port), 10) as plain,
            context.wrap_socket(plain, server_hostname=NAME) as peer,
        ):
            sandbox.close()
            assert peer.recv(1) == b""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 10)

    def test_ends_with_the_sandbox_while_a_peer_says_nothing(self, start: Open) -> None:
        sandbox = start()
        port = int(sandbox.secure(NAME).url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), 10) as silent:
            deadline = time.monotonic() + 10
            while not lanes():
                assert time.monotonic() < deadline, "nobody serves the peer"
                Event().wait(0.01)
            sandbox.close()
            assert lanes() == []
            with suppress(ConnectionResetError):
                assert silent.recv(1) == b""

    def test_ends_with_a_server_that_stops_when_a_peer_comes(self, start: Open, tmp_path: Path) -> None:
        sandbox = start()
        assert sandbox._second is not None
        server = sandbox._second(Secured(NAME, secured(tmp_path, NAME, NOW)[0]), 0)
        server.stopping.set()
        ours, theirs = socket.socketpair()
        with ours, theirs:
            server.finish_request(theirs, None)
            assert ours.recv(1) == b""
        server._lanes.clear()

    def test_is_served_by_who_serves_the_home(self, start: Open) -> None:
        first, second = start(), start()
        assert not second.is_own
        with pytest.raises(ValueError, match="another process"):
            second.secure(NAME)
        assert first.is_own


class TestItsCertificate:
    def made(self, folder: Path, name: str = NAME, now: datetime = NOW) -> tuple[bytes, bytes]:
        secured(folder, name, now)
        return (folder / "tls" / ROOT).read_bytes(), (folder / "tls" / SERVER).read_bytes()

    def test_stays_while_it_lasts(self, tmp_path: Path) -> None:
        assert self.made(tmp_path) == self.made(tmp_path, now=NOW + timedelta(days=300))

    @pytest.mark.parametrize("later", [{"name": "other.test"}, {"now": NOW + timedelta(days=336)}])
    def test_is_renewed_for_another_name_and_in_time(self, tmp_path: Path, later: dict[str, object]) -> None:
        before = self.made(tmp_path)
        after = self.made(tmp_path, **later)  # type: ignore[arg-type]  # a name or a time
        assert before[0] != after[0]
        assert before[1] != after[1]

    @pytest.mark.parametrize("name", [ROOT, SERVER])
    @pytest.mark.parametrize("data", [None, b"", b"-----BEGIN CERTIFICATE-----\n"])
    def test_is_renewed_where_it_is_damaged(self, tmp_path: Path, name: str, data: bytes | None) -> None:
        before = self.made(tmp_path)
        path = tmp_path / "tls" / name
        path.unlink()
        if data is not None:
            path.write_bytes(data)
        assert self.made(tmp_path)[0] != before[0]

    def test_is_renewed_where_root_and_certificate_do_not_belong_together(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        self.made(tmp_path / "a")
        other, _ = self.made(tmp_path / "b")
        (tmp_path / "a" / "tls" / ROOT).write_bytes(other)
        assert self.made(tmp_path / "a")[0] != other

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
    def test_is_the_owners_alone(self, tmp_path: Path) -> None:
        self.made(tmp_path)
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "tls").iterdir()}
        assert modes == {ROOT: 0o600, SERVER: 0o600}


def test_the_command_says_where_it_speaks_tls(practice: Path) -> None:
    with process(practice, NAME) as (_, facts):
        assert asked(facts, NAME)[0] == 401
        plain = json.loads((practice / "sandbox" / "gateway" / "port.json").read_text())
        assert plain["url"].startswith("http://127.0.0.1:")
        assert "root" not in plain
        assert Sandbox.open(practice).url == plain["url"]


def test_the_command_gives_the_home_back_where_the_port_is_taken(
    practice: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert serve(practice, taken.getsockname()[1], NAME) == 1
    output, errors = capsys.readouterr()
    assert output == ""
    assert "cannot start" in errors
    assert not (practice / "sandbox" / "gateway" / "port.json").exists()
    Sandbox.open(practice, alone=True).close()
