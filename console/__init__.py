"""A desktop console for merchants of the AliKassa gateway (not affiliated with AliKassa)."""

__version__ = "0.1.0"
