"""Every test of the window's parts is dressed."""

from tests.ui.dress import dressed

__all__ = ["dressed"]
