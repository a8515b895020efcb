"""The whole of it on a real desktop: account and journal's key in a real Secret Service, a gateway in PHP, two processes.

Afterwards no secret is in any file of the home, in any encoding; and the recovery code replaces a keyring that was wiped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.journal.recovery import key_of
from tests.e2e.leaks import leaks
from tests.e2e.php_gateway import ACCOUNT, HOST, PhpGateway, php_gateway
from tests.e2e.secret_service import Desktop, desktop

WORD = "слово владельца"
RUN = "import runpy; runpy.run_module('tests.e2e.real', run_name='__main__')"
WIPED = """
import json, sys
from pathlib import Path
from console.app.engine import Engine
from console.domain.trouble import Unavailable
from console.services.clock import system_clock
from console.settings.home import Home
from console.settings.settings import Settings
from console.vault.keyring import KeyringVault

home, deed, code = Home(Path(sys.argv[1])), sys.argv[2], sys.argv[3]
settings, clock = Settings.open(home.settings), system_clock()
if deed == "code":
    engine = Engine.start(home, settings, clock, sandbox=False)
    said = [engine.services.recovery.code()]
    engine.close()
else:
    try:
        Engine.start(home, settings, clock, sandbox=False)
    except Unavailable as trouble:
        engine = Engine.look(home, settings, clock, trouble, sandbox=False)
        sealed = [seq for seq in range(1, 99) if (event := engine.services.records._reader.event(seq)) and event.order_id]
        said = [trouble.code, engine.services.records.open(sealed[0]).request]
        engine.services.recovery.restore(code)
        engine.close()
    engine = Engine.start(home, settings, clock, sandbox=False)
    said += [engine.services.records.open(sealed[0]).request, [lost.name for lost in engine.services.connect.lost()]]
    engine.close()
print(json.dumps(said))
"""


@pytest.fixture
def desk() -> Iterator[Desktop]:
    with desktop() as made:
        yield made


@pytest.fixture(params=["sha1", "sha256"])
def gateway(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PhpGateway]:
    with php_gateway(tmp_path / "gateway", digest=str(request.param)) as made:
        yield made


def said(desk: Desktop, *arguments: str, text: str = RUN) -> object:
    done = desk.run(text, *arguments, password=WORD)
    assert done.returncode == 0, done.stderr
    assert ACCOUNT not in done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_an_account_in_the_keyring_pays_after_a_restart_and_leaves_no_secret(
    desk: Desktop, gateway: PhpGateway, home: Path
) -> None:
    place = (str(home), str(gateway.folder), str(gateway.port))
    digest = (gateway.folder / "digest.txt").read_text()
    assert said(desk, "connect", *place) == {"ok": True, "digests": {"payout": digest, "payment": digest}}
    assert said(desk, "pay", *place) == {"sent": "wait", "states": ["wait", "paid"]}
    assert gateway.orders()["PO-real-1"]["body"]["number"] == "79031112233"
    secrets = [ACCOUNT, HOST, gateway.password("payment"), gateway.password("payout"), "79031112233"]
    assert leaks(home, secrets) == []
    assert leaks(gateway.folder, secrets) != []
    code = said(desk, str(home), "code", "", text=WIPED)
    assert isinstance(code, list)
    key = key_of(str(code[0])).reveal()
    assert leaks(home, [str(code[0]), key, bytes.fromhex(key)]) == []
    desk.forget()
    body = said(desk, str(home), "restore", str(code[0]), text=WIPED)
    assert isinstance(body, list)
    assert (body[0], body[1]) == ("E-KEYRING-JOURNAL", "")
    assert "1500.00" in body[2]
    assert body[3] == ["ООО «Вектор»"]
