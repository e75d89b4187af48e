"""Whole sites of other generators: what is taken over, what is said, and where their posts are found to be.

Each file `generators/NAME.site` holds a small site: a sentence about it, its files, and then the settings,
the notes and the addresses of its posts, which are those that its generator gives.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.config import parse
from feeds.generators import javascript, python
from feeds.generators.clues import Clue, relative
from feeds.generators.found import Found
from feeds.generators.reading import MAX_BYTES, read, script
from feeds.generators.recognise import find_out, generator
from feeds.generators.survey import survey
from feeds.starter import imported, toml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conftest import Ran

    Run = Callable[..., Ran]

SITES = sorted((Path(__file__).parent / "generators").glob("*.site"))


def _parts(site: Path) -> dict[str, str]:
    """The parts of a `.site` file by their names: paths of files, and `EXPECTED …`."""
    pieces = re.split(r"(?m)^=====> (.+)\n", site.read_text(encoding="utf-8"))
    assert pieces[0].strip(), "a site starts with what it is for"
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def _write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def _lay_out(site: Path, folder: Path) -> dict[str, str]:
    """Write the files of a site, and return what is expected of it."""
    parts = _parts(site)
    _write(folder, {name: text for name, text in parts.items() if not name.startswith("EXPECTED ")})
    return {
        name.removeprefix("EXPECTED "): text for name, text in parts.items() if name.startswith("EXPECTED ")
    }


def _settings(found: Found) -> list[str]:
    return [f"{'.'.join(path)} = {toml(value)}" for path, value in found.settings.items()]


def _notes(found: Found) -> list[str]:
    return [f"{doubt.place}: {doubt.text}" if doubt.place else doubt.text for doubt in found.doubts]


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.stem)
def test_what_a_site_says_of_itself(site: Path, tmp_path: Path) -> None:
    """Every setting is the generator's, and everything doubtful is named with its line."""
    expected = _lay_out(site, tmp_path / "my-site")
    found = find_out(tmp_path / "my-site")
    assert expected["settings"].splitlines() == _settings(found)
    assert expected["notes"].splitlines() == _notes(found)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.stem)
