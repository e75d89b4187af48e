"""Reading a site's settings, and what is said when they are wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import config
from feeds.errors import ConfigError
from feeds.setting_faults import faults
from feeds.settings import Settings, rows, settings

CONFIGS = sorted((Path(__file__).parent / "configs").iterdir())
CODES = {"config-missing", "config-syntax", "config-type", "config-unknown-key", "config-value"}
SITE = '[site]\ntitle = "Example"\nurl = "https://example.org"\n'


@pytest.mark.parametrize("folder", CONFIGS, ids=lambda folder: folder.name)
def test_a_wrong_file_is_refused_with_every_problem(folder: Path) -> None:
    """Each file below configs/ gets the problems beside it: line:column code message | hint."""
    with pytest.raises(ConfigError) as caught:
        config.load(folder)
    problems = caught.value.problems
    said = [f"{one.line}:{one.column} {one.code} {one.message} | {one.hint}" for one in problems]
    assert (folder / "expected.txt").read_text(encoding="utf-8").splitlines() == said
    assert {config.find(folder).name} == {one.path for one in problems}
    assert {"error"} == {one.severity for one in problems}
    assert all(one.hint for one in problems)


def test_the_corpus_has_every_code() -> None:
    """No code is without an example, and none is new without being listed here and in docs/settings.md."""
    expected = [(folder / "expected.txt").read_text(encoding="utf-8") for folder in CONFIGS]
    assert {line.split()[1] for text in expected for line in text.splitlines()} == CODES


@pytest.mark.parametrize(("count", "text"), [("a problem", 'title = "x"\n' + SITE), ("2 problems", "")])
def test_the_error_counts_the_problems(count: str, text: str) -> None:
    """The sentence above the list says how long it is, and names the file."""
    with pytest.raises(ConfigError) as caught:
        config.parse(text)
    assert (f"feeds.toml has {count}", "feeds.toml", 2) == (
        caught.value.message,
        caught.value.where,
        caught.value.exit_code,
    )


def test_two_keys_are_enough() -> None:
    """Title and URL make a site; the rest has the defaults that the README promises."""
    found = config.parse(SITE)
    assert ("Example", "https://example.org", "en", "UTC") == (
        found.site.title,
        found.site.url,
        found.site.language,
        found.site.timezone,
    )
    assert ("content", "") == (found.content.dir, found.content.permalink)
    assert (["rss", "atom", "json"], 20, "full", 3) == (
        found.feeds.formats,
        found.feeds.limit,
        found.feeds.content,
        len(found.feeds.taxonomies),
    )
    assert ("public", "outbox", {}) == (found.output.dir, found.newsletter.dir, found.extra)


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("site", "url", "http://localhost:8000/blog"),
        ("site", "url", "https://bücher.example/%20a"),
        ("site", "url", "https://[::1]:8443"),
        ("site", "description", "Two\nlines"),
        ("site", "language", "zh-Hant-TW"),
        ("site", "language", "de-CH-1901-u-co-phonebk-x-mine"),
        ("site", "timezone", "America/Argentina/Buenos_Aires"),
        ("site", "author", "Ana Márquez"),
        ("site", "author", "Ana <ana@example.org>"),
        ("site", "id", "https://old.example.org/?no=rules"),
        ("content", "dir", "."),
        ("content", "dir", "blog/Beiträge 2"),
        ("content", "permalink", "/{year}/{month}/{day}/{category}/{name}.html"),
        ("content", "permalink", "/p:{slug}"),
        ("content", "permalinks", {"posts": "/{year}/{slug}/", "notes/old": "/{title}"}),
        ("content", "exclude", ["about.md", "**/draft-*"]),
        ("content", "dialect", "plain"),
        ("feeds", "formats", ["json"]),
        ("feeds", "limit", 1),
        ("feeds", "content", "summary"),
        ("feeds", "taxonomies", []),
        ("feeds", "max_bytes", 5_000_000),
        ("feeds", "hubs", ["https://hub.example.org/", "https://other.example/?a=b"]),
        ("feeds", "comments", "#comments"),
        ("feeds", "comments", "https://forum.example.org/"),
        ("feeds", "aliases", {"index.xml": "rss.xml", "feed/": "atom.xml", "tag/c++/a.xml": "tags/c/a.xml"}),
        ("site", "icon", "/icon.png"),
        ("site", "icon", "https://cdn.example.org/icon.png"),
        ("podcast", "owner", "Ines <ines@example.org>"),
        ("podcast", "categories", ["Arts > Books", "Technology"]),
        ("podcast", "guid", "917393E3-1b1e-5cef-ace4-edaa54e1f810"),
        ("output", "dir", "..public"),
        ("newsletter", "sender", '"Carvalho, Ines" <ines@example.org>'),
        ("newsletter", "reply_to", "joerg@exämple.org"),
        ("newsletter", "list_id", "news.example.org"),
        ("newsletter", "unsubscribe_url", "{{ unsubscribe_url }}"),
        ("newsletter", "postal_address", "Rua das Flores 12\n4050-262 Porto"),
        ("newsletter", "dir", "mail/../letters"),
    ],
)
def test_values_that_are_taken(table: str, key: str, value: object) -> None:
    """What people have good reason to write is not refused."""
    tree: dict[str, Any] = {"site": {"title": "Example", "url": "https://example.org"}}
    tree.setdefault(table, {})[key] = value
    assert faults(tree) == []
    assert value == getattr(getattr(settings(tree), table), key)


def test_address_and_folders_are_tidied() -> None:
    """The rest of the program can put paths together without looking at slashes and dots."""
    text = (
        SITE.replace(".org", ".org/blog//") + '[content]\ndir = "./a/../posts/"\n[output]\ndir = "public/"\n'
    )
    found = config.parse(text)
    assert ("https://example.org/blog", "posts", "public", "outbox") == (
        found.site.url,
        found.content.dir,
        found.output.dir,
        found.newsletter.dir,
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://bücher.example/blog/", "https://xn--bcher-kva.example/blog"),
        ("https://example.org/höhe", "https://example.org/h%C3%B6he"),
        ("https://Example.org/%7Ea/", "https://Example.org/%7Ea"),
    ],
)
def test_an_address_in_other_letters(given: str, expected: str) -> None:
    """Feeds hold URIs, and people need not know how those are spelt; what is a URI stays as it is."""
    assert expected == config.parse(SITE.replace("https://example.org", given)).site.url


def test_extra_is_the_sites_own() -> None:
    """Whatever stands in [extra] is kept as it is."""
    found = config.parse(f'{SITE}\n[extra]\nx = [1, {{y = ""}}]\n[extra.limit]\nz = 1.5\n')
    assert {"x": [1, {"y": ""}], "limit": {"z": 1.5}} == found.extra


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    """Notepad writes one; nobody sees it."""
    (tmp_path / "feeds.toml").write_text(SITE, encoding="utf-8-sig")
    assert "Example" == config.load(tmp_path).settings.site.title


def test_found_from_anywhere_inside(tmp_path: Path) -> None:
    """Commands work from any folder of the site, and the nearest site is meant."""
    deep = tmp_path / "outer" / "inner" / "content" / "posts"
    deep.mkdir(parents=True)
    (tmp_path / "feeds.toml").write_text(SITE)
    assert (tmp_path, tmp_path / "feeds.toml") == (config.load(deep).root, config.load(deep).file)
    (tmp_path / "outer" / "inner" / "feeds.toml").write_text(SITE)
    assert tmp_path / "outer" / "inner" == config.load(deep).root


def test_feeds_toml_wins_over_pyproject(tmp_path: Path) -> None:
    """In one folder feeds.toml counts; a pyproject.toml counts when it has [tool.feeds] and is nearer."""
    table = '[tool.feeds.site]\ntitle = "Project"\nurl = "https://project.example"\n'
    (tmp_path / "feeds.toml").write_text(SITE)
    (tmp_path / "pyproject.toml").write_text(table)
    assert tmp_path / "feeds.toml" == config.find(tmp_path)
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text(table)
    assert (inner, "Project") == (config.load(inner).root, config.load(inner).settings.site.title)


@pytest.mark.parametrize(
    "foreign",
    [
        b'[project]\nname = "feeds"\n',
        b"[tool]\nfeeds = 3\n",
        b"tool = 3\n",
        b"# feeds\n[project\n",
        b"caf\xe9 = 1\n",
        b"x = " + b"[" * 5000,
    ],
)
def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path, foreign: bytes) -> None:
    """Other people's pyproject.toml files, broken ones too, are none of our business."""
    (tmp_path / "feeds.toml").write_text(SITE)
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_bytes(foreign)
    assert tmp_path / "feeds.toml" == config.find(inner)


