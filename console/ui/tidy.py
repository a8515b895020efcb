"""Python's collector of cyclic garbage on the main thread only.

Left to itself it runs on whatever thread allocates next, and there it would destroy what Qt made on the main thread: a
widget that the traceback of a bug held, with its timers (measured: the process ends). The generations and their thresholds
are Python's; what was there before is set aside, so that the window does not stand still while it is looked through again.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000
"""Milliseconds between two looks."""


class Tidy(QObject):
    """Switches the collector off until `stop`, and collects from the main thread's events what it would have."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, and with it the younger ones."""
        due = [
            number
            for number, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > limit
        ]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Leave the collector to Python again, if it was."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()