def test_a_site_that_was_taken_over_just_works(site: Path, tmp_path: Path, run: Run) -> None:
    """After `feeds init --from .` every post is found, at the address that the generator gives it."""
    folder = tmp_path / "my-site"
    expected = _lay_out(site, folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert 0 == run("-C", folder, "init", "--from", ".").code
    listed = run("-C", folder, "list", "--json").json["posts"]
    content = Path(parse((folder / "feeds.toml").read_text(encoding="utf-8")).content.dir)
    assert dict(line.rsplit(" ", 1) for line in expected["urls"].splitlines()) == {
        str(content / post["path"]): post["url"] for post in listed
    }
    built = run("-C", folder, "build")
    assert 0 == built.code, built.err
    assert before == {path: path.read_bytes() for path in before}


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────

HUGO = {
    "hugo.toml": 'baseURL = "https://harbour.example/"\ntitle = "Letters"\n',
    "content/posts/hello.md": "---\ntitle: Hello\ndate: 2024-02-03\n---\nHi.\n",
}


def test_what_was_found_is_said_with_its_place(run: Run, tmp_path: Path) -> None:
    """One line a setting on stderr, and the files that were written on stdout."""
    ran = run("init", "--from", _write(tmp_path / "blog", HUGO))
    assert [str(tmp_path / "blog/feeds.toml"), str(tmp_path / "blog/.gitignore")] == ran.out.splitlines()
    assert "made with Hugo\n" in ran.err
    assert 'hugo.toml:2: site.title = "Letters"\n' in ran.err
    assert f"next: feeds -C {tmp_path / 'blog'} check\n" in ran.err
    assert f"then, each time that hugo has made the site: feeds -C {tmp_path / 'blog'} build\n" in ran.err


def test_inside_the_site(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual way: in the site's folder, which may hold a built site to compare with."""
    monkeypatch.chdir(_write(tmp_path / "blog", HUGO | {"public/index.html": "<p>Built.\n"}))
    ran = run("init", "--from", ".")
    assert "next: feeds check --against public\n" in ran.err
    assert (
        "/.feeds/\n" == Path(".gitignore").read_text()
    )  # whether git keeps what Hugo builds was decided before


def test_a_built_site_of_an_unknown_generator(run: Run, tmp_path: Path) -> None:
    """It is found by its home page, and the folder of what is published as it is stays in git."""
    files = {
        "astro.config.mjs": "export default defineConfig({ site: 'https://astro.example' });",
        "src/content/blog/a.md": "---\ndate: 2024-01-01\n---\n",
        "public/robots.txt": "",
        "dist/index.html": "",
    }
    ran = run("init", "--from", _write(tmp_path / "site", files))
    assert f"next: feeds -C {tmp_path / 'site'} check --against {tmp_path / 'site/dist'}\n" in ran.err
    assert "/.feeds/\n" == (tmp_path / "site/.gitignore").read_text()


def test_a_configuration_file_stands_for_its_folder(run: Run, tmp_path: Path) -> None:
    """`--from blog/hugo.toml` is what some will write."""
    assert 0 == run("init", "--from", _write(tmp_path / "blog", HUGO) / "hugo.toml").code
    assert 'title = "Letters"' in (tmp_path / "blog/feeds.toml").read_text()


def test_nothing_of_the_site_is_overwritten(run: Run, tmp_path: Path) -> None:
    """A second time says so and changes nothing, and no sample is put among the posts."""
    site = _write(tmp_path / "blog", HUGO | {"feeds.toml": "# mine\n", ".gitignore": "public\n"})
    ran = run("init", "--from", site)
    assert (0, "# mine\n") == (ran.code, (site / "feeds.toml").read_text())
    assert "feeds.toml is there already and stays as it is" in ran.err
    assert "public\n/.feeds/\n" == (site / ".gitignore").read_text()
    assert ["hello.md"] == [path.name for path in site.rglob("*.md")]


def test_the_settings_may_be_in_a_folder_above(run: Run, tmp_path: Path) -> None:
    """A repository that holds the blog and other things."""
    _write(tmp_path / "repository/blog", HUGO)
    assert 0 == run("-C", tmp_path / "repository", "init", "--from", "blog", ".").code
    settings = parse((tmp_path / "repository/feeds.toml").read_text())
    assert ("blog/content", "blog/public", "hugo") == (
        settings.content.dir,
        settings.output.dir,
        settings.content.dialect,
    )
    listed = run("-C", tmp_path / "repository", "list", "--json").json["posts"]
    assert ["https://harbour.example/posts/hello/"] == [post["url"] for post in listed]


@pytest.mark.parametrize("target", ["elsewhere", "blog/content", "blog2"])
def test_the_posts_must_be_inside_of_the_new_site(run: Run, tmp_path: Path, target: str) -> None:
    """Settings never lead out of their folder, so the request is refused with what to do instead."""
    ran = run("init", "--from", _write(tmp_path / "blog", HUGO), tmp_path / target)
    assert (2, True) == (ran.code, "without a folder, or copy the posts there first" in ran.err)
    assert not (tmp_path / target / "feeds.toml").exists()


@pytest.mark.parametrize(
    ("code", "pattern"),
    [
        ("permalink: ({ page }) => `/x/${page.fileSlug}/`", "/x/{name}/"),
        ("permalink: data => '/x/{{ page.fileSlug }}/'", "/x/{name}/"),
        ("permalink: function (data) { return `/x/${data.slug || data.page.fileSlug}/`; }", "/x/{slug}/"),
        ("permalink(data) { return `/x/${data.page.fileSlug}/`; }", "/x/{name}/"),
        ("eleventyComputed: { permalink: (data) => `/x/${data.page.fileSlug}/` }", "/x/{name}/"),
        ("permalink: `${data.page.filePathStem}.html`", "/blog/{section}/{name}.html"),
        ("permalink: '{{ page.filePathStem }}/'", "/blog/{section}/{name}/"),
        ("x: 'permalink', permalink: (data) => `/x/${data.page.fileSlug}/`", "/x/{name}/"),
        ("permalink: false", "/blog/{section}/{name}/"),
        ("tags: ['posts'] // permalink: '/x/'", "/blog/{section}/{name}/"),
    ],
)
def test_eleventy_s_computed_permalinks(tmp_path: Path, code: str, pattern: str) -> None:
    """A function that fills in a text says as much as the text."""
    files = {
        "eleventy.config.js": "",
        "blog/blog.11tydata.js": f"export default {{\n  {code}\n}}",
        "blog/2024-02-03-a.md": "",
    }
    assert pattern == find_out(_write(tmp_path, files)).settings["content", "permalink"]


def test_eleventy_s_permalinks_that_only_it_can_work_out(tmp_path: Path) -> None:
    """They are named with their line, instead of a guess."""
    code = "export default {\n  permalink: (data) => data.draft ? false : address(data),\n}"
    files = {"eleventy.config.js": "", "blog/blog.11tydata.js": code, "blog/2024-02-03-a.md": ""}
    found = find_out(_write(tmp_path, files))
    assert ("content", "permalink") not in found.settings
    assert any(
        note.startswith("blog/blog.11tydata.js:2: permalink: 'permalink: (data) =>") for note in _notes(found)
    )


def test_texts_in_lists_of_a_program() -> None:
    """They are found by the list's name, not those of other lists."""
    program = javascript.read("a = { b: ['x', \"y\", z], c: ['v'] }; f(['u'])", "a.js")
    assert ["x", "y"] == [clue.value for clue in program.listed("a", "b")]
    assert [("v", "a.js:1")] == [(clue.value, clue.place) for clue in program.listed("c")]


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    """It is named, and nothing is made."""
    ran = run("init", "--from", tmp_path / "nowhere")
    assert (2, True) == (ran.code, "there is no such folder" in ran.err)
    assert not (tmp_path / "nowhere").exists()


def test_a_site_without_an_address_gets_an_example(run: Run, tmp_path: Path) -> None:
    """It is the one thing to do before anything else, so it is the last thing said."""
    ran = run(
        "init", "--from", _write(tmp_path / "notes", {".obsidian/app.json": "{}", "a.md": "No date.\n"})
    )
    assert (
        'url = "https://example.org"  # change this to your own\n'
        in (tmp_path / "notes/feeds.toml").read_text()
    )
    assert 'title = "Notes"\n' in (tmp_path / "notes/feeds.toml").read_text()
    assert "next: set the url in" in ran.err
    assert "note: title: no file says what it is, so the folder's name is taken\n" in ran.err
    assert "no file in . has a date, so there are no posts yet" in ran.err
    assert "/.feeds/\n/public/\n" == (tmp_path / "notes/.gitignore").read_text()


# ── hostile and broken configuration ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "content", "note"),
    [
        (
            "hugo.toml",
            'title = "a"\nbaseURL = \n',
            "hugo.toml:2: not valid TOML: invalid value",
        ),
        ("hugo.toml", 'title = "a', "hugo.toml:1: not valid TOML"),
        ("hugo.yaml", "title: a\nbaseURL: [\n", "hugo.yaml:2: not valid YAML"),
        ("hugo.yaml", "title: a\ntitle: b\n", "hugo.yaml:2: title is already set in line 1; this line wins"),
        ("hugo.json", '{"title": "a",\n "baseURL": }', "hugo.json:2: not valid JSON: expecting value"),
        ("hugo.json", "[" * 100_000, "hugo.json: cannot be read (RecursionError)"),
        ("hugo.toml", "a = " + "[" * 100_000, "hugo.toml: cannot be read"),
        ("hugo.toml", b"title = '\xff'\n", "hugo.toml:1: byte 9 (0xff) is not UTF-8"),
        ("hugo.toml", "#" * (MAX_BYTES + 1), f"hugo.toml: more than {MAX_BYTES} bytes, so it is not read"),
        ("hugo.yaml", "a: &a [1, 2]\n" + "\n".join(f"b{n}: [*a, *a]" for n in range(3)), ""),
        ("hugo.yaml", "- a\n- b\n", ""),
        ("_config.yml", b"\xff\xfe\x00\x01", "_config.yml: no settings are in it, if it is text at all"),
        ("_config.yml", "title: '\n", "_config.yml:1: not valid YAML"),
        (
            "pelicanconf.py",
            "SITENAME = 'a'\nAUTHOR = (\n",
            "pelicanconf.py:2: not valid Python: '(' was never closed",
        ),
        ("pelicanconf.py", "A = " + "-" * 100_000 + "1\n", "pelicanconf.py"),
        ("pelicanconf.py", "A = " + "(" * 500 + ")" * 500 + "\n", "pelicanconf.py"),
        ("pelicanconf.py", "SITENAME = 'a\0b'\n", "pelicanconf.py:1: the control character U+0000"),
        ("conf.py", "BLOG_TITLE = 'a'\nimport\n", "conf.py:2: not valid Python"),
        ("config.toml", 'base_url = "https://a.example"\ntaxonomies = 7\n[languages]\n', ""),
    ],
)
def test_a_broken_configuration_is_named_with_its_line(
    name: str, content: str | bytes, note: str, tmp_path: Path
) -> None:
    """The rest is guessed all the same, and the settings can be used."""
    site = _write(tmp_path / "site", {name: content, "content/posts/a.md": "---\ndate: 2024-02-03\n---\n"})
    found = find_out(site)
    assert not note or [each for each in _notes(found) if each.startswith(note)], _notes(found)
    assert ("content", "dir") in found.settings
    parse(imported(site, found.settings, own_output=True)[0].data.decode())


def test_configuration_outside_of_the_site_is_not_read(tmp_path: Path) -> None:
    """A link could lead to anything."""
    (tmp_path / "secret.toml").write_text('title = "secret"\n')
    site = _write(tmp_path / "site", {"content/a.md": ""})
    (site / "hugo.toml").symlink_to("../secret.toml")
    found = find_out(site)
    assert "hugo.toml: a link that leads out of the site, which is not followed" in _notes(found)
    assert ("site", "title") not in found.settings


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (
            'baseURL = "https://user:secret@harbour.example"',
            "url = 'https://user:secret@harbour.example' cannot be",
        ),
        ('baseURL = "https://[::1/"', "url = 'https://[::1' cannot be taken over: it is not an address"),
        (
            'baseURL = "https://example.org/"',
            "url: https://example.org is only an example; set it in feeds.toml",
        ),
        ('baseURL = "/"', "url: no file says what it is; set it in feeds.toml"),
        ('baseURL = "ftp://a b"', "url: 'ftp://a b' is no address; set it in feeds.toml"),
        (
            'copyright = "{year}, Ines"',
            "copyright: '{year}, Ines' is a template that only its generator can fill in",
        ),
        (
            'publishDir = "content"',
            "feeds cannot be written into content, where the posts are; they go to public",
        ),
        ('publishDir = "."', "feeds cannot be written into ., where the posts are; they go to public"),
        ('contentDir = "/etc"', "the folder '/etc' is outside of the site, so content is taken"),
        (
            'author = "ines@"',
            "author = 'ines@' cannot be taken over: it is not a mail address",
        ),
        (
            "[permalinks]\n'posts' = '/:year/:fileuid/'",
            "permalink of posts: '/:year/:fileuid/' holds what no",
        ),
        (
            "[permalinks]\n'/' = '/:year/:slug/'",
            "permalink of posts in no section: '/:year/:slug/' is not taken over",
        ),
        (
            "[languages.en]\ncontentDir = 'en'\n[languages.de]\ncontentDir = 'text'",
            "the posts in text are left out",
        ),
    ],
)
def test_what_cannot_be_taken_over_is_said(line: str, note: str, tmp_path: Path) -> None:
    """And what is written can be used all the same."""
    site = _write(tmp_path / "site", {"hugo.toml": line, "content/posts/a.md": "", "content/top.md": ""})
    found = find_out(site)
    assert [each for each in _notes(found) if note in each], _notes(found)
    parse(imported(site, found.settings, own_output=False)[0].data.decode())


