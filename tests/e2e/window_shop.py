"""A merchant between two visits to the console: a desktop with its keyring, a home, a gateway, and what was written."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e.leaks import files, found, spelled
from tests.e2e.php_gateway import ACCOUNT, HOST, PhpGateway
from tests.e2e.secret_service import Desktop
from tests.e2e.window_acts import PHONE, PIN

WORD = "слово владельца"
SECONDS = 150.0
SHOWN_CARD = "2200701553017648"
"""What the gateway shows a payer."""
VISIT = "import runpy; runpy.run_module('tests.e2e.window_visit', run_name='__main__')"
ENTRIES = """
import json, secretstorage, sys
found = []
with secretstorage.dbus_init() as bus:
    for item in secretstorage.get_default_collection(bus).get_all_items():
        service = item.get_attributes().get("service", "")
        if service.startswith("alikassa-console/"):
            found.append(service)
            if sys.argv[1] == "delete":
                item.delete()
print(json.dumps(found))
"""


@dataclass
class Shop:
    """A merchant: a desktop with its keyring, a home, and a gateway that knows both keys."""

    desk: Desktop
    gateway: PhpGateway
    home: Path
    folder: Path
    said: dict[str, bytes] = field(default_factory=dict)
    """What the processes said and were started with, by visit."""
    titles: set[str] = field(default_factory=set)

    connected: dict[str, Any] = field(default_factory=dict)
    paid: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, bool]] = field(default_factory=list)
    """What the gateway was asked until the account was connected, and whether it took the signature."""

    @classmethod
    def founded(cls, folder: Path, desk: Desktop, gateway: PhpGateway) -> Shop:
        """A merchant who has connected an account, closed the console, opened it again and paid."""
        home = folder / "home"
        home.mkdir(mode=0o700)
        shop = cls(desk, gateway, home, folder)
        shop.connected = shop.visit("connect")
        shop.asked = [(request["path"], request["taken"]) for request in gateway.requests()]
        shop.paid = shop.visit("pay")
        return shop

    @property
    def code(self) -> str:
        """What the person wrote down of the recovery code."""
        return (self.folder / "paper" / "code").read_text()

    def visit(self, deed: str, **known: str) -> dict[str, Any]:
        """Start the console once, let a person do `deed` at its window, close it; what was seen."""
        paper = self.folder / "paper"
        paper.mkdir(exist_ok=True)
        (paper / "known.json").write_text(json.dumps(known))
        words = (deed, str(self.home), str(self.gateway.folder), str(self.gateway.port), str(paper))
        done = self.desk.run(VISIT, *words, password=WORD, seconds=SECONDS)
        seen: dict[str, Any] = json.loads((paper / "seen.json").read_text())
        assert "fault" not in seen, seen["fault"]
        assert done.returncode == 0, done.stderr
        self.titles |= set(seen["titles"])
        process = {**seen["process"], "variables": json.dumps(seen["variables"])}
        texts = {"stdout": done.stdout, "stderr": done.stderr, "titles": "\n".join(seen["titles"]), **process}
        self.said |= {f"{name} of {deed}": text.encode() for name, text in texts.items()}
        self.said |= {f"{name} while open at {deed}": data for name, data in files(paper / "open").items()}
        return seen

    def entries(self, deed: str = "list") -> list[str]:
        """What the keyring has of the console: ends of the names of its entries; "delete" deletes them all."""
        done = self.desk.run(ENTRIES, deed, password=WORD)
        assert done.returncode == 0, done.stderr
        home_id = json.loads((self.home / "settings.json").read_text())["home_id"]
        return sorted(name.removeprefix(f"alikassa-console/{home_id}/") for name in json.loads(done.stdout))

    def account_id(self) -> str:
        """The local id of the only account."""
        (record,) = json.loads((self.home / "settings.json").read_text())["accounts"]
        return str(record["id"])

    def secrets(self) -> dict[str, str | bytes]:
        """Everything that must not be found anywhere."""
        passwords = {f"password of {kind}": self.gateway.password(kind) for kind in ("payment", "payout")}
        numbers = {"phone": PHONE, "card": SHOWN_CARD, "card in groups": "2200 7015 5301 7648"}
        return {**passwords, "PIN": PIN, **spelled(self.code, ACCOUNT), **numbers}

    def leaks(self) -> list[str]:
        """Secrets in what was written and said so far; the host may stand in titles, which are no files."""
        places = {**self.said, **files(self.home)}
        untitled = {name: content for name, content in places.items() if not name.startswith("titles")}
        return found(self.secrets(), places) + found({"host": HOST}, untitled)

    def outside(self) -> list[str]:
        """Files that appeared on the desktop beside the keyring's own."""
        return [name for name in files(self.desk.folder) if not name.startswith("xdg_data_home/keyrings/")]
