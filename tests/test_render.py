"""Sources to posts, whatever happens on the way: late posts, dead processes, and who wrote what."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing import resource_tracker
from operator import call
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markdown.blockparser import BlockParser
from msgspec import structs

from feeds import config, deadline, render, workers
from feeds.body import markup
from feeds.body.page import SiteMap
from feeds.deadline import Overdue
from feeds.model import Header, Person, Placed, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feeds.body.page import Page
    from feeds.settings import Workspace

    Bodies = Callable[..., list[Placed]]

DAY = datetime(2025, 1, 31, tzinfo=UTC)
REPORT = "please report it, with the post"


def busy(seconds: float) -> None:
    """Use up that much processor time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def site(text: str = "") -> Workspace:
    """A site that is nowhere, with more lines in its settings."""
    settings = config.parse(f'[site]\ntitle = "T"\nurl = "https://example.org"\n{text}')
    return config.Workspace(root=Path("/nowhere"), file=Path("/nowhere/feeds.toml"), settings=settings)


def hasty() -> Workspace:
    """A site that gives a post a fifth of a second."""
    workspace = site()
    content = structs.replace(workspace.settings.content, max_seconds=0.2)
    return replace(workspace, settings=structs.replace(workspace.settings, content=content))


def placed(name: str, body: str = "text", **header: Any) -> Placed:
    """A post on that site."""
    source = Source(
        path=f"{name}.md",
        key=name,
        name=name,
        section="",
        folder="",
        header=Header(published=DAY, **header),
        body=body,
        body_line=1,
    )
    return Placed(source=source, id=f"urn:x:{name}", url=f"https://example.org/{name}/")


def one(post: Placed, text: str = "", site_map: SiteMap | None = None) -> render.Rendered:
    """That post rendered, on a site with more lines in its settings."""
    return render.render(post, site(text), site_map or SiteMap())


def body(post: Placed) -> str:
    """Its HTML."""
    done = one(post).post
    assert done
    return done.html


@pytest.fixture
def timers() -> Iterator[None]:
    """After the test, the process is as it was: no timer runs, and nobody hears the signal."""
    before = signal.getsignal(signal.SIGPROF)
    yield
    assert (0.0, 0.0) == signal.getitimer(signal.ITIMER_PROF)
    assert before == signal.getsignal(signal.SIGPROF)


