"""The banks of the fast payment system, read from the list that ships with the console."""

from __future__ import annotations

import json
from functools import cache

from console.catalogue.resources import resource
from console.domain.banks import Bank, BankList


@cache
def banks() -> BankList:
    """Return the list (226 banks as of 2026-04-29; it is not the gateway's own list, so it only warns)."""
    data = json.loads(resource("banks", "sbp-banks.json").read_text("utf-8"))
    return BankList(
        tuple(
            Bank(row["code"], row["name_ru"], row.get("name_en", ""), tuple(row["seen_in"])) for row in data["banks"]
        ),
        data["aliases"],
    )