INNER = ["name", "email", "en", "de", "posts", "page", "title", "path", "type", "scope", "values"]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(
        ["", ".", "..", "/", "https://a.example", "/blog/", "content", "a\\0b", "x" * 300, ".feeds"]
    )
    | st.sampled_from([2**80, ":year/:title", "{slug}", "en", "true", "posts"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(INNER), inner),
    max_leaves=6,
)
KEYS = {
    "hugo.json": "baseURL title params author languages permalinks uglyURLs mainSections module frontmatter contentDir "
    "publishDir copyright timeZone defaultContentLanguage defaultContentLanguageInSubdir",
    "_config.yml": "title url baseurl author collections permalink source destination collections_dir lang timezone "
    "defaults social source_dir root language feed public_dir new_post_name",
    "pelicanconf.py": "SITENAME SITEURL PATH ARTICLE_PATHS PAGE_PATHS ARTICLE_EXCLUDES ARTICLE_URL OUTPUT_PATH AUTHOR "
    "SLUGIFY_SOURCE DEFAULT_LANG TIMEZONE FEED_ALL_ATOM I18N_SUBSITES",
    "conf.py": "BLOG_TITLE SITE_URL BLOG_AUTHOR POSTS OUTPUT_FOLDER TRANSLATIONS DEFAULT_LANG PRETTY_URLS",
    "zola.toml": "base_url title author extra generate_feeds feed_filenames taxonomies languages slugify output_dir",
    "blog/authors.json": "ines rui",
    "_data/authors.json": "ines rui",
    "_data/site.json": "title url author lang",
    ".obsidian/app.json": "userIgnoreFilters",
    ".obsidian/templates.json": "folder",
    "package.json": "dependencies",
}
SCRIPTS = st.lists(
    st.sampled_from(
        [
            *"{}[](),:=;'\"`/?+",
            "title",
            "url",
            "dir",
            "input",
            "blog",
            "path",
            "routeBasePath",
            "'../x'",
            "'a'",
            "\n",
        ]
    )
).map(" ".join)