def test_a_broken_pyproject_of_ours_is_reported(tmp_path: Path) -> None:
    """A slip elsewhere in the file must not make the site disappear."""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = x\n\n[tool.feeds.site]\ntitle = "Example"\n')
    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path)
    assert [("pyproject.toml", 2, 8)] == [(one.path, one.line, one.column) for one in caught.value.problems]


@pytest.mark.parametrize(("name", "hint"), [(".", "`feeds init` makes"), ("missing", "`feeds init DIR`")])
def test_no_site_at_all(tmp_path: Path, name: str, hint: str) -> None:
    """Without a site, the hint says how to get one."""
    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path / name)
    assert str(tmp_path / name) == caught.value.where
    assert caught.value.hint.startswith(hint)


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's reason is passed on."""
    (tmp_path / "feeds.toml").write_text(SITE)

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ConfigError, match="cannot be read: Permission denied"):
        config.load(tmp_path)


def test_reading_good_settings_is_cheap(tmp_path: Path) -> None:
    """A run from cron that changes nothing pays for none of the libraries, nor for the spelling help."""
    (tmp_path / "feeds.toml").write_text(SITE)
    code = (
        "import sys, pathlib; before = set(sys.modules); from feeds import config;"
        "config.load(pathlib.Path(sys.argv[1])); print(*sorted(set(sys.modules) - before))"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    heavy = {"click", "difflib", "feeds.toml_lines", "frontmatter", "jinja2", "lxml", "markdown", "rich"}
    assert set() == heavy & set(ran.stdout.split())


@given(st.text("[]={}\"'.,#\n ab1-_/:é") | st.binary(max_size=40).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_read_or_refused(text: str) -> None:
    """However a file is broken, what comes out is a list of problems."""
    with pytest.raises(ConfigError) as caught:
        config.parse(text)
    assert caught.value.problems


def _names(table: Any = Settings) -> set[str]:
    inner = [_names(row.table) for row in rows(table) if row.table]
    return {row.name for row in rows(table)}.union(*inner)


NAMES = st.sampled_from(sorted(_names())) | st.text("abé.-", max_size=3)
TEXTS = (
    st.sampled_from(["rss", "full", "tags", "UTC", "en", "a.xml", "https://example.org", "/{slug}"])
    | st.text()
)
LEAVES = st.one_of(st.booleans(), st.integers(), st.floats(), st.datetimes(), st.dates(), st.times())
VALUES = st.recursive(
    TEXTS | LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, VALUES), VALUES, VALUES)
def test_what_has_no_fault_can_be_read(tree: dict[str, Any], site: object, output: object) -> None:
    """The walk and msgspec agree: a tree without faults becomes settings, and any tree can be walked."""
    tree |= {"site": {"title": "Example", "url": "https://example.org", "author": site}, "output": output}
    if not faults(tree):
        assert settings(tree).site.title == "Example"
