"""A limit on the processor time that one post may take.

Processor time, not time on the clock: however busy the machine is, the same post is overdue or is not.
"""

from __future__ import annotations

import signal
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType, TracebackType
    from typing import Self

HINT = "simplify what is unusual in it, or raise max_seconds under [content]"

_AGAIN = 0.5  # seconds until the next reminder, for code that swallowed the first
_SOON = 1e-6  # seconds; zero would stop the timer


class Overdue(BaseException):
    """The time is up. No `Exception`: libraries catch those, and would go on."""


class deadline:  # noqa: N801 - used as a statement
    """`with deadline(seconds):` raises `Overdue` once its block has taken that much processor time.

    Deadlines may be nested; the one that ends first counts. Nothing is raised after the block's end. There
    is no limit where the signal for it is missing (Windows), taken by a profiler, or out of reach (a thread
    other than the main one), and none on a library's native code until that returns to Python.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._running = False

    def __enter__(self) -> Self:
        if _available():
            self._handler = signal.signal(signal.SIGPROF, self._ring)
            self._began = time.process_time()
            self._running = True
            self._outer = signal.setitimer(signal.ITIMER_PROF, max(self._seconds, _SOON), _AGAIN)
            if 0 < self._outer[0] < self._seconds:
                signal.setitimer(signal.ITIMER_PROF, *self._outer)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._running:
            self._running = False  # first: a signal may be on its way
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, self._handler)
            left, again = self._outer
            if left:
                used = time.process_time() - self._began
                signal.setitimer(signal.ITIMER_PROF, max(left - used, _SOON), again)

    def _ring(self, _: int, frame: FrameType | None) -> None:
        # An exception that cut our own two methods short would leave the timer running for ever.
        ours = frame is not None and frame.f_code in {deadline.__enter__.__code__, deadline.__exit__.__code__}
        if self._running and not ours:
            raise Overdue(f"it takes more than {self._seconds:g} s of processor time")


def _available() -> bool:
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGPROF) is not None
    )
