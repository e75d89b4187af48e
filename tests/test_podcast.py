"""What front matter says of a podcast's episodes, in the words of many generators and themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content import durations, front_matter, header
from feeds.model import Episode, Header, Participant, Transcript
from feeds.problems import Findings

if TYPE_CHECKING:
    from feeds.content.yaml_text import Value


def read(yaml: str, **defaults: Value) -> tuple[Header, list[str]]:
    """The header of some YAML lines, and its problems as `line:column code message | hint`."""
    findings = Findings("post.md")
    matter = front_matter.split(f"---\n{yaml}\n---\n", findings)
    typed = header.read(matter, ZoneInfo("UTC"), findings, defaults=defaults)
    return typed, [f"{p.line}:{p.column} {p.code} {p.message} | {p.hint}" for p in findings.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1880", 1880),
        ("1880.7", 1880),
        ("1880s", 1880),
        ("31:20", 1880),
        ("75:30", 4530),
        ("1:02:03", 3723),
        ("00:03:13.000", 193),
        ("PT31M20S", 1880),
        ("PT1H", 3600),
        ("1h 2m 3s", 3723),
        ("31 min", 1860),
        ("1 hour 5 minutes", 3900),
        ("45 sec.", 45),
        ("0", 0),
    ],
)
def test_durations(text: str, expected: int) -> None:
    """Clocks, units and plain seconds all say how long something is."""
    assert expected == durations.read(text)


@pytest.mark.parametrize(
    "text", ["", "long", "1:75:00", "12:60", "-5", "1:2:3:4", "PT", "5 fortnights", "9" * 50, "٣:٠٠"]
)
def test_what_is_no_duration(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match="is not a duration"):
        durations.read(text)


@given(st.text(alphabet="0123456789:., hmsPTinute", max_size=45))
def test_any_duration_is_read_or_refused(text: str) -> None:
    """No text takes long or breaks the reading."""
    try:
        assert durations.read(text) >= 0
    except ValueError as error:
        assert "is not a duration" in str(error)  # noqa: PT017 - both ends are fine


@pytest.mark.parametrize(
    ("yaml", "expected", "seconds"),
    [
        (  # Castanet
            "episode: '12'\nepisode_image: img/e.jpg\nexplicit: 'no'\nguests: [jsmith]\n"
            "podcast_duration: '1:08:22'\npodcast_file: a.mp3",
            Episode(
                number=12,
                explicit=False,
                image="img/e.jpg",
                people=(Participant(name="jsmith", role="guest"),),
            ),
            4102,
        ),
        (  # Podcaster, for Eleventy
            "episode:\n  filename: a.mp3\n  seasonNumber: 1\n  episodeNumber: 2\n  duration: 3283\n"
            "  explicit: no\n  episodeType: full",
            Episode(season=1, number=2, explicit=False, kind="full"),
            3283,
        ),
        (  # an archetype of hugo-podcast, half filled in
            "episode:\n  number: ''\n  duration: ''\n  poster: /p.png\n  chapters: [{start: '0', title: Intro}]\n"
            "  audio: [{url: /a.m4a}]\n  contributors: [{id: emil, avatar: /e.png, name: Emil}]",
            Episode(image="/p.png", people=(Participant(name="Emil", image="/e.png"),)),
            0,
        ),
        (  # Octopod
            "audio: {mp3: a.mp3}\nduration: '0:03:13'\nexplicit: 'yes'",
            Episode(explicit=True),
            193,
        ),
        (  # jekyll-podcast
            "season: 2\nepisode: 9\nepisodeType: bonus\nexplicit: false\naudio: https://s.example/a.opus",
            Episode(season=2, number=9, kind="bonus", explicit=False),
            0,
        ),
        (
            "audio_url: /a.mp3\nepisode_type: trailer\nepisode_number: 7\nduration: PT5M48S",
            Episode(number=7, kind="trailer"),
            348,
        ),
        (
            "audio: /a.mp3\nitunes_duration: 90\nitunes:season: 3\nitunes:episode: 4\nitunes:explicit: clean",
            Episode(season=3, number=4, explicit=False),
            90,
        ),
        (
            "audio: /a.mp3\nextra: {podcast: {season: S02, number: 'Episode 5'}}",
            Episode(season=2, number=5),
            0,
        ),
        ("audio: /a.mp3\nseason: {number: 2, name: Summer}", Episode(season=2, season_name="Summer"), 0),
        ("podcast: {file: /a.mp3, season: {number: 2, title: Sea}}", Episode(season=2, season_name="Sea"), 0),
        ("audio: /a.mp3\nseason: {number: 2, name: }", Episode(season=2), 0),
        ("episode: {number: 3, display: Ch. 3}", Episode(number=3, display="Ch. 3"), 0),
        ("podcast: {episode: {number: 3, display: Ch. 3}}", Episode(number=3, display="Ch. 3"), 0),
        ("podcast: {number: 3, display: true}", Episode(number=3), 0),
        ("audio: /a.mp3\nepisode: 4\ndisplay: grid", Episode(number=4), 0),
        ("audio: /a.mp3\nepisode: '15.5'", Episode(number=15.5), 0),
        ("audio: /a.mp3\nepisode: ep. 15.50", Episode(number=15.5), 0),
        ("audio: /a.mp3\nepisode: 15.0", Episode(number=15), 0),
        ("podcast: {file: /a.mp3, type: audio/mpeg, explicit: explicit}", Episode(explicit=True), 0),
        ("podcast: {file: /a.mp3, type: bonus, duration: 7}", Episode(kind="bonus"), 7),
        ("podcast: {number: 3, image: {url: /c.png}}", Episode(number=3, image="/c.png"), 0),
        ("podcast: {number: 3, season: }\nseason: 4", Episode(number=3, season=4), 0),
        ("audio: /a.mp3\nseason: 0", None, 0),
        ("audio: /a.mp3\npodcast_host: anchor\npodcast_type: episodic\ntype: trailer", None, 0),
        ("audio: /a.mp3\ncover: false\nnumber: 4\nimage: /i.png", None, 0),
        ("audio: /a.mp3\npodcast: true", None, 0),
    ],
)
def test_episodes(yaml: str, expected: Episode | None, seconds: int) -> None:
    """What themes and generators say of an episode is found, and nothing is complained of."""
    typed, problems = read(yaml)
    assert (expected, []) == (typed.episode, problems)
    assert seconds == sum(each.duration for each in typed.enclosures)


@pytest.mark.parametrize(
    "yaml",
    [
        "season: summer\nduration: 30 min",
        "season: 2\nepisode: 5\nexplicit: maybe",
        "people: [Ana]\nguests: 12\nhost: example.org\nchapters: 12\ntranscript: yes",
        "enclosure: /a.pdf\nduration: long\nseason: winter",
        "episode: true",
        "podcast: https://p.example/",
    ],
)
def test_words_of_others_are_no_episode(yaml: str) -> None:
    """A recipe has a season and a duration, and a review the number of what it reviews."""
    typed, problems = read(yaml)
    assert (None, []) == (typed.episode, problems)


def test_a_document_has_no_duration() -> None:
    """Only what is heard or watched is long."""
    typed, _ = read("enclosures: [/a.pdf, /a.mp3, {url: /b.mp3, duration: 5}]\nduration: 90")
    assert [0, 90, 5] == [each.duration for each in typed.enclosures]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("/3.vtt", [Transcript(url="/3.vtt", media_type="text/vtt")]),
        ("3/my words.srt", [Transcript(url="3/my words.srt", media_type="application/x-subrip")]),
        ("https://t.example/3?f=1", [Transcript(url="https://t.example/3?f=1", media_type="text/html")]),
        (
            "[/3.json, {src: /3.TXT, lang: pt_BR, type: none}]",
            [
                Transcript(url="/3.json", media_type="application/json"),
                Transcript(url="/3.TXT", media_type="text/plain", language="pt-BR"),
            ],
        ),
        (
            "[{url: /3.vtt, rel: captions, language: en, type: text/plain}, {file: /3.srt, captions: true}]",
            [
                Transcript(url="/3.vtt", media_type="text/plain", language="en", captions=True),
                Transcript(url="/3.srt", media_type="application/x-subrip", captions=True),
            ],
        ),
        ("[/3.vtt, /3.vtt]", [Transcript(url="/3.vtt", media_type="text/vtt")]),
        ("'Welcome to the show. I am Ana.'", []),
        ("true", []),
        ("included", []),
        ("[[/3.vtt]]", []),
        ("x" * 3000, []),
    ],
)
def test_transcripts(value: str, expected: list[Transcript]) -> None:
    """Addresses of transcripts are told from the words themselves."""
    typed, problems = read(f"audio: /a.mp3\ntranscripts: {value}")
    found = typed.episode.transcripts if typed.episode else ()
    assert (expected, []) == (list(found), problems)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("/3/chapters.json", "/3/chapters.json"),
        ("{url: ch.json}", "ch.json"),
        ("https://c.example/3", "https://c.example/3"),
        ("[a, b]", ""),
        ("12", ""),
    ],
)
def test_chapters(value: str, expected: str) -> None:
    """The address of a file counts; a list is for the page."""
    typed, problems = read(f"podcast: {{file: /a.mp3, season: 1, chapters: {value}}}")
    assert typed.episode
    assert (expected, []) == (typed.episode.chapters, problems)


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("hosts: Ana, Bea and Cis", [("Ana", "host", ""), ("Bea", "host", ""), ("Cis", "host", "")]),
        (
            "guests: ['Ana <https://a.example>', Bea]",
            [("Ana", "guest", "https://a.example"), ("Bea", "guest", "")],
        ),
        ("guest: '[Ana](https://a.example)'", [("Ana", "guest", "https://a.example")]),
        (
            "people: [{name: Ana, role: editor, href: /ana/}, Bea]\nhosts: [{name: Cis}]",
            [("Ana", "editor", "/ana/"), ("Bea", "", ""), ("Cis", "host", "")],
        ),
        (
            "people: {hosts: [Ana], guest: Bea, cis: {role: music}, x: y}",
            [("Ana", "host", ""), ("Bea", "guest", ""), ("cis", "music", "")],
        ),
        ("hosts: [Ana, Ana]\nguests: []", [("Ana", "host", "")]),
        ("guests: [12, [Ana]]", [("12", "guest", ""), ("Ana", "guest", "")]),
    ],
)
def test_people(yaml: str, expected: list[tuple[str, str, str]]) -> None:
    """Hosts and guests have those roles, whoever else is named the one that is said."""
    typed, problems = read(f"audio: /a.mp3\n{yaml}")
    assert typed.episode
    assert (expected, []) == ([(p.name, p.role, p.url) for p in typed.episode.people], problems)


def test_all_that_is_said_of_a_person() -> None:
    """Group and picture too."""
    typed, _ = read(
        "podcast:\n  people: [{name: Ana, role: Guest, group: cast, img: /a.png, url: https://a.example}]"
    )
    person = Participant(name="Ana", role="Guest", group="cast", image="/a.png", url="https://a.example")
    assert typed.episode == Episode(people=(person,))


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (
            "duration: long",
            '\'long\' is not a duration, and was left out | write it as "31:20" or "1:02:03", or in seconds: 1880',
        ),
        ("duration: [1]", 'duration: a list is not a duration | write duration: "31:20"'),
        ("season: one", "season: 'one' is not the number of a season | write season: 3"),
        ("season: 1.5", "season: '1.5' is not the number of a season | write season: 3"),
        ("number: 1.5.2", "number: '1.5.2' is not the number of an episode | write number: 3"),
        ("episode: {a: b}", "episode: a mapping is not the number of an episode | write episode: 3"),
        (
            "explicit: maybe",
            "explicit: 'maybe' is neither yes nor no | write explicit: true or explicit: false",
        ),
        (
            "episodeType: pilot",
            "episodeType: 'pilot' is no type of episode | write episodeType: full, trailer or bonus",
        ),
        (
            "chapters: /c.txt",
            "chapters: '/c.txt' is not the JSON file that podcast programs ask for | "
            "write chapters: /episodes/3/chapters.json",
        ),
        (
            "transcript: {language: en}",
            "transcript does not say where the transcript is | "
            "write transcript: {url: /episodes/3.vtt, language: en}",
        ),
        (
            "transcript: {url: /3.vtt, language: Plain English}",
            "'Plain English' is not the language tag of a transcript | write language: en, or pt-BR",
        ),
    ],
)
def test_what_cannot_be_read_is_told(said: str, problem: str) -> None:
    """Its place and what to write instead; the rest of the episode stands."""
    typed, problems = read(f"podcast:\n  file: /a.mp3\n  image: /i.png\n  {said}")
    assert [f"3:3 podcast-invalid {problem}"] == problems
    assert typed.episode
    assert typed.episode.image == "/i.png"


@pytest.mark.parametrize(
    "said",
    [
        "image: x:y",
        "chapters: 'x:y'",
        "transcript: x:y",
        "hosts: {name: A, img: 'x:y'}",
        "hosts: {name: A, url: 'x:y'}",
    ],
)
def test_addresses_are_those_of_the_web(said: str) -> None:
    """Podcast programs can fetch nothing else."""
    typed, problems = read(f"podcast:\n  file: /a.mp3\n  {said}")
    assert ["3:3 address-invalid 'x:y' is not"] == [problem[:32] for problem in problems]
    assert "x:y" not in repr(typed.episode)


@pytest.mark.parametrize(
    ("number", "expected"),
    [("7", "7"), ("07", "7"), ("7.0", "7"), ("7.50", "7.5"), ("999999.125", "999999.125")],
)
def test_numbers_are_written_as_they_are_counted(number: str, expected: str) -> None:
    """A whole number has no fraction, whatever its author wrote."""
    typed, _ = read(f"podcast: {{number: '{number}'}}")
    assert typed.episode
    assert expected == str(typed.episode.number)


@pytest.mark.parametrize(
    "value",
    [
        "['00:00:00.000 Intro.', '00:00:49.000 Thing']",
        "['1:02 - Intro']",
        "|\n    00:00 Intro\n    00:49 Thing",
    ],
)
def test_chapters_as_lines(value: str) -> None:
    """Programs for podcasts fetch a file, and the author is told so."""
    typed, problems = read(f"podcast:\n  file: /a.mp3\n  season: 1\n  chapters: {value}")
    assert Episode(season=1) == typed.episode
    assert [
        "3:3 podcast-invalid chapters: podcast programs want the address of a JSON file, not the chapters | "
        "write chapters: /episodes/3/chapters.json"
    ] == problems


def test_that_chapters_are_listed_is_a_note() -> None:
    """A player on the page may well have use for them."""
    findings = Findings("post.md")
    matter = front_matter.split("---\naudio: /a.mp3\nchapters: ['00:00 Intro']\n---\n", findings)
    header.read(matter, ZoneInfo("UTC"), findings)
    assert ["note"] == [problem.severity for problem in findings.problems]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("audio: https://op3.example/e/5", ("https://op3.example/e/5", "audio/mpeg")),
        ("audio_url: https://op3.example/e/5?t=a.b", ("https://op3.example/e/5?t=a.b", "audio/mpeg")),
        ("mp3: http://op3.example/v1.2/5", ("http://op3.example/v1.2/5", "audio/mpeg")),
        ("podcast_file: https://op3.example/e/5", ("https://op3.example/e/5", "audio/mpeg")),
        ("podcast: {audio: 'https://op3.example/e/5'}", ("https://op3.example/e/5", "audio/mpeg")),
        ("episode: {mp3: 'https://op3.example/e/5'}", ("https://op3.example/e/5", "audio/mpeg")),
        ("audio: {url: 'https://op3.example/e/5'}", ("https://op3.example/e/5", "audio/mpeg")),
        (
            "audio: {url: 'https://op3.example/e/5', type: audio/ogg}",
            ("https://op3.example/e/5", "audio/ogg"),
        ),
        ("audio: [https://op3.example/e/5]", ("https://op3.example/e/5", "audio/mpeg")),
        ("audio: https://op3.example/e/5\ntype: audio/aac", ("https://op3.example/e/5", "audio/aac")),
        ("enclosure: https://op3.example/e/5", ("https://op3.example/e/5", "application/octet-stream")),
        ("audio: https://op3.example/e/5.html", None),
        ("audio: https://op3.example/", None),
        ("audio: https://op3.example", None),
        ("audio: e/5", None),
        ("audio: true", None),
        ("file: https://op3.example/e/5", None),
        ("url: https://op3.example/e/5", None),
        ("episode: https://op3.example/e/5", None),
        ("podcast: https://op3.example/e/5", None),
        ("podcast_link: https://op3.example/e/5", None),
    ],
)
def test_audio_at_an_address_that_does_not_say_so(yaml: str, expected: tuple[str, str] | None) -> None:
    """Hosts count downloads at addresses without an extension: there the key tells what it is."""
    typed, problems = read(f"{yaml}\nitunes_duration: 60" if expected else yaml)
    assert ([expected] if expected else [], []) == (
        [(each.url, each.media_type) for each in typed.enclosures],
        problems,
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("audio/mp3", "audio/mpeg"),
        ("Audio/MP3", "audio/mpeg"),
        ("audio/x-mpeg-3", "audio/mpeg"),
        ("audio/x-m4a", "audio/mp4"),
        ("audio/m4a; codecs=alac", "audio/mp4; codecs=alac"),
        ("video/x-m4v", "video/mp4"),
        ("audio/mpeg", "audio/mpeg"),
        ("audio/ogg; codecs=opus", "audio/ogg; codecs=opus"),
        ("application/x-own", "application/x-own"),
    ],
)
def test_types_are_those_that_are_registered(given: str, expected: str) -> None:
    """Directories go by the registered names of types."""
    typed, _ = read(f"enclosure: {{url: /a, type: '{given}'}}")
    assert [expected] == [each.media_type for each in typed.enclosures]


def test_media_override_of_castanet() -> None:
    """This theme plays one address in the place of another, for some episodes."""
    typed, _ = read("podcast_file: 5.mp3\npodcast_bytes: 9\nmedia_override: https://old.example/5.mp3")
    assert [("https://old.example/5.mp3", 9)] == [(each.url, each.length) for each in typed.enclosures]
    typed, _ = read("podcast_file: 5.mp3\nmedia_override: ''")
    assert ["5.mp3"] == [each.url for each in typed.enclosures]


SHOW: dict[str, Any] = {"podcast": {"explicit": "no", "hosts": ["Ana"], "number": "4", "guests": ["Bea"]}}


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("audio: /a.mp3", Episode(season=2, explicit=False, people=(Participant(name="Ana", role="host"),))),
        ("audio: /a.mp3\npodcast: {hosts: [], season: 1}", Episode(season=1, explicit=False)),
        (
            "itunes_episode: 7",
            Episode(season=2, number=7, explicit=False, people=(Participant(name="Ana", role="host"),)),
        ),
        ("title: x", None),
    ],
)
def test_what_holds_for_a_folder(yaml: str, expected: Episode | None) -> None:
    """Season, hosts and the like are taken from the folder's defaults, for its episodes; numbers are not."""
    assert expected == read(yaml, season="2", **SHOW)[0].episode


def test_the_place_of_an_episode() -> None:
    """Later stages cite the post's own line."""
    typed, _ = read("title: x\nseason: 2\naudio: /a.mp3\nlink: https://x.example/", explicit="no")
    assert ((4, 8), (3, 9)) == (typed.places["enclosures"], typed.places["episode"])
