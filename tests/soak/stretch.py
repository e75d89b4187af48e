"""Run one door for some inputs under atheris, or once with a given input.

    python tests/soak/stretch.py Markdown --runs 20000 --seed 1 --folder .venv/soak/Markdown
    python tests/soak/stretch.py Markdown --input "b'...'"

What a door raises is kept in the folder, one file for each way to fail, and the run goes on: only what kills the
process ends it, and libFuzzer then leaves the input in a file of its own.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import shlex
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import inputs

if TYPE_CHECKING:
    from collections.abc import Callable

SLOW = 1.0  # seconds of processor time; a post of some hundred bytes takes a thousandth of that
_OFTEN = 200  # inputs between two notes of how many there were


class TooSlowError(Exception):
    """An input took much longer than its size explains."""


def main() -> None:
    """Read the command line, and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("door")
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--input", help="as Python writes bytes down")
    given = parser.parse_args()
    if given.input:
        from doors import DOORS  # noqa: PLC0415 - the other way needs it instrumented

        _timed(DOORS[given.door], ast.literal_eval(given.input))
        return
    _fuzz(given.door, given.folder, given.runs, given.seed)


def _fuzz(name: str, folder: Path, runs: int, seed: int) -> None:
    import atheris  # type: ignore[import-untyped] # noqa: PLC0415 - an input is looked at without it

    with atheris.instrument_imports(include=["feeds"]):
        from doors import DOORS  # noqa: PLC0415 - as it is imported, it is instrumented
    door = DOORS[name]
    corpus, found = folder / "corpus", folder / "found"
    for each in (corpus, found):
        each.mkdir(parents=True, exist_ok=True)
    if not any(corpus.iterdir()):
        for number, data in enumerate(inputs.seeds(name)):
            (corpus / f"seed-{number:03}").write_bytes(data)
    begin = time.process_time()
    done = 0

    def note() -> None:
        (folder / "stretch").write_text(f"{done} {time.process_time() - begin:.2f}")

    def one(data: bytes) -> None:
        nonlocal done
        try:
            _timed(door, data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            _keep(error, name, data, found)
        done += 1
        if done % _OFTEN == 0 or done == runs:
            note()

    atheris.Setup(
        [
            "soak",
            f"-runs={runs}",
            f"-seed={seed}",
            f"-max_len={inputs.LONGEST}",
            f"-artifact_prefix={folder}/killed-",
            *("-timeout=20", "-rss_limit_mb=2048", "-verbosity=0", "-print_final_stats=0", "-len_control=0"),
            str(corpus),
        ],
        one,
        custom_mutator=inputs.mutator(name),
    )
    atheris.Fuzz()


def _timed(door: Callable[[bytes], None], data: bytes) -> None:
    begin = time.process_time()
    door(data)
    took = time.process_time() - begin
    if took > SLOW:
        raise TooSlowError(f"{took:.1f} seconds for {len(data)} bytes")


def _keep(error: Exception, door: str, data: bytes, found: Path) -> None:
    """Keep the shortest input for each kind of failure: the same error, raised at the same place."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].name}:{frames[-1].lineno}"
    kind = hashlib.sha256(f"{type(error).__name__} {place}".encode()).hexdigest()[:12]
    report = found / f"{kind}.txt"
    size = found / f"{kind}.size"
    if report.exists() and int(size.read_text()) <= len(data):
        return
    shown = repr(data)
    report.write_text(
        f"{type(error).__name__}: {error}\n\n"
        f"{shown}\n\n"
        f"python tests/soak/{Path(__file__).name} {door} --input {shlex.quote(shown)}\n\n"
        + "".join(traceback.format_exception(error)),
        encoding="utf-8",
    )
    size.write_text(str(len(data)))


if __name__ == "__main__":
    main()