def _as_file(name: str, values: Mapping[str, Any]) -> str:
    """A configuration in the language of the file `name`; that of a TOML file is not written by everything."""
    if name.endswith(".py"):
        return "".join(f"{key} = {value!r}\n" for key, value in values.items())
    if name.endswith(".toml"):
        return "".join(
            f"{key} = {toml(value)}\n" for key, value in values.items() if isinstance(value, str | list)
        )
    return json.dumps(values)


@given(
    data=st.data(),
    name=st.sampled_from(
        [
            *("hugo.json", "_config.yml", "pelicanconf.py", "conf.py", "zola.toml", ".obsidian/app.json"),
            *("eleventy.config.js", "docusaurus.config.js", "astro.config.mjs"),
        ]
    ),
)
def test_any_values_give_settings_that_can_be_used(
    data: st.DataObject, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever a configuration holds where something else was expected, nothing escapes and the result loads."""
    site = tmp_path_factory.mktemp("any")
    others = (
        "blog/authors.json",
        "_data/authors.json",
        "_data/site.json",
        "package.json",
        ".obsidian/templates.json",
    )
    for each in {name, *others} - {name if name not in KEYS else ""}:
        values = data.draw(st.dictionaries(st.sampled_from(KEYS[each].split()), VALUES))
        _write(site, {each: _as_file(each, values)})
    if name not in KEYS:
        _write(site, {name: data.draw(SCRIPTS)})
    found = find_out(site)
    parse(imported(site, found.settings, own_output=True)[0].data.decode())


@given(st.text())
def test_any_program_can_be_read(text: str) -> None:
    """As text, without an end to wait for."""
    javascript.read(text, "a.js")
    with suppress(SyntaxError, ValueError):
        python.read(text)


@pytest.mark.parametrize(
    "piece", ["/*", "'", '"', "`", "\\'", "/[", "=/[", "=/a", "{", "(", "a:", "a:'b',", "//", "\n`${", "*/"]
)
def test_reading_a_large_program_takes_no_time(piece: str) -> None:
    """Time is linear, whatever is opened and never closed."""
    javascript.read(piece * 50_000, "a.js")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"_config.yml": "source: source", "source/_posts/a.md": ""}, "jekyll"),
        ({"_config.yml": "title: x", "source/_posts/a.md": ""}, "hexo"),
        ({"_config.yml": "title: x", "package.json": '{"hexo": {}}'}, "hexo"),
        ({"docusaurus.config.ts": "", "docs/.vitepress/config.ts": ""}, "docusaurus"),
        ({".vuepress/config.js": "", "_posts/a.md": ""}, "vitepress"),
    ],
)
def test_generators_that_are_like_others(
    files: dict[str, str | bytes], expected: str, tmp_path: Path
) -> None:
    """Octopress has its posts where Hexo has them, and a blog's folder may have Jekyll's name."""
    assert expected == generator(_write(tmp_path, files))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"_config.yml": "url: harbour.example/blog\n"}, "https://harbour.example/blog"),
        ({"_config.yml": "url: //harbour.example\n"}, "https://harbour.example"),
        (
            {"_config.yml": "url: https://harbour.example/blog\nbaseurl: /blog\n"},
            "https://harbour.example/blog",
        ),
        ({"_config.yml": "baseurl: /blog\n", "CNAME": "harbour.example\n"}, "https://harbour.example/blog"),
        ({"_config.yml": "baseurl: /blog\n", "CNAME": "no domain\n"}, None),
        ({"_config.yml": "baseurl: /blog\n", "CNAME": b"\xff\n"}, None),
    ],
)
def test_addresses(files: dict[str, str | bytes], expected: str | None, tmp_path: Path) -> None:
    """However it is said where the site is."""
    assert expected == find_out(_write(tmp_path, files)).settings.get(("site", "url"))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {
                "_config.yml": "",
                "_data/authors.yml": "ines:\nrui: Rui\n'': {}\nana:\n  name: \"a\\0b\"\n  email: a@b.example\n",
            },
            {"rui.name": "Rui", "ana.name": "ab", "ana.email": "a@b.example"},
        ),
        (
            {
                "hugo.toml": "",
                "data/authors.toml": "[ines]\nname = 'Ines'\nurl = '/about/'\n[rui]\nurl = 'nowhere'\n",
            },
            {"ines.name": "Ines", "ines.url": "/about/", "rui.name": "rui"},
        ),
    ],
)
def test_people(files: dict[str, str | bytes], expected: dict[str, str], tmp_path: Path) -> None:
    """Everybody whom posts may name, with what is known and usable."""
    settings = find_out(_write(tmp_path, files)).settings
    assert expected == {".".join(path[1:]): value for path, value in settings.items() if path[0] == "authors"}


def test_feeds_of_the_sites_own(tmp_path: Path) -> None:
    """A template that Jekyll makes a feed of, and the path that its plugin is told, keep their names."""
    config = "source: src\nfeed:\n  path: rss.xml\n"
    files = {"_config.yml": config, "src/_posts/2024-01-01-a.md": "A", "src/atom.xml": "---\n---\n<feed/>"}
    names = {
        path[-1]: value
        for path, value in find_out(_write(tmp_path, files)).settings.items()
        if "names" in path
    }
    assert names == {"rss": "feed.rss", "atom": "feed.atom"}


DATE = r"(?P<date>\d{4}-\d{2}-\d{2})"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"pelicanconf.py": "ARTICLE_URL = '{category}/{slug}/'"},
            "the address of an article without a category lacks 'misc'",
        ),
        (
            {"pelicanconf.py": "ARTICLE_URL = '{slug}/'\nARTICLE_LANG_URL = '{lang}/{slug}/'"},
            "articles in other languages are at {lang}/{slug}/, not at /{slug_or_title}-{language}/ as here",
        ),
        ({"pelicanconf.py": "ARTICLE_URL = '{slug}/'\nARTICLE_LANG_URL = '{slug}-{lang}/'"}, ""),
        ({"pelicanconf.py": "ARTICLE_URL = '{lang}/{slug}'\nARTICLE_LANG_URL = '{lang}/{slug}'"}, ""),
        (
            {"_config.yml": "source_dir: source\ndefault_category: misc\npermalink: :category/:title/"},
            "the address of a post without a category lacks 'misc'",
        ),
        ({"_config.yml": "source_dir: source\ndefault_category: misc\npermalink: posts/:abbrlink/"}, ""),
    ],
)
def test_addresses_that_no_pattern_says(files: dict[str, str | bytes], expected: str, tmp_path: Path) -> None:
    """What some posts' addresses have and one pattern cannot say is named."""
    doubts = [doubt.text for doubt in find_out(_write(tmp_path, files)).doubts]
    about = [text for text in doubts if "lacks" in text or "languages" in text or "placeholder" in text]
    assert ([True] if expected else []) == [expected in text for text in about]


@pytest.mark.parametrize(
    ("files", "folder", "permalink"),
    [
        (
            {
                "hugo.toml": "[[module.mounts]]\nsource = 'text'\ntarget = 'content'\n[[module.mounts]]\nsource = 'x'"
            },
            "text",
            "hugo",
        ),
        ({"hugo.toml": "[[module.mounts]]\nsource = 'x'\ntarget = 'static'\n"}, "content", "hugo"),
        ({"hugo.toml": "[uglyURLs]\nposts = true"}, "content", "hugo"),
        ({"pelicanconf.py": "PATH = 'text'\nARTICLE_PATHS = ['blog']"}, "text", "/{slug_or_title}.html"),
        (
            {"pelicanconf.py": "PATH = 'text'\nARTICLE_PATHS = ['blog']\nUSE_FOLDER_AS_CATEGORY = False"},
            "text/blog",
            "/{slug_or_title}.html",
        ),
        ({"pelicanconf.py": "ARTICLE_PATHS = ['blog', 'news']"}, ".", "/{slug_or_title}.html"),
        ({"pelicanconf.py": f"FILENAME_METADATA = r'{DATE}_(?P<slug>.*)'"}, ".", "/{slug}.html"),
        ({"pelicanconf.py": "FILENAME_METADATA = r'(?P<slug>[^.]*)'"}, ".", "/{slug_or_filename}.html"),
        ({"pelicanconf.py": f"FILENAME_METADATA = r'{DATE}.*'"}, ".", "/{slug_or_title}.html"),
        (
            {"conf.py": "BLOG_TITLE = 'a'\nPRETTY_URLS = False\n"},
            "posts",
            "/posts/{section}/{slug_or_filename}.html",
        ),
        (
            {"conf.py": f"BLOG_TITLE = 'a'\nFILE_METADATA_REGEXP = r'{DATE}-(?P<slug>.*)\\.md'\n"},
            "posts",
            "/posts/{section}/{slug}/",
        ),
        (
            {
                "_config.yml": "source_dir: src\nnew_post_name: :year-:month-:day-:title.md\nfeed:\n  path: [atom.xml]\n"
            },
            "src/_posts",
            "/{year}/{month}/{day}/{section}/{name}/",
        ),
        (
            {"docusaurus.config.js": "", "blog/hello.md": "---\ndate: 2024-01-01\n---\n"},
            "blog",
            "/blog/{slug_or_path}",
        ),
        (
            {"docusaurus.config.js": "const x = {blog: {path: 'b', routeBasePath: '/'}}"},
            "b",
            "/{slug_or_path}",
        ),
        (
            {"gatsby-config.js": "", "content/blog/a/index.md": "---\ndate: 2024-01-01\n---\n"},
            "content/blog",
            None,
        ),
        ({"odd\nname/a.md": "---\ndate: 2024-01-01\n---\n"}, ".", None),
    ],
)
def test_folders_and_patterns(
    files: dict[str, str | bytes], folder: str, permalink: str | None, tmp_path: Path
) -> None:
    """Where posts are and what their addresses look like, in the ways that a configuration may say it."""
    settings = find_out(_write(tmp_path, files)).settings
    usual = {"hugo": "/{section}/{slug_or_filename}/"}
    assert (folder, usual.get(permalink or "", permalink)) == (
        settings["content", "dir"],
        settings.get(("content", "permalink")),
    )


def test_posts_elsewhere_are_named(tmp_path: Path) -> None:
    """The first few of them."""
    paths = [*(f"posts/{number}.md" for number in range(20)), *(f"other/{number}.md" for number in range(4))]
    found = find_out(_write(tmp_path, dict.fromkeys(paths, "---\ndate: 2024-01-01\n---\n")))
    said = "4 files with a date are not in posts, and are left out: other/0.md, other/1.md, other/2.md …"
    assert said in _notes(found)


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are named, or taken for somebody else's, and the rest goes on."""
    site = _write(tmp_path, {"hugo.toml": "", "public/rss.xml": "", "content/a.md": ""})
    (site / "content/gone.md").symlink_to("nowhere.md")
    (
        _write(tmp_path / "docs", {"docusaurus.config.js": "", "blog/a.md": ""}) / "blog/2024-01-01-b.md"
    ).symlink_to("c")
    assert "blog" == find_out(tmp_path / "docs").settings["content", "dir"]

    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", fail)
    monkeypatch.setattr(Path, "read_bytes", fail)
    found = find_out(site)
    assert "hugo.toml: cannot be read: permission denied" in _notes(found)
    assert "feed.rss" == found.settings["output", "names", "rss"]


def test_feeds_of_ours_are_in_nobodys_way(run: Run, tmp_path: Path) -> None:
    """Starting over after a build changes no name."""
    site = _write(tmp_path / "blog", HUGO)
    assert 0 == run("init", "--from", site).code
    assert 0 == run("-C", site, "build").code
    (site / "feeds.toml").unlink()
    assert ("output", "names", "rss") not in find_out(site).settings


# ── programs as text ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("program", "keys", "expected"),
    [
        ("module.exports = {title: 'A'}", ("title",), "A"),
        ('export default {"title": "A"}', ("title",), "A"),
        ("return {dir: {input: `src`}}", ("dir", "input"), "src"),
        ("x.setInputDirectory('src')", ("setInputDirectory",), "src"),
        ("const input = 'src'; return {dir: {input}}", ("dir", "input"), "src"),
        ("const a = 'src'\nreturn {dir: {input: a,}}", ("dir", "input"), "src"),
        ("({title: 'It\\'s', })", ("title",), "It's"),
        ("({title: 'a' + b, })", ("title",), None),
        ("x ? title : 'A', 7", ("title",), None),
        ("({title: b || 'a' })", ("title",), None),
        ("({title: process.env.TITLE || 'A', })", ("title",), "A"),
        ("({title: import.meta.env.TITLE ??\n 'A'})", ("title",), "A"),
        ("({title: process.env.TITLE})", ("title",), None),
        ("({title: `${b}` })", ("title",), None),
        ("({title: 'A' as const })", ("title",), "A"),
        ("({on: true})", ("on",), "true"),
        ("// title: 'no'\n/* title: 'no' */ ({title: 'A'})", ("title",), "A"),
        ("x = /[/'\"]/g; ({title: 'A'})", ("title",), "A"),
        ("x = a / b; y = c / d; ({title: 'A'})", ("title",), "A"),
        ("({a: {title: 'B'}, title: 'A'})", ("title",), "A"),
        ("({a: [{title: 'B'}], b: {title: 'A'}})", ("b", "title"), "A"),
        ("({title: 7})", ("title",), None),
        ("({title: 'unclosed\n, url: 'B'})", ("url",), "B"),
        ("{" * 100 + "title: 'A'", ("title",), None),
        ("", ("title",), None),
    ],
)
def test_javascript(program: str, keys: tuple[str, ...], expected: str | None) -> None:
    """Plain values are found by their keys; what is computed is not there."""
    assert expected == javascript.read(program, "a.js").find(*keys).value


