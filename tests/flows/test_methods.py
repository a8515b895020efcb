"""Every method through real widgets: from an empty form to a final state, ledger and journal the same to the byte."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest

from console.catalogue.methods import every
from console.domain.endpoint import Kind
from console.domain.method import Method
from tests.flows.driver import Driver, rows


@pytest.mark.parametrize("method", every(), ids=lambda method: method.code)
def test_from_an_empty_form_to_a_final_state(driver: Driver, method: Method, tmp_path: Path) -> None:
    order_id = driver.send(method)
    assert driver.state(order_id) == "wait"
    driver.until(lambda: driver.state(order_id) == "paid", "it is not paid")
    (entry,) = driver.accepted()
    row = driver.services.operations.get(order_id)
    assert row is not None
    assert (entry["order_id"], str(entry["id"])) == (order_id, row.gateway_id)
    sending = next(
        event
        for event in rows(
            driver.home / "sandbox" / "journal.db", "SELECT seq, kind FROM event WHERE order_id = ?", order_id
        )
        if event["kind"] == "sending"
    )
    parts = driver.console.desk()._engine.journal.open_parts(sending["seq"])
    assert parts.body == entry["body"]
    assert base64.b64encode(parts.signature).decode() == entry["signature"]
    folder = "payout" if method.kind is Kind.PAYOUT else "payment"
    _openssl_accepts(driver.home / "sandbox" / "gateway" / folder / "public.pem", parts.body, parts.signature, tmp_path)


PHP = """
[$file, $public, $body, $sign] = $argv;
echo openssl_verify(file_get_contents($body), file_get_contents($sign), file_get_contents($public));
"""
"""PHP's own default digest, as the gateway's samples have it."""


def _openssl_accepts(public: Path, body: bytes, signature: bytes, folder: Path) -> None:
    (folder / "body").write_bytes(body)
    (folder / "sign").write_bytes(signature)
    command = [
        "openssl",
        "dgst",
        "-sha1",
        "-verify",
        str(public),
        "-signature",
        str(folder / "sign"),
        str(folder / "body"),
    ]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "Verified OK"
    (folder / "verify.php").write_text(f"<?php {PHP}")
    php = ["php", str(folder / "verify.php"), str(public), str(folder / "body"), str(folder / "sign")]
    assert subprocess.run(php, capture_output=True, text=True, check=True).stdout == "1"
