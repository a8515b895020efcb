"""What would redirect the keyring, TLS or traffic is gone before anything can use it, and told once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from console.app.scrub import scrub
from tests.architecture.source import ROOT

NAMES = {
    "SSLKEYLOGFILE": "/tmp/keys", "SSL_CERT_FILE": "/tmp/a", "SSL_CERT_DIR": "/tmp", "OPENSSL_CONF": "/tmp/o.cnf",
    "KEYRING_PROPERTY_APPID": "evil", "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    "HTTPS_PROXY": "http://evil.test:1", "https_proxy": "http://evil.test:1", "all_proxy": "socks5://evil.test:1",
}  # fmt: skip
WATCH = """
import json, os, sys
seen = {}
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name in {"ssl", "keyring"} and name not in seen:
            seen[name] = sorted(set(os.environ) & set(json.loads(sys.argv[1])))
sys.meta_path.insert(0, Watch())
from console.app import main
assert "ssl" not in sys.modules
status = main(["verify", "--home", sys.argv[2]])
import ssl, keyring
print(json.dumps([status, seen, sorted(set(os.environ) & set(json.loads(sys.argv[1])))]), file=sys.stderr)
"""


def test_what_was_there_is_removed_and_named() -> None:
    environment = {**NAMES, "PATH": "/bin", "SSL": "x", "MY_HTTP_PROXY": "x"}
    assert scrub(environment) == tuple(sorted(NAMES))
    assert environment == {"PATH": "/bin", "SSL": "x", "MY_HTTP_PROXY": "x"}
    assert scrub(environment) == ()


def test_nothing_of_it_is_left_when_ssl_and_keyring_are_imported(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH, json.dumps(sorted(NAMES)), str(home)],
        cwd=ROOT, env={**os.environ, **NAMES}, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    status, seen, left = json.loads(done.stderr.splitlines()[-1])
    assert (status, seen, left) == (1, {"ssl": [], "keyring": []}, [])


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_is_told_in_one_sentence(language: str) -> None:
    from console.domain.sentences import told
    from console.domain.trouble import Unavailable
    from console.settings.translations import Translator

    said = Translator(language)(told(Unavailable("E-ENV", names="SSL_CERT_DIR, HTTPS_PROXY")).what)
    assert "SSL_CERT_DIR, HTTPS_PROXY" in said
