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
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from multiprocessing import resource_tracker
from operator import call
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies
from markdown.blockparser import BlockParser
from msgspec import structs

from feeds import config, deadline, posts, render, titles, workers
from feeds.body import markup, sanitize
from feeds.body.page import SiteMap
from feeds.deadline import Overdue
from feeds.model import (
    Correction,
    Enclosure,
    Episode,
    Header,
    Origin,
    Participant,
    Person,
    Placed,
    Source,
    Transcript,
)
from feeds.settings import Podcast

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
INES = Person(id="ines", name="Ines Carvalho", email="ines@example.org", url="https://example.org/ines/")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([Person(name="ines")], [INES]),
        ([Person(name="INES")], [INES]),
        ([Person(name="ines"), Person(name="Ines")], [INES]),
        ([Person(name="Ines Carvalho")], [INES]),
        ([Person(name="ines carvalho"), Person(name="ines")], [INES]),
        ([Person(name="Bo")], [Person(id="Bo", name="Bo", url="https://example.org/people/bo/")]),
        ([Person(name="bo")], [Person(id="bo", name="Another Bo")]),
        ([Person(name="BO")], [Person(id="Bo", name="Bo", url="https://example.org/people/bo/")]),
        ([Person(name="Another  Bo")], [Person(id="bo", name="Another Bo")]),
        ([Person(name="ines", email="i@x.org", url="me")], [replace(INES, email="i@x.org", url="https://example.org/a/me")]),
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
        ("plain", "face2face", "Face2face"),
        ("plain", "day-1", "Day 1"),
        ("plain", "日記", "日記"),
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


@pytest.mark.parametrize("dialect", ["plain", "hugo", "jekyll", "obsidian"])
@pytest.mark.parametrize(
    "name",
    [
        *("2025-01-31", "20250131", "202501311230", "2025-01-31_1230", "1718992", "12.5", "--"),
        *("2025-01-31T12:30:05Z", "20250131T1230", "2025-01-31T12-30-05+01-00"),
        *("3f9a1c", "0B1C2D3E4F", "c9ae3f6e-6b0a-4c38-9d55-4b5a2e3f1d0c", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
    ],
)
def test_a_name_that_a_program_gave_is_no_title(dialect: str, name: str) -> None:
    """Dates, numbers and hashes say nothing: the post is a note without a title."""
    done = one(placed(name, "Rain all day."), f'[content]\ndialect = "{dialect}"\n').post
    assert done
    assert ("", "Rain all day.") == (done.title, done.label)


@pytest.mark.parametrize(
    ("name", "header", "text", "expected"),
    [
        ("rain-today", {"untitled": True}, "Rain all day.", ("", "<p>Rain all day.</p>")),
        ("rain-today", {"untitled": True}, "# Rain\n\nAll day.", ("Rain", "<p>All day.</p>")),
        ("rain-today", {"untitled": True}, "So:\n\n# Rain", ("", '<p>So:</p>\n<h1 id="rain">Rain</h1>')),
        ("rain-today", {"untitled": True}, "## Rain\n\nAll day.", ("", '<h2 id="rain">Rain</h2>\n<p>All day.</p>')),
        ("2025", {}, "## Rain\n\nAll day.", ("Rain", "<p>All day.</p>")),
        ("2025", {}, "So:\n\n# Rain", ("Rain", '<p>So:</p>\n<h1 id="rain">Rain</h1>')),
        ("2025", {"title": "2025"}, "All day.", ("2025", "<p>All day.</p>")),
        ("rain-today", {}, "All day.", ("Rain today", "<p>All day.</p>")),
        ("2025", {}, "", ("", "")),
    ],
)  # fmt: skip
def test_titles_that_nobody_wrote(
    name: str, header: dict[str, Any], text: str, expected: tuple[str, str]
) -> None:
    """A title that is empty on purpose is only replaced by a heading at the very top."""
    done = one(placed(name, text, **header)).post
    assert done
    assert expected == (done.title, done.html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain.", "Rain."),
        ("Rain on the roof, rain on the road, and rain on the sea, all day long.", "Rain on the roof, rain on the road, and rain on the sea…"),
        ("Rain on the roof, rain on the road, and rain upon a seaside, all day.", "Rain on the roof, rain on the road, and rain upon a seaside…"),
        ("> So she said.\n\nAnd *I* agreed.", "So she said. And I agreed."),
        ("雨" * 70, "雨" * 59 + "…"),
        ("x" * 58 + "e\u0301e" + "x" * 9, "x" * 58 + "…"),
        ("x" * 58 + "👩\u200d👩\u200d👧" + "x" * 9, "x" * 58 + "…"),
        ("![](sea.jpg)\n\n![A  boat &amp; its crew](boat.jpg)", "A boat & its crew"),
        ("<figure><img src='boat.jpg' alt='A boat'><figcaption>In harbour</figcaption></figure>", "In harbour"),
        ("    make install", "make install"),
        ("## Low water", "Low water"),
        ("<video src='tide.mp4'>Your browser plays no film.</video>", "https://example.org/1/"),
        ("![](boat.jpg)", "https://example.org/1/"),
        ("", "https://example.org/1/"),
    ],
)  # fmt: skip
def test_a_note_is_called_by_its_first_words(text: str, expected: str) -> None:
    """They are cut at a word, in scripts without spaces at a character; without any there is a picture's, or the URL."""
    done = one(placed("1", text)).post
    assert done
    assert expected == done.label


