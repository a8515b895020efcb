"""Every test of the window's parts is dressed; pages stand over real services."""

from tests.gui.order_fixtures import payment, payout, sit
from tests.gui.settings_bench import seat
from tests.services.conftest import bench
from tests.ui.dress import dressed

__all__ = ["bench", "dressed", "payment", "payout", "seat", "sit"]