def test_javascript_knows_lines() -> None:
    """A value stands where it starts."""
    assert "a.js:3" == javascript.read("/*\n*/ ({\ntitle: 'A'})", "a.js").find("title").place


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("A = 'a' 'b'", "ab"),
        ("B = 'b'\nA = f'{B}!'", "b!"),
        ("A = ('a',) + ('b',)", ["a", "b"]),
        ("A = {'a': [1, 2.5, True]}", {"a": [1, 2.5, True]}),
        ("A = os.getenv('X', 'a')", "a"),
        ("A = os.environ['X']", None),
        ("A = open('/etc/passwd').read()", None),
        ("A = 'a' + open('x')", None),
        ("A = 'a' if True else 'b'", None),
        ("A = {**B}", {}),
        ("A: str", None),
        ("A, B = 1, 2", None),
        ("A = ...", None),
        ("A = 'a'\nA = 'b'", "b"),
        ("if x:\n    A = 'a'", None),
        ("A = 'x' * 10**10", None),
        ("A = 'aaaaaaaaaaaaaaaaaaaaaaa'\n" + "A = A + A\n" * 60, None),
        ("A = [0]\n" + "A = A + A\n" * 60, None),
        ("A = " + "[" * 60 + "]" * 60, None),
    ],
)
def test_python(program: str, expected: Any) -> None:
    """Literals, and what is put together from them; nothing is run."""
    found = python.read(program)[0].get("A")
    while isinstance(found, list) and len(found) == 1 and expected is None:
        found = found[0]
    assert expected == found