@given(strategies.text("ab é\u0301👩\u200d\n.雨", min_size=1, max_size=90))
def test_a_label_is_never_long_or_empty(text: str) -> None:
    """Whatever a note says."""
    label = titles.label_of("", f"<p>{text}</p>", "https://example.org/1/")
    assert 0 < len(label) <= titles.LABEL_LENGTH
    assert label == label.strip()
    assert "\n" not in label


def test_what_an_author_says_of_a_post_arrives() -> None:
    """Every field of the header has its place in the post, with absolute addresses."""
    episode = Episode(
        season=2,
        number=3,
        kind="bonus",
        explicit=True,
        image="cover.jpg",
        chapters="chapters.json",
        transcripts=(Transcript(url="/t.vtt", media_type="text/vtt"),),
        people=(
            Participant(name="Ines", url="/ines/", image="ines.jpg"),
            Participant(name="Bo"),
        ),
    )
    done = one(
        placed(
            "a",
            in_feeds=False,
            extent="summary",
            rights="CC BY *4.0*",
            via="../b/",
            subject="//other.example/c",
            origin=Origin(title="Other", url="/feed.xml", id="urn:x:o"),
            episode=episode,
        )
    ).post
    assert done
    assert (False, "summary", "CC BY 4.0") == (done.in_feeds, done.extent, done.rights)
    assert ("https://example.org/b/", "https://other.example/c") == (done.via, done.subject)
    assert Origin(title="Other", url="https://example.org/feed.xml", id="urn:x:o") == done.origin
    assert (
        replace(
            episode,
            image="https://example.org/a/cover.jpg",
            chapters="https://example.org/a/chapters.json",
            transcripts=(Transcript(url="https://example.org/t.vtt", media_type="text/vtt"),),
            people=(
                Participant(
                    name="Ines", url="https://example.org/ines/", image="https://example.org/a/ines.jpg"
                ),
                Participant(name="Bo"),
            ),
        )
        == done.episode
    )


def test_an_episode_may_say_little() -> None:
    """What is not there has no address."""
    done = one(placed("a", episode=Episode(number=1))).post
    assert done
    assert Episode(number=1) == done.episode


def test_a_post_knows_its_section() -> None:
    """It is the folder below the content folder."""
    post = placed("a")
    done = one(replace(post, source=replace(post.source, section="notes/sea"))).post
    assert done
    assert "notes/sea" == done.section


@pytest.mark.parametrize(
    ("pattern", "given", "expected"),
    [
        ("", "", ""),
        ("#comments", "", "https://example.org/a/#comments"),
        ("/talk/", "", "https://example.org/talk/"),
        ("#comments", None, ""),
        ("#comments", "https://social.example/@ines/1", "https://social.example/@ines/1"),
        ("", "#respond", "https://example.org/a/#respond"),
    ],
)
def test_where_the_comments_are(pattern: str, given: str | None, expected: str) -> None:
    """The post's own word comes before that of the settings; none means none."""
    done = one(placed("a", comments=given), f'[feeds]\ncomments = "{pattern}"\n').post
    assert done
    assert expected == done.comments


