"""Work shared out among processes, of which any may die.

A worker sends back each result by itself, so when it dies it is known over which item. That item gets a
second chance in a new worker: the machine may have been short of memory just then. Whatever happens there,
every other item is done, if need be by this process.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection, resource_tracker
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnContext, SpawnProcess

_BATCH = 40  # items that a worker is sent at once, at most: enough to make that cheap
_SHARES = 4  # batches for each worker, at least: few may turn out to be most of the work
_TO_START = 60.0  # seconds until a worker must have said that it is there
_LOOK = 0.5  # seconds between two looks at who hangs


@dataclass(frozen=True, slots=True)
class Died:
    """In place of a result: both workers that tried died over this item, the second as `how` says."""

    how: str


def in_order(
    work: Callable[..., Any], items: Sequence[Any], shared: tuple[Any, ...], *, jobs: int, patience: float
) -> Iterator[Any]:
    """Yield `work(item, *shared)`, or `Died`, for each of `items`, in their order.

    At most `jobs` processes work at a time; each gets `shared` once. One that is silent for `patience`
    seconds hangs, and is ended. `work` is a function that a module defines; what it raises ends the worker.
    """
    crew = _Crew(work, items, shared, jobs, patience)
    try:
        for index in range(len(items)):
            while index not in crew.results:
                crew.step()
            yield crew.results.pop(index)
    finally:
        crew.dismiss()


class _Worker:
    """A process, our end of the line to it, and the indices of what it has yet to send back."""

    def __init__(self, process: SpawnProcess, line: Connection) -> None:
        self.process = process
        self.line = line
        self.todo: deque[int] = deque()
        self.awake = False
        self.hung = False
        self.heard = time.monotonic()

    def silent_for(self, patience: float) -> bool:
        """Whether it should have said something by now."""
        limit = patience if self.awake else _TO_START
        return time.monotonic() - self.heard > limit and not self.line.poll()

    def bury(self) -> str:
        """Let go of it, and return how it died."""
        self.line.close()
        self.process.join(_TO_START)
        code = self.process.exitcode
        if self.hung or code is None:
            self.process.kill()
            return "hung"
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"left with exit code {code}"


class _Crew:
    """The workers, what waits for one, and what has come back, by index."""

    def __init__(
        self,
        work: Callable[..., Any],
        items: Sequence[Any],
        shared: tuple[Any, ...],
        jobs: int,
        patience: float,
    ) -> None:
        self.results: dict[int, Any] = {}
        self._work, self._items, self._shared, self._patience = work, items, shared, patience
        everything = range(len(items))
        size = max(1, min(_BATCH, len(items) // (_SHARES * jobs)))
        self._waiting: deque[Iterable[int]] = deque(
            everything[start : start + size] for start in everything[::size]
        )
        self._jobs = min(jobs, len(self._waiting))
        self._suspects: dict[int, Died] = {}
        self._workers: dict[Any, _Worker] = {}  # by line
        self._leaving: list[SpawnProcess] = []
        # Spawned, not forked: workers then start alike on every platform, and inherit no locks.
        self._context = multiprocessing.get_context("spawn")

    def step(self) -> None:
        """Bring the work on: hire, listen, hand out."""
        while self._waiting and len(self._workers) < self._jobs:
            self._hire()
        if not self._workers:
            self._work_alone()
            return
        for line in connection.wait(list(self._workers), timeout=_LOOK):
            self._listen(self._workers[line])
        for worker in self._workers.values():
            if worker.silent_for(self._patience):
                worker.hung = True
                worker.process.kill()  # the end of its line will be heard

    def dismiss(self) -> None:
        """End those who still work, on what nobody waits for any more, and see everybody off."""
        for worker in self._workers.values():
            worker.process.kill()
            worker.line.close()
        for process in (*self._leaving, *(worker.process for worker in self._workers.values())):
            process.join()

    def _hire(self) -> None:
        try:
            worker = _started(self._context, self._work)
        except OSError:  # the machine has no memory or no process left to give
            self._jobs = len(self._workers)
        else:
            self._workers[worker.line] = worker

    def _listen(self, worker: _Worker) -> None:
        try:
            message = worker.line.recv()
            worker.heard = time.monotonic()
            if worker.todo:
                self.results[worker.todo.popleft()] = message
            else:
                worker.awake = True
                worker.line.send(self._shared)
            if not worker.todo:
                self._employ(worker)
        except (EOFError, OSError):
            self._replace(worker)

    def _employ(self, worker: _Worker) -> None:
        if self._waiting:
            worker.todo.extend(self._waiting.popleft())
            worker.line.send([self._items[index] for index in worker.todo])
        else:
            del self._workers[worker.line]
            worker.line.close()  # which it takes for a good-bye
            self._leaving.append(worker.process)

    def _replace(self, worker: _Worker) -> None:
        del self._workers[worker.line]
        died = Died(worker.bury())
        if not worker.awake:
            self._jobs -= 1  # whatever keeps it from starting would keep the next one too
        if not worker.todo:
            return
        suspect = worker.todo[0]
        if suspect in self._suspects:
            self.results[worker.todo.popleft()] = died
        self._suspects[suspect] = died
        if worker.todo:
            self._waiting.appendleft(worker.todo)

    def _work_alone(self) -> None:
        """Do the next batch here, but for what killed a worker."""
        for index in self._waiting.popleft():
            self.results[index] = self._suspects.get(index) or self._work(self._items[index], *self._shared)


def _started(context: SpawnContext, work: Callable[..., Any]) -> _Worker:
    """Raises OSError."""
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work), daemon=True)
    try:
        with _deaf_to_interrupts():
            process.start()
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return _Worker(process, ours)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """What starts in this block never hears a Ctrl-C, which is for us alone; ours is heard after it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # its own start would lift the mask in the middle of ours
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(line: Connection, work: Callable[..., Any]) -> None:
    """A worker's life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        line.send(None)
        shared = line.recv()
        while True:
            for item in line.recv():
                line.send(work(item, *shared))
    except (EOFError, OSError):  # nobody is at the other end any more
        return