@pytest.mark.usefixtures("timers")
class TestDeadline:
    """A block of code that takes too long is left."""

    def test_too_long(self) -> None:
        """The message says how long it may take."""
        with (
            pytest.raises(Overdue, match=r"^it takes more than 0\.02 s of processor time$"),
            deadline.deadline(0.02),
        ):
            busy(5)

    def test_in_time(self) -> None:
        """What is done in time hears nothing, neither inside nor later."""
        with deadline.deadline(0.2):
            busy(0.01)
        busy(0.3)

    def test_waiting_costs_nothing(self) -> None:
        """A machine that does something else in between makes nobody late."""
        with deadline.deadline(0.05):
            threading.Event().wait(0.1)

    def test_swallowed(self) -> None:
        """Code that catches everything is told again."""

        def stubborn() -> None:
            with suppress(BaseException):
                busy(5)
            busy(5)

        with pytest.raises(Overdue), deadline.deadline(0.02):
            stubborn()

    @pytest.mark.parametrize(("inner", "outer"), [(0.02, 5), (5, 0.02)])
    def test_nested(self, inner: float, outer: float) -> None:
        """The one that ends first counts."""

        def inside() -> None:
            with deadline.deadline(inner):
                busy(1)
                pytest.fail("later than it may get")

        with pytest.raises(Overdue), deadline.deadline(outer):
            inside()

    def test_a_signal_on_its_way(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It may come when the block is done and its timer still runs."""
        real = signal.setitimer

        def late(which: int, seconds: float, interval: float = 0.0) -> tuple[float, float]:
            if not seconds:
                signal.raise_signal(signal.SIGPROF)
            return real(which, seconds, interval)

        monkeypatch.setattr(signal, "setitimer", late)
        with deadline.deadline(5):
            pass

    def test_the_outer_one_goes_on(self) -> None:
        """What the inner block took is counted, whether it was in time or not."""

        def inner() -> None:
            with deadline.deadline(5):
                busy(0.06)
            busy(0.2)
            pytest.fail("later than it may get")

        with pytest.raises(Overdue), deadline.deadline(0.1):
            inner()

    def test_the_outer_one_is_over_as_well(self) -> None:
        """Whoever deals with the inner one is told of the outer one at once."""

        def inner() -> None:
            with suppress(Overdue), deadline.deadline(5):
                busy(5)
            busy(0.05)
            pytest.fail("later than it may get")

        with pytest.raises(Overdue), deadline.deadline(0.02):
            inner()

    def test_no_exception_gets_lost(self) -> None:
        """Neither does one that comes from inside."""
        with pytest.raises(ZeroDivisionError), deadline.deadline(1):
            _ = 1 // 0

    def test_in_the_nick_of_time(self) -> None:
        """When the signal comes with the end of the block, it is either inside, or it is not heard."""
        for _ in range(40):
            done = False
            try:
                with deadline.deadline(0.004):
                    busy(0.004)
                    done = True
            except Overdue:
                assert not done
            assert (0.0, 0.0) == signal.getitimer(signal.ITIMER_PROF)

    def test_in_a_thread(self) -> None:
        """Signals reach the main thread only; elsewhere there is no limit, and no error."""
        done: list[bool] = []

        def work() -> None:
            with deadline.deadline(0.01):
                busy(0.05)
            done.append(True)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        assert [True] == done

    def test_where_there_are_no_timers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """On Windows, all is done without a limit."""
        with monkeypatch.context() as patch:
            patch.delattr(signal, "setitimer")
            with deadline.deadline(0.01):
                busy(0.05)


def slow(monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    """Let everything that has the word `slow` in it take ten seconds, in the room `at` of the body."""
    real = getattr(markup, at)

    def slowed(text: str, *rest: Any, **named: Any) -> Any:
        if "slow" in text:
            real(text, *rest, **named)
            busy(10)
        return real(text, *rest, **named)

    monkeypatch.setattr(markup, at, slowed)


@pytest.mark.parametrize("at", ["expand", "normalise", "as_meant", "absolutise", "clean"])
def test_an_overdue_post_costs_only_itself(monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    """It is named, with what to do; and those after it are as if it had never been."""
    text = "# One\n\nA[^1] `b` [c][d]\n\n[^1]: note\n\n[d]: /e\n"
    before = body(placed("a", text))
    slow(monkeypatch, at)
    late = render.render(placed("late", f"slow\n\n{text}"), hasty(), SiteMap())
    (problem,) = late.problems
    assert ("post-overdue", "content/late.md", "error") == (problem.code, problem.path, problem.severity)
    assert "this post is given up: it takes more than 0.2 s of processor time" == problem.message
    assert "max_seconds" in problem.hint
    assert late.post is None
    assert before == body(placed("a", text))


def test_what_is_left_of_an_overdue_post_is_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its footnotes and link targets must not turn up in the next one."""
    real = BlockParser.parseDocument

    def late(parser: BlockParser, lines: list[str]) -> Any:
        done = real(parser, lines)
        if any("slow" in line for line in lines):
            busy(10)
        return done

    monkeypatch.setattr(BlockParser, "parseDocument", late)
    late_one = placed("late", "slow[^1]\n\n[^1]: note\n\n[d]: /e\n")
    assert render.render(late_one, hasty(), SiteMap()).problems
    assert "<p>next[^1] [d]</p>" == body(placed("b", "next[^1] [d]"))


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Posts are worth processes of their own, however little there is to do."""
    monkeypatch.setattr(render, "_PARALLEL_FROM", 0)


def outcomes(posts: list[Placed], *, jobs: int) -> list[render.Rendered]:
    """All of them rendered."""
    return list(render.render_all(posts, site(), SiteMap(), jobs=jobs))


def deadly(name: str, act: Callable[..., object], argument: object) -> Placed:
    """A post that calls `act` in the process that renders it."""
    return placed(name, authors=map(act, [argument]))


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize(
    ("act", "argument", "how"),
    [
        (os._exit, 3, "left with exit code 3"),
        (signal.raise_signal, signal.SIGSEGV, "was killed by SIGSEGV"),
        (signal.raise_signal, signal.SIGKILL, "was killed by SIGKILL"),
    ],
)
def test_a_dead_process_costs_one_post(act: Callable[..., object], argument: object, how: str) -> None:
    """All the others are as they would be without it, in their order."""
    posts = [placed(f"p{number}", f"# Post {number}\n\n*text*") for number in range(90)]
    expected = outcomes(posts, jobs=1)
    posts[57] = deadly("p57", act, argument)
    found = outcomes(posts, jobs=2)
    (problem,) = found.pop(57).problems
    assert expected[:57] + expected[58:] == found
    assert ("post-crashed", "content/p57.md", "error") == (problem.code, problem.path, problem.severity)
    assert (f"the process that rendered this post {how}", REPORT) == (problem.message, problem.hint)


@pytest.mark.usefixtures("apart")
def test_neighbours_that_kill_are_each_found() -> None:
    """Also the first and the last, and when a whole batch does; progress counts them like the others."""
    killers = {0, 1, 2, 19}
    posts = [deadly(f"p{n}", os._exit, 1) if n in killers else placed(f"p{n}") for n in range(20)]
    told: list[int] = []
    found = list(render.render_all(posts, site(), SiteMap(), jobs=2, progress=told.append))
    assert killers == {n for n, each in enumerate(found) if each.post is None}
    assert 20 == sum(told)


def test_a_giant_is_rendered_apart() -> None:
    """Few posts are enough for processes of their own, if they are such as could kill one."""
    posts = [placed("a"), deadly("b", os._exit, 1), placed("giant", "\n" * 400_000)]
    assert [False, True, False] == [each.post is None for each in outcomes(posts, jobs=2)]


def work(items: list[Any], *, jobs: int = 2, patience: float = 60.0) -> list[Any]:
    """Call each of `items` in a worker."""
    return list(workers.in_order(call, items, (), jobs=jobs, patience=patience))


class TestWorkers:
    """Processes that share work, and may die."""

    def test_order(self) -> None:
        """Results come in the order of the items, each once."""
        assert list(range(333)) == work([partial(int, n) for n in range(333)], jobs=3)

    def test_nothing_to_do(self) -> None:
        """No process is started for it."""
        assert [] == work([])

    def test_a_hang(self) -> None:
        """One that says nothing is ended; the others of its batch are done."""
        items: list[Any] = [partial(int, n) for n in range(50)]
        items[7] = partial(signal.sigwait, {signal.SIGUSR1})
        found = work(items, patience=1.0)
        assert workers.Died("hung") == found.pop(7)
        assert [n for n in range(50) if n != 7] == found

    def test_a_second_chance(self, tmp_path: Path) -> None:
        """A process that is killed once, as one is when memory is short, costs nothing."""
        # Who makes the folder is first and dies; for the second it is there.
        script = (
            f"import os\ntry: os.mkdir({str(tmp_path / 'met')!r})\nexcept OSError: pass\nelse: os._exit(9)"
        )
        assert [None, 1] == work([partial(exec, script), partial(int, 1)])

    def test_what_work_raises(self, capfd: pytest.CaptureFixture[str]) -> None:
        """It ends the worker like anything else."""
        assert [workers.Died("left with exit code 1"), 5] == work([partial(int, "x"), partial(int, 5)])
        assert "invalid literal" in capfd.readouterr().err

    def test_no_process_is_to_be_had(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The work is then done here."""

        def refuse(*_: object) -> None:
            raise BlockingIOError("Resource temporarily unavailable")

        monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
        assert [os.getpid()] * 90 == work([partial(os.getpid)] * 90)

    def test_workers_that_cannot_start(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As where a script that calls us is not made to be imported."""
        resource_tracker.ensure_running()  # it is a process, too, that others may have started before us
        monkeypatch.setattr("multiprocessing.spawn.get_executable", lambda: b"/bin/false")
        assert [os.getpid()] * 90 == work([partial(os.getpid)] * 90)

    def test_nobody_is_left_behind(self) -> None:
        """When nobody waits for the rest, the workers end."""
        results = workers.in_order(call, [partial(os.getpid)] * 5000, (), jobs=2, patience=60.0)
        worker = next(results)
        assert isinstance(results, type(_ for _ in ()))
        results.close()
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)

    def test_interrupts_are_not_for_workers(self) -> None:
        """Not even while they start, when Python would print a traceback; ours are heard."""
        asked = partial(signal.pthread_sigmask, signal.SIG_BLOCK, ())
        assert [{signal.SIGINT}] * 3 == work([asked] * 3)
        assert signal.SIGINT not in asked()


INTERRUPTED = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for what runs behind
import os, signal, sys
from functools import partial
from operator import call
from feeds import workers

if __name__ == "__main__":
    items = [partial(os.getppid), *[partial(signal.sigwait, {signal.SIGUSR1})] * 200]
    try:
        for _ in workers.in_order(call, items, (), jobs=2, patience=100.0):
            print("ready", flush=True)
    except KeyboardInterrupt:
        sys.exit(130)
"""


def test_an_interrupt_ends_all_at_once(tmp_path: Path) -> None:
    """Ctrl-C reaches every process of a terminal; nobody but the first says or does anything about it."""
    script = tmp_path / "script.py"
    script.write_text(INTERRUPTED)
    with subprocess.Popen(
        [sys.executable, "-P", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        assert running.stdout
        assert "ready\n" == running.stdout.readline()
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=60)  # ends only when nobody holds the pipe open
    assert (130, "") == (running.returncode, said)


REGISTER = """
[authors.ines]
name = "Ines Carvalho"
email = "ines@example.org"
url = "/ines/"

[authors.Bo]
name = "Bo"
url = "/people/bo/"

[authors.bo]
name = "Another Bo"
"""
INES = Person(name="Ines Carvalho", email="ines@example.org", url="https://example.org/ines/")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([Person(name="ines")], [INES]),
        ([Person(name="INES")], [INES]),
        ([Person(name="ines"), Person(name="Ines")], [INES]),
        ([Person(name="Ines Carvalho")], [Person(name="Ines Carvalho")]),
        ([Person(name="Bo")], [Person(name="Bo", url="https://example.org/people/bo/")]),
        ([Person(name="bo")], [Person(name="Another Bo")]),
        ([Person(name="BO")], [Person(name="Bo", url="https://example.org/people/bo/")]),
        ([Person(name="ines", email="i@x.org", url="me")], [Person(name="Ines Carvalho", email="i@x.org", url="https://example.org/a/me")]),
        ([Person(name="Eve", url="../eve")], [Person(name="Eve", url="https://example.org/eve")]),
        ([Person(name="Eve"), Person(name="ines")], [Person(name="Eve"), INES]),
    ],
)  # fmt: skip
def test_authors_by_id(given: list[Person], expected: list[Person]) -> None:
    """The register says who is meant; what the post says of them comes first."""
    done = one(placed("a", authors=tuple(given)), REGISTER).post
    assert done
    assert tuple(expected) == done.authors


def test_the_site_s_author_by_id() -> None:
    """`[site] author` may be an id as well."""
    done = one(placed("a"), f'author = "ines"\n{REGISTER}').post
    assert done
    assert (INES,) == done.authors


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A **bold** *claim*", "A bold claim"),
        ("`*args` and *kwargs*", "*args and kwargs"),
        ("What __init__ does", "What __init__ does"),
    ],
)
def test_titles_are_plain(title: str, expected: str) -> None:
    """A title that its author wrote in Markdown is shown without the marks."""
    done = one(placed("a", title=title)).post
    assert done
    assert expected == done.title