FIRST = Correction(when=datetime(2025, 3, 1, 9, tzinfo=UTC), text="the *sum* was < 5 & wrong")
SECOND = Correction(
    when=datetime(2025, 4, 2, 23, 30, tzinfo=timezone(timedelta(hours=-5))), text="so was the name"
)


def test_corrections_stand_at_the_top() -> None:
    """The newest first, with the day as its author wrote it; they are no part of summary and label."""
    done = one(placed("1", "Text.", corrections=(FIRST, SECOND))).post
    assert done
    assert (
        "<aside><p><strong>2025-04-02</strong>: so was the name</p>"
        "<p><strong>2025-03-01</strong>: the sum was &lt; 5 &amp; wrong</p></aside>\n<p>Text.</p>"
    ) == done.html
    assert ("Text.", "Text.") == (done.summary, done.label)
    assert done.html == sanitize.clean(done.html)


SOON = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({}, (DAY, None)),
        ({"updated": DAY - timedelta(days=9)}, (DAY, None)),
        ({"updated": DAY + timedelta(days=9)}, (DAY + timedelta(days=9), None)),
        ({"corrections": (SECOND, FIRST)}, (SECOND.when, SECOND.when)),
        ({"corrections": (FIRST,), "updated": SECOND.when}, (SECOND.when, FIRST.when)),
        # Only the day was written down, or the clock was wrong: the post came before its correction.
        ({"corrections": (replace(FIRST, when=DAY - timedelta(days=9)),)}, (DAY + SOON, DAY + SOON)),
        ({"corrections": (FIRST, FIRST)}, (FIRST.when + SOON, FIRST.when + SOON)),
        ({"embargo": DAY + timedelta(days=3)}, (DAY + timedelta(days=3), None)),
    ],
)
def test_when_a_post_was_changed(header: dict[str, Any], expected: tuple[datetime, datetime | None]) -> None:
    """A correction is a change; nothing is changed before it is published."""
    done = one(placed("a", **header)).post
    assert done
    assert expected == (done.updated, done.corrected)


@pytest.mark.parametrize(
    ("extent", "expected", "codes"),
    [
        ("", "summary", ["entry-too-large"]),
        ("full", "summary", ["entry-too-large"]),
        ("summary", "summary", []),
    ],
)
def test_a_giant_is_summarised(
    monkeypatch: pytest.MonkeyPatch, extent: str, expected: str, codes: list[str]
) -> None:
    """What would make a feed too large for any reader is only summarised in it; nothing else is lost."""
    monkeypatch.setattr(posts, "LARGEST_ENTRY", 30)
    rendered = one(placed("a", "One & two", extent=extent))
    assert rendered.post
    assert (expected, "<p>One &amp; two</p>") == (rendered.post.extent, rendered.post.html)
    assert codes == [problem.code for problem in rendered.problems]
    assert all(problem.severity == "warning" for problem in rendered.problems)