# ── which generator, and where the posts are ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["docusaurus.config.ts", "package.json"], "docusaurus"),
        (["_config.yml", "source/_posts/a.md"], "hexo"),
        (["_config.yml", "_posts/a.md"], "jekyll"),
        (["_posts/a.md"], "jekyll"),
        (["hugo.yaml"], "hugo"),
        (["zola.toml"], "zola"),
        (["pelicanconf.py"], "pelican"),
        (["eleventy.config.mjs"], "eleventy"),
        (["content/.obsidian/app.json"], "plain"),
        ([".obsidian/app.json"], "obsidian"),
        (["conf.py"], "plain"),
        ([], "plain"),
    ],
)
def test_which_generator(files: list[str], expected: str, tmp_path: Path) -> None:
    """By what it left in the folder."""
    assert expected == generator(_write(tmp_path, dict.fromkeys(files, "")))


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["posts/2024/a.md", "posts/2023/b.md"], "posts"),
        (["posts/2024/a.md"], "posts"),
        (["posts/hello/index.md"], "posts"),
        (["posts/2024-01-01-hello/text.md"], "posts"),
        (["a/b/c/1.md", "a/b/c/2.md", "a/b/c/3.md", "a/b/c/4.md", "x.md"], "a/b/c"),
        (["a/1.md", "b/2.md"], "."),
        (["a.md"], "."),
        ([], "."),
    ],
)
def test_the_folder_with_the_posts(paths: list[str], expected: str, tmp_path: Path) -> None:
    """The deepest one that most dated files are in."""
    assert expected == survey(_write(tmp_path, dict.fromkeys(paths, "---\ndate: 2024-01-01\n---\n"))).folder()


