"""All mutants there are."""

from __future__ import annotations

from tests.mutants.desk import DESK
from tests.mutants.evidence import EVIDENCE
from tests.mutants.first import FIRST
from tests.mutants.following import FOLLOWING
from tests.mutants.mutant import Mutant
from tests.mutants.sending import SENDING
from tests.mutants.wire import WIRE

WHOLE: tuple[Mutant, ...] = (*FIRST, *SENDING, *FOLLOWING, *WIRE, *EVIDENCE, *DESK)

__all__ = ["FIRST", "WHOLE"]