def test_what_just_fits_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is that in a feed, where HTML is escaped."""
    size = len("&lt;p&gt;One &amp;amp; two&lt;/p&gt;")
    monkeypatch.setattr(posts, "LARGEST_ENTRY", size)
    assert () == one(placed("a", "One & two")).problems
    monkeypatch.setattr(posts, "LARGEST_ENTRY", size - 1)
    assert one(placed("a", "One & two")).problems


def test_a_giant_of_five_megabytes() -> None:
    """The size of a real one."""
    assert 5_000_000 == posts.LARGEST_ENTRY


EPISODE = Enclosure(url="/audio/one.mp3", media_type="audio/mpeg", duration=61, title="One")


@pytest.mark.parametrize(
    ("files", "enclosure", "expected"),
    [
        ({"static/audio/one.mp3": b"four"}, EPISODE, (4, None)),
        ({"static/audio/two.mp3": b"four"}, EPISODE, (0, "warning")),
        ({"static/one.mp3": b"four"}, EPISODE, (0, "note")),
        ({}, EPISODE, (0, "note")),
        ({}, replace(EPISODE, length=7), (7, "note")),
        ({"static/audio/two.mp3": b"four"}, replace(EPISODE, length=7), (7, "warning")),
        ({"static/audio/one.mp3": b"four"}, replace(EPISODE, length=4), (4, None)),
        ({}, replace(EPISODE, url="one.mp3"), (0, "warning")),
        ({}, replace(EPISODE, url="one.mp3", length=7), (7, "warning")),
        ({"static/a.txt": b""}, replace(EPISODE, url="/one.mp3"), (0, "warning")),
        ({"public/a.txt": b""}, replace(EPISODE, url="/one.mp3"), (0, "note")),
        ({"content/hello/a.txt": b""}, replace(EPISODE, url="one.mp3"), (0, "warning")),
        ({"content/hello/one.mp3": b"four"}, replace(EPISODE, url="one.mp3"), (4, None)),
        ({"static/audio/two.mp3": b""}, replace(EPISODE, url="https://cdn.example/audio/one.mp3"), (0, None)),
        ({}, replace(EPISODE, url="/" + "x" * 300 + "/one.mp3"), (0, "note")),
        ({}, replace(EPISODE, url="/" + "x" * 300 + ".mp3"), (0, "note")),
        ({}, replace(EPISODE, url="/audio/%00/one.mp3"), (0, "note")),
    ],
)  # fmt: skip
def test_enclosures_are_measured(
    tmp_path: Path, files: dict[str, bytes], enclosure: Enclosure, expected: tuple[int, str | None]
) -> None:
    """One whose file is missing is a mistake only if its neighbours are there; the rest stays as it was."""
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    post = placed("hello/index", enclosures=(enclosure,), places={"enclosures": (3, 1)})
    post = replace(post, source=replace(post.source, folder="hello"), url="https://example.org/hello/")
    rendered = render.render(post, replace(site(), root=tmp_path), SiteMap())
    assert rendered.post
    (found,) = rendered.post.enclosures
    assert (expected[0], 61, "One") == (found.length, found.duration, found.title)
    said = [(each.severity, each.code, each.path, each.line) for each in rendered.problems]
    assert ([(expected[1], "enclosure-missing", "content/hello/index.md", 3)] if expected[1] else []) == said


SHOW = Podcast(channel="site")


def with_files(folder: Path, podcast: Podcast, **header: Any) -> render.Rendered:
    """A post of a site in `folder`, with a podcast: every file there has five bytes."""
    for name in ("static/audio/one.mp3", "static/one.mp3", "static/a b.mp3", "content/hello/two.mp3"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"bytes")
    post = placed("hello/index", places={"enclosures": (3, 1)}, **header)
    post = replace(post, source=replace(post.source, folder="hello"), url="https://example.org/blog/hello/")
    settings = site().settings
    settings = structs.replace(
        settings, site=structs.replace(settings.site, url="https://example.org/blog"), podcast=podcast
    )
    return render.render(post, replace(site(), root=folder, settings=settings), SiteMap())


@pytest.mark.parametrize(
    ("name", "media", "expected"),
    [
        ("one.mp3", "", "/blog/one.mp3"),
        ("audio/one.mp3", "", "/blog/audio/one.mp3"),
        ("a b.mp3", "", "/blog/a%20b.mp3"),
        ("two.mp3", "", "/blog/hello/two.mp3"),
        ("three.mp3", "", "/blog/hello/three.mp3"),
        ("./one.mp3", "", "/blog/hello/one.mp3"),
        ("../one.mp3", "", "/blog/one.mp3"),
        ("/one.mp3", "", "/one.mp3"),
        ("two.mp3", "https://cdn.example.org/show/", "/blog/hello/two.mp3"),
        ("one.mp3", "https://cdn.example.org/show/", "https://cdn.example.org/show/one.mp3"),
        ("s1/a b.mp3", "https://cdn.example.org/show", "https://cdn.example.org/show/s1/a%20b.mp3"),
        ("one.mp3", "/media", "/media/one.mp3"),
        ("../one.mp3", "https://cdn.example.org/show/", "/blog/one.mp3"),
        ("/one.mp3", "https://cdn.example.org/show/", "/one.mp3"),
        ("?one.mp3", "https://cdn.example.org/show/", "/blog/hello/?one.mp3"),
        ("//a.example/one.mp3", "https://cdn.example.org/show/", "https://a.example/one.mp3"),
        ("https://a.example/one.mp3", "https://cdn.example.org/show/", "https://a.example/one.mp3"),
    ],
)
def test_where_media_are(tmp_path: Path, name: str, media: str, expected: str) -> None:
    """Beside the post, else where the settings say, else where static files are: so for all of an episode."""
    says = Episode(chapters=name, transcripts=(Transcript(url=name, media_type="text/vtt"),))
    podcast = Podcast(channel="site", media=media)
    found = with_files(tmp_path, podcast, enclosures=(replace(EPISODE, url=name),), episode=says).post
    assert found
    assert found.episode
    whole = expected if "://" in expected else f"https://example.org{expected}"
    assert {whole} == {found.enclosures[0].url, found.episode.chapters, found.episode.transcripts[0].url}


def test_a_file_that_is_here_tells_its_length(tmp_path: Path) -> None:
    """One that was made anew often keeps the length it had before, and readers would stop there."""
    given = replace(EPISODE, url="audio/one.mp3", length=123)
    rendered = with_files(tmp_path, SHOW, enclosures=(given,))
    assert rendered.post
    assert 5 == rendered.post.enclosures[0].length
    assert [
        (
            "warning",
            "enclosure-length",
            "'audio/one.mp3' is said to have 123 bytes, and the file here has 5",
            3,
        )
    ] == [(each.severity, each.code, each.message, each.line) for each in rendered.problems]


@pytest.mark.parametrize(
    ("podcast", "enclosure", "expected"),
    [
        (SHOW, Enclosure(url="https://c.example/a.mp3", media_type="audio/mpeg"), ["note enclosure-length"]),
        (SHOW, Enclosure(url="https://c.example/a.mp4", media_type="video/mp4"), ["note enclosure-length"]),
        (SHOW, Enclosure(url="https://c.example/a.mp3", media_type="audio/mpeg", length=1), []),
        (SHOW, Enclosure(url="https://c.example/a.pdf", media_type="application/pdf"), []),
        (Podcast(), Enclosure(url="https://c.example/a.mp3", media_type="audio/mpeg"), []),
        (
            Podcast(channel="site", media="https://c.example/"),
            Enclosure(url="a.mp3", media_type="audio/mpeg"),
            ["note enclosure-length"],
        ),
    ],
)
def test_a_recording_elsewhere_without_a_length(
    tmp_path: Path, podcast: Podcast, enclosure: Enclosure, expected: list[str]
) -> None:
    """Only its author can say it, and a podcast needs it."""
    rendered = with_files(tmp_path, podcast, enclosures=(enclosure,))
    assert expected == [f"{problem.severity} {problem.code}" for problem in rendered.problems]


def test_what_is_left_of_a_deleted_post() -> None:
    """Which post it was and when it went: nothing of what it said, and nothing of a post of no feed."""
    gone = DAY + timedelta(days=9)
    later = gone + timedelta(days=1)
    deleted = [
        placed("a", "Secret.", title="An *old* one", tags=("sea",), deleted=gone, summary="S", image="i.jpg"),
        placed("b", expires=later),
        placed("c", deleted=later, expires=gone),
        placed("d", deleted=gone, in_feeds=False),
        placed("e"),
    ]
    found = posts.tombstones(deleted, site())
    assert [("urn:x:a", gone), ("urn:x:b", later), ("urn:x:c", gone)] == [
        (each.post.id, each.when) for each in found
    ]
    post = found[0].post
    assert ("An old one", "An old one", ("sea",), "https://example.org/a/") == (
        post.title,
        post.label,
        post.tags,
        post.url,
    )
    assert ("", "", "", ()) == (post.html, post.summary, post.image, post.enclosures)
    assert "https://example.org/b/" == found[1].post.label


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