@pytest.mark.parametrize(
    "head",
    [
        "---\ndate: 2024-01-01\n",
        "+++\ndate = 2024-01-01\n",
        ".. date: 2024-01-01\n",
        '"pubDate": "Jul 8 2024"\n',
    ],
)
def test_what_dates_a_file(head: str, tmp_path: Path) -> None:
    """Each kind of front matter has its own way to write the key."""
    assert ("a.md",) == survey(_write(tmp_path, {"a.md": head, "b.md": "The date: unknown\n"})).dated


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("./src/", "src"),
        (".", "."),
        ("", ""),
        ("src\\posts", "src/posts"),
        ("../x", ""),
        ("/x", ""),
        ("~/x", ""),
        ("C:\\x", ""),
        ("a/../../x", ""),
        ("a\0b", ""),
        ("a" * 201, ""),
        (".feeds/x", ""),
    ],
)
def test_folders_stay_inside(folder: str, expected: str) -> None:
    """What leads out of the site is not taken over."""
    assert expected == relative(folder)


def test_files_by_name(tmp_path: Path) -> None:
    """The first that is there, and none is no fault."""
    found = Found(_write(tmp_path, {"b.yaml": "a: {b: 1}\n", "c.js": "a = 'b'"}))
    assert Clue("1", "b.yaml:1") == read(found, "a.yaml", "b.yaml").get("a", "b")
    assert Clue() == read(found, "a.yaml").get("a")
    assert "b" == script(found, "c.js").find("a").value
    assert Clue() == script(found, "d.js").find("a")