@pytest.mark.parametrize(
    ("dialect", "name", "expected"),
    [
        ("plain", "my-iPhone_review", "My iPhone review"),
        ("plain", "On NASA & the moon", "On NASA & the moon"),
        ("plain", "2025-01-31", "2025-01-31"),
        ("obsidian", "Self-hosting", "Self-hosting"),
        ("obsidian", "notes_on_tea", "notes_on_tea"),
        ("jekyll", "no-title-here", "No Title Here"),
    ],
)
def test_a_name_becomes_a_title(dialect: str, name: str, expected: str) -> None:
    """What people wrote as a title stays as it is; a slug becomes words, in Jekyll's manner for Jekyll."""
    done = one(placed(name), f'[content]\ndialect = "{dialect}"\n').post
    assert done
    assert expected == done.title


def test_a_heading_keeps_its_asterisks() -> None:
    """What stands in a heading is text after Markdown has been read, so nothing of it is a mark."""
    done = one(placed("a", "# The \\*star\\*\n\ntext")).post
    assert done
    assert "The *star*" == done.title


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", ("plain", "weight")),
        ('[content]\ndialect = "hugo"\nhighlight = "none"\n', ("hugo", "none")),
    ],
)
def test_the_page_knows_the_site(
    monkeypatch: pytest.MonkeyPatch, settings: str, expected: tuple[str, str]
) -> None:
    """Links and shortcodes are resolved with what the whole site has."""
    seen: list[Page] = []
    monkeypatch.setattr(markup, "to_html", lambda _, page: (seen.append(page), markup.Body("", ()))[1])
    maps = SiteMap(
        references={"a.md": "https://example.org/a/"},
        files={"b.jpg": "https://example.org/b.jpg"},
        aliases={"/old/": "https://example.org/a/"},
        shortcodes={"badge": "shortcodes/badge.html"},
    )
    one(placed("a", title="T"), settings, maps)
    (page,) = seen
    assert expected == (page.dialect, page.highlight)
    assert (maps.references, maps.files) == (page.references, page.files)
    assert (maps.aliases, maps.shortcodes) == (page.aliases, page.shortcodes)
    assert ("T", "content/a.md", Path("/nowhere")) == (page.title, page.path, page.root)


def test_a_slip_is_told_as_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its name, for the report."""

    def slip(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(markup, "to_html", slip)
    (problem,) = one(placed("a")).problems
    assert re.search(r"a fault in Feedwright \(ZeroDivisionError: division by zero\)", problem.message)
    assert REPORT == problem.hint
