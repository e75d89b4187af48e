"""Whole sites of other generators: what is taken over, what is said, and where their posts are found to be.

Each file `generators/NAME.site` holds a small site: a sentence about it, its files, and then the settings,
the notes and the addresses of its posts, which are those that its generator gives.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.config import parse
from feeds.content.wildcards import matches
from feeds.generators import javascript, python
from feeds.generators.clues import Clue, relative
from feeds.generators.exclusions import exactly
from feeds.generators.found import Found
from feeds.generators.reading import MAX_BYTES, read, script
from feeds.generators.recognise import find_out, generator
from feeds.generators.survey import paths, survey
from feeds.setting_rules import fault_of
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
        ("permalink: false", "/blog/{section}/{filename}/"),
        ("tags: ['posts'] // permalink: '/x/'", "/blog/{section}/{filename}/"),
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


@pytest.mark.parametrize(
    ("english", "german", "permalink"),
    [
        ("/en/log/{{ page.fileSlug }}/", "/de/log/{{ page.fileSlug }}/", "/{language}/log/{name}/"),
        ("/{{ lang }}/{{ page.fileSlug }}/", "/{{ lang }}/{{ page.fileSlug }}/", "/{language}/{name}/"),
        ("/en/log/{{ page.fileSlug }}/", "/de/buch/{{ page.fileSlug }}/", None),
        ("/log/{{ page.fileSlug }}/", "/log/{{ page.fileSlug }}/", None),
        ("/en/{{ x }}/", "/de/{{ x }}/", None),
    ],
)
def test_eleventy_s_folders_of_languages(
    tmp_path: Path, english: str, german: str, permalink: str | None
) -> None:
    """They are no sections: a pattern with the language in it stands for all of them."""
    files = {
        ".eleventy.js": "",
        "en/a.md": "---\ndate: 2024-01-01\n---\n",
        "de/2024-01-01-a.md": "",
        "en/en.json": json.dumps({"permalink": english}),
        "de/de.json": json.dumps({"permalink": german}),
    }
    found = find_out(_write(tmp_path, files))
    doubt = "de/de.json: permalink: each of the folders de, en has its own, which is not taken over"
    assert (permalink or "/{section}/{filename}/") == found.settings["content", "permalink"]
    assert (permalink is None) == (doubt in _notes(found))
    assert not [path for path in found.settings if "permalinks" in path]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ("[vendor, 'Gemfile']", ([], 0)),
        ("[_posts/de]", (["de/**"], 0)),
        ("[./_posts/de/]", (["de/**"], 0)),
        ("['_posts/2024-01-01-*']", (["2024-01-01-*"], 0)),
        ("_posts/2024-01", (["2024-01**"], 0)),
        ("[_posts/2024-01-02-b.md]", (["2024-01-02-b.md"], 0)),
        ("['*.md']", (["**.md"], 0)),
        ("[_posts]", (["**"], 0)),
        ("['_posts/*a.md', _posts/2024-01-02]", (["**a.md", "2024-01-02**"], 0)),
        ("['_posts/2024-01-0[12]*']", ([], 1)),
        ("[[1], '', {}]", ([], 0)),
    ],
)
def test_what_jekyll_is_told_to_leave_out(
    tmp_path: Path, entries: str, expected: tuple[list[str], int]
) -> None:
    """An entry stands for all that begins like it, and counts where posts do."""
    posts = ("2024-01-01-a", "2024-01-02-b", "2024-02-03-c", "de/2024-03-04-a")
    files = {f"_posts/{name}.md": "" for name in posts}
    found = find_out(_write(tmp_path, {"_config.yml": f"title: x\nexclude: {entries}\n", **files}))
    doubts = [note for note in _notes(found) if "names posts" in note]
    assert expected == (found.settings.get(("content", "exclude"), []), len(doubts))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {
                "pelicanconf.py": "ARTICLE_URL = 'a/{slug}/'",
                "content/a.md": "Title: T\nDate: 2020-01-01\nLang: de\n",
            },
            ["pelicanconf.py:1: articles in other languages are at {slug}-{lang}.html, not at"],
        ),
        (
            {
                "pelicanconf.py": "ARTICLE_URL = 'a/{slug}/'",
                "content/a.md": "Title: T\nDate: 2020-01-01\nLang: en\n",
            },
            [],
        ),
        ({"pelicanconf.py": "", "content/a.md": "Title: T\nDate: 2020-01-01\nLang: de\n"}, []),
        (
            {"_config.yml": "source_dir: source\npermalink: :category/:title/\ncategory_map: {编程: code}\n"},
            ["_config.yml:3: category_map is not followed"],
        ),
        ({"_config.yml": "source_dir: source\ncategory_map: {编程: code}\n"}, []),
        (
            {"_config.yml": "source_dir: source\npermalink: :lang/:title/\npermalink_defaults: {lang: zh}\n"},
            ["_config.yml:3: permalink_defaults are not followed"],
        ),
        ({"_config.yml": "source_dir: source\npermalink_defaults: {lang: zh}\n"}, []),
    ],
)
def test_addresses_that_are_made_otherwise_here(
    tmp_path: Path, files: dict[str, str | bytes], expected: list[str]
) -> None:
    """Where the difference is known, it is named, and only where it shows."""
    notes = _notes(find_out(_write(tmp_path, files)))
    about = [
        note for note in notes if "other languages" in note or "as if it" in note or "not followed" in note
    ]
    assert expected == [note[: len(said)] for note, said in zip(about, expected, strict=True)]


@pytest.mark.parametrize(
    ("files", "key", "expected"),
    [
        ({"pelicanconf.py": "SLUGIFY_USE_UNICODE = True"}, "slug_letters", "unicode"),
        ({"pelicanconf.py": "SLUGIFY_USE_UNICODE = False"}, "slug_letters", None),
        ({"zola.toml": "slugify.paths = 'safe'"}, "slug_letters", "unicode"),
        ({"zola.toml": "slugify.paths = 'off'"}, "slug_letters", "unicode"),
        ({"zola.toml": "slugify.paths = 'on'"}, "slug_letters", None),
        ({"hugo.toml": "markup.goldmark.renderer.hardWraps = true"}, "hard_wraps", "on"),
        ({"hugo.toml": "markup.goldmark.renderer.hardWraps = false"}, "hard_wraps", None),
        ({"_config.yml": "kramdown: {hard_wrap: true}"}, "hard_wraps", "on"),
        ({"_config.yml": "title: T"}, "hard_wraps", None),
        ({"_config.yml": "source_dir: source\nmarked: {breaks: false}"}, "hard_wraps", "off"),
        ({"_config.yml": "source_dir: source\nmarked: {breaks: true}"}, "hard_wraps", None),
    ],
)
def test_how_names_and_lines_are_written_is_taken_over(
    tmp_path: Path, files: dict[str, str | bytes], key: str, expected: str | None
) -> None:
    """Letters of other scripts in addresses, and ends of lines in paragraphs."""
    assert expected == find_out(_write(tmp_path, files)).settings.get(("content", key))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {
                ".vitepress/config.mts": "({\n  rewrites: { 'posts/:slug.md': ':slug.md' } })",
                "posts/2024-01-01-a.md": "",
            },
            "/posts/{section}/{filename}.html|.vitepress/config.mts:2: rewrites give files other addresses",
        ),
        (
            {
                ".vuepress/config.js": "({plugins: [['blog', {directories: [{dirname: '_posts', "
                "itemPermalink: '/post/:year/:month/:day/:slug'}]}]]})",
                "_posts/2024-01-01-a.md": "",
            },
            "/post/{year}/{month}/{day}/{slug}",
        ),
        (
            {
                ".vuepress/config.js": "({directories: [{itemPermalink: '/a/:slug'},\n{itemPermalink: '/b/:slug'}]})",
                "_posts/2024-01-01-a.md": "",
            },
            "/a/{slug}|.vuepress/config.js:2: each of the blog's directories has an itemPermalink",
        ),
        (
            {
                "mkdocs.yml": "plugins: [blog]\n",
                "docs/blog/posts/a.md": "---\ndate: 2024-01-01\n---\n# Hello\n",
            },
            "/blog/{year}/{month}/{day}/{slug_or_title}/|posts whose title is a heading have it in their",
        ),
        (
            {
                "mkdocs.yml": "plugins: {material/blog: {blog_dir: .}}\nuse_directory_urls: false\n",
                "docs/posts/a.md": "---\ndate: 2024-01-01\ntitle: Hello\n---\n",
            },
            "/{year}/{month}/{day}/{slug_or_title}.html",
        ),
        (
            {
                "mkdocs.yml": "plugins:\n  - blog:\n      post_url_format: '{categories}/{nobody}'\n",
                "docs/blog/posts/a.md": "",
            },
            "|mkdocs.yml:1: permalink: '{categories}/{nobody}' holds what no placeholder",
        ),
        (
            {"mkdocs.yml": "plugins: [search]\n", "docs/notes/a.md": "---\ndate: 2024-01-01\n---\n"},
            "/notes/{section}/{filename}/",
        ),
        ({"_config.js": "import lume from 'https://deno.land/x/lume@v2/mod.ts'"}, "/{section}/{name}/"),
        (
            {"svelte.config.js": "", "src/posts/a.md": "---\ndate: 2024-01-01\n---\n"},
            "|permalink: no file says what addresses look like; ",
        ),
        (
            {
                "next.config.js": "",
                "app/a/[slug]/page.tsx": "",
                "app/b/[slug]/page.tsx": "",
                "posts/a.md": "---\ndate: 2024-01-01\n---\n",
            },
            "|permalink: no file says what addresses look like; ",
        ),
        (
            {
                "next.config.js": "",
                "app/[...slug]/page.tsx": "",
                "app/log/[slug]/page.tsx": "",
                "posts/a.md": "---\ndate: 2024-01-01\n---\n",
            },
            "/log/{section}/{slug}",
        ),
        (
            {
                "next.config.js": "",
                "app/[lang]/log/[slug]/page.tsx": "",
                "posts/a.md": "---\ndate: 2024-01-01\n---\n",
            },
            "|permalink: no file says what addresses look like; ",
        ),
        (
            {"next.config.js": "", "pages/[slug].tsx": "", "posts/a.md": "---\ndate: 2024-01-01\n---\n"},
            "/{section}/{slug}",
        ),
        (
            {"bridgetown.config.yml": "permalink: simple\n", "src/_posts/2024-01-01-a.md": ""},
            "/{categories}/{slug}/",
        ),
    ],
)
def test_addresses_of_sites_without_a_dialect(
    tmp_path: Path, files: dict[str, str | bytes], expected: str
) -> None:
    """They are those that the site has, or it is said that nobody knows them."""
    found = find_out(_write(tmp_path, files))
    pattern, _, said = expected.partition("|")
    assert pattern == found.settings.get(("content", "permalink"), "")
    about = [note for note in _notes(found) if re.search("permalink|addresses|Permalink", note)]
    assert ([said] if said else []) == [note[: len(said)] for note in about]


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        (["a.md"], []),
        (["index.md", "a.md"], ["index.md"]),
        (["b/index.md", "a.md"], []),
    ],
)
def test_the_home_page_of_vitepress_is_no_post(tmp_path: Path, posts: list[str], expected: list[str]) -> None:
    """Nor is the page that lists the posts, whatever date it has."""
    files = {f"posts/{name}": "---\ndate: 2024-01-01\n---\n" for name in posts}
    found = find_out(_write(tmp_path, {".vitepress/config.mts": "", **files}))
    assert expected == found.settings.get(("content", "exclude"), [])


def test_more_private_pages_than_can_be_named(tmp_path: Path) -> None:
    """Then everything of a graph is left out, for nobody may read what is private."""
    files = {f"pages/{number}.md": "date:: 2024-01-01\n" for number in range(201)}
    found = find_out(_write(tmp_path, {"logseq/config.edn": "", **files}))
    assert "**" in found.settings["content", "exclude"]
    assert any(" too many to name" in note for note in _notes(found))


def test_a_page_with_an_odd_name_makes_no_other_public(tmp_path: Path) -> None:
    """Nor does a folder for the journal that no setting could name."""
    files: dict[str, str | bytes] = {
        "logseq/config.edn": '{:journals-directory "/"}',
        "pages/secret.md": "---\ndate: 2024-01-01\n---\n",
        "pages/od\x01d.md": "",
        "pages/l\ni.md": "",
        "pages/caf\udce9.md": "",
    }
    excluded = find_out(_write(tmp_path, files)).settings["content", "exclude"]
    names = ["journals/**", "logseq/**", "whiteboards/**", "pages/caf?.md", "pages/l?i.md", "pages/od?d.md"]
    assert [*names, "pages/secret.md"] == sorted(excluded, key=[*names, "pages/secret.md"].index)


@given(st.lists(st.text(st.characters(exclude_characters="/\0")), min_size=1).map("/".join).filter(str.strip))
def test_any_file_can_be_named_in_a_pattern(path: str) -> None:
    """Or it would be published, for all that its author meant."""
    path = f"pages/{path}x"
    assert matches(exactly(path), path)
    assert fault_of("content", "exclude", exactly(path)) is None or ".." in path.split("/")


@pytest.mark.parametrize("odd", ["../x", "/", "a\x07b"])
def test_what_cannot_be_left_out_costs_nothing_else(tmp_path: Path, odd: str) -> None:
    """Each pattern counts by itself, and those that cannot be are named."""
    found = Found(tmp_path)
    found.exclude(["a.md"], "x:1")
    found.exclude(["b.md", odd, "c.md"], "x:2")
    assert ["a.md", "b.md", "c.md"] == found.settings["content", "exclude"]
    assert [f"x:2: exclude = {odd!r} cannot be taken over"] == [
        note.partition(": it ")[0] for note in _notes(found)
    ]


def test_a_graph_that_is_all_public(tmp_path: Path) -> None:
    """Only its journal is left out, which is a diary."""
    files = {"logseq/config.edn": "{:publishing/all-pages-public? true}", "pages/a.md": "date: 2024-01-01"}
    assert ["journals/**", "logseq/**", "whiteboards/**"] == find_out(_write(tmp_path, files)).settings[
        "content", "exclude"
    ]


def test_a_person_whose_file_cannot_be_read_is_named(tmp_path: Path) -> None:
    """With the line of the file itself; the others are taken over."""
    people: dict[str, str | bytes] = {
        "data/authors/a.mdx": "---\nname: A\nemail: [\n---\n",
        "data/authors/b.md": "---\nname: B\n---\n",
    }
    found = find_out(_write(tmp_path, people))
    assert {"b"} == {path[1] for path in found.settings if path[0] == "authors"}
    assert any(note.startswith("data/authors/a.mdx:3: not valid YAML") for note in _notes(found))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"astro.config.mjs": "", "src/assets/a.png": ""}, True),
        ({"astro.config.mjs": "", "public/a.png": ""}, False),
        ({"gatsby-config.js": "", "node_modules/x/a.png": "", "a.md": "---\ndate: 2024-01-01\n---\n"}, False),
        ({"svelte.config.js": "", "src/assets/a.png": ""}, False),
    ],
)
def test_pictures_that_only_the_built_site_knows(
    tmp_path: Path, files: dict[str, str | bytes], *, said: bool
) -> None:
    """They are spoken of where there are any."""
    notes = _notes(find_out(_write(tmp_path, {"src/blog/a.md": "---\ndate: 2024-01-01\n---\n", **files})))
    assert said is any("only the built site knows" in note for note in notes)


def test_only_so_much_of_a_folder_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In order, and nothing of what links lead to."""
    _write(tmp_path, {"out/x": "", "site/a/b/c": "", "site/a/d": "", "site/z": ""})
    (tmp_path / "site/link").symlink_to(tmp_path / "out")
    site = tmp_path / "site"
    assert [] == list(paths(site, "link"))
    assert [] == list(paths(site, "gone"))
    assert ["a", "link", "z", "a/b", "a/d", "a/b/c"] == list(map(str, paths(site, ".")))
    monkeypatch.setattr("feeds.generators.survey._MOST_PATHS", 4)
    assert ["a", "link", "z", "a/b"] == list(map(str, paths(site, ".")))


def test_what_nuxt_says_of_a_site(tmp_path: Path) -> None:
    """Its module for sites knows the name and the address."""
    program = "export default defineNuxtConfig({ site: { url: 'https://nuxt.example', name: 'Harbour' } })"
    found = find_out(_write(tmp_path, {"nuxt.config.ts": program}))
    assert ("Nuxt", "Harbour", "https://nuxt.example") == (
        found.generator,
        found.settings["site", "title"],
        found.settings["site", "url"],
    )


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (
            "# x\nSITE_NAME=Wren's Garden\nexport BASE='wren.example'\nSECRET=1\n",
            ("Wren's Garden", "wren.example"),
        ),
        ("SITE_NAME=\n", ("Digital Garden", "")),
        (None, ("Digital Garden", "")),
        ('SITE_NAME=Café "Zoë" 🦆\n', ('Café "Zoë" 🦆', "")),
    ],
)
def test_what_a_program_asks_the_environment_for(
    tmp_path: Path, environment: str | None, expected: tuple[str, str]
) -> None:
    """It is in the file .env, as far as anywhere; else what stands behind it holds."""
    files: dict[str, str | bytes] = {
        "a.js": 'const a = { name: process.env.SITE_NAME || "Digital Garden", base: process.env.BASE };'
    }
    if environment is not None:
        files[".env"] = environment
    program = script(Found(_write(tmp_path, files)), "a.js")
    assert expected == (program.find("name").text, program.find("base").text)


@pytest.mark.parametrize("kind", ["eleventy", "gatsby", "astro"])
@pytest.mark.parametrize(
    ("variable", "value", "taken"),
    [
        ("DATABASE_URL", "postgres://me:hunter2@db/x", False),
        ("WP", "https://u:hunter2@wp.example", False),
        ("SITE_URL", "https://u:hunter2@wp.example", False),
        ("URL", "//u:hunter2@wp.example/", False),
        ("WEBHOOK_URL", "https://api.example/hunter2", False),
        ("API_URL", "https://api.example/hunter2", False),
        ("SITE_KEY", "hunter2.example", False),
        ("PUBLIC_SITE_TOKEN_URL", "https://hunter2.example", False),
        ("SECRET_URL", "https://hunter2.example", False),
        ("SITE_URL", "https://wren.example/?key=hunter2", False),
        ("SITE_URL", "hunter2", False),
        ("SITE_URL", "https://hunter2.example", True),
        ("NEXT_PUBLIC_SITE_URL", "https://hunter2.example", True),
        ("BASEURL", "https://hunter2.example/", True),
    ],
)
def test_only_what_a_variable_is_named_after_is_taken_from_the_environment(
    tmp_path: Path, kind: str, variable: str, value: str, *, taken: bool
) -> None:
    """What else is in .env is neither written nor said, for there are passwords in it."""
    files = {
        "eleventy": (
            ".eleventy.js",
            "_data/config.js",
            "module.exports = { db: { url: process.env.%s } }",
        ),
        "gatsby": (
            "gatsby-node.js",
            "gatsby-config.js",
            "module.exports = { plugins: [{ options: { baseUrl: process.env.%s } }] }",
        ),
        "astro": (
            "astro.config.ts",
            "astro.config.mjs",
            "export default defineConfig({ site: import.meta.env.%s, base: process.env.%s })",
        ),
    }
    mark, name, program = files[kind]
    said = {name: program.replace("%s", variable), ".env": f"{variable}={value}\n"}
    found = find_out(_write(tmp_path, {mark: "", **said}))
    assert taken is any("hunter2" in line for line in _settings(found))
    assert not [note for note in _notes(found) if "hunter2" in note]


@pytest.mark.parametrize("value", ["!ENV HERE", "!ENV [HERE]"])
def test_what_only_the_environment_of_mkdocs_knows(tmp_path: Path, value: str) -> None:
    """It is named, and is no title by itself."""
    found = find_out(_write(tmp_path, {"mkdocs.yml": f"docs_dir: docs\nsite_name: {value}\n"}))
    assert ("site", "title") not in found.settings
    assert "mkdocs.yml:2: site_name is given by the environment, which is not asked" in _notes(found)


def test_the_variable_is_named_whose_value_cannot_be_used(tmp_path: Path) -> None:
    """So that its owner finds it, and nobody else sees what it holds."""
    program = (
        "module.exports = { siteMetadata: { title: process.env.TITLE, siteUrl: process.env.SITE_URL }, "
        "language: process.env.LANGUAGE }"
    )
    environment = "TITLE={{ hunter2 }}\nSITE_URL=https://me:hunter2@wren.example\nLANGUAGE=hunter2hunter2\n"
    found = find_out(_write(tmp_path, {"gatsby-config.js": program, ".env": environment}))
    notes = "\n".join(_notes(found))
    assert "hunter2" not in notes
    assert ".env:2: SITE_URL is an address with a user in it, which is not taken over" in notes
    assert "title: the value of TITLE in .env is a template" in notes


def test_a_framework_is_named_and_a_folder_of_files_is_no_failure(run: Run, tmp_path: Path) -> None:
    """Whose configuration was read is said; where none is, what is said reads as what it is."""
    post: dict[str, str | bytes] = {"posts/a.md": "---\ndate: 2024-01-01\n---\n"}
    astro = run("init", "--from", _write(tmp_path / "a", {"astro.config.mjs": "", **post}))
    assert "made with Astro\n" in astro.err
    plain = run("init", "--from", _write(tmp_path / "b", post))
    assert "no generator's configuration is here, so this is what the files themselves say\n" in plain.err


LEFT_OUT: list[tuple[dict[str, str | bytes], list[str], int]] = [
    (
        {
            "pelicanconf.py": "ARTICLE_PATHS = ['blog']\nPATH = 'content'\n",
            "content/blog/a.md": "",
            "content/{x}*/b.md": "",
        },
        ["?x??/**"],
        0,
    ),
    (
        {
            "hugo.toml": "[params]\nmainSections = ['posts']\n",
            "content/posts/a.md": "---\ndate: 2024-01-01\n---\n",
            "content/no\x07tes/b.md": "---\ndate: 2024-01-01\n---\n",
            "content/private/c.md": "---\ndate: 2024-01-01\n---\n",
            "content/to{p}.md": "---\ndate: 2024-01-01\n---\n",
        },
        ["no?tes/**", "private/**", "to?p?.md"],
        0,
    ),
    (
        {
            ".obsidian/app.json": '{"userIgnoreFilters": ["{A}/", "B/"]}',
            "posts/2024-01-01-a.md": "",
            "posts/2024-01-01-b.md": "",
            "posts/2024-01-01-c.md": "",
            "posts/2024-01-01-d.md": "",
            "x{y}/2024-01-01-e.md": "",
        },
        ["?A?/**", "B/**", "x?y?/**", "{A}/**"],
        0,
    ),
    ({"pelicanconf.py": "IGNORE_FILES = ['.#*', '**/.*', 'wip_*']", "content/a.md": ""}, ["**/wip_*"], 0),
    ({"pelicanconf.py": "IGNORE_FILES = ['[a-c]*']", "content/a.md": ""}, [], 1),
    (
        {"zola.toml": "ignored_content = ['*.wip.md', 'notes/x-*', '**/y']"},
        ["**.wip.md", "**/notes/x-**", "**/y"],
        0,
    ),
    (
        {"docusaurus.config.js": "({blog: {exclude: ['**/wip/**', '*.draft.md', '!a']}})", "blog/_a.md": ""},
        ["**/_*", "**/wip/**", "*.draft.md"],
        1,
    ),
    (
        {".vitepress/config.mts": "({srcExclude: ['**/wip/**', 'docs/*']})", "posts/2024-01-01-a.md": ""},
        ["**/wip/**"],
        0,
    ),
    (
        {"hugo.toml": "ignoreFiles = ['\\.wip\\.md$', '^drafts/.*', '(a|b)', 'a\\$']"},
        ["**.wip.md", "drafts/**"],
        2,
    ),
    (
        {
            "hugo.json": '{"module": {"mounts": [{"source": "content", "target": "content", "excludeFiles": "a/*"},'
            ' {"source": "static", "target": "static", "excludeFiles": ["b/*"]}]}}'
        },
        ["a/*"],
        0,
    ),
    (
        {
            "hugo.toml": "disableLanguages = ['de']\n[languages.fr]\ndisabled = true\n[languages.en]\n",
            "content/fr/a.md": "",
        },
        ["**/*.de.*", "**/*.fr.*", "fr/**"],
        0,
    ),
    (
        {
            "_config.yml": "source_dir: source\nskip_render: [_posts/a.md, 'x/*']\nignore: '**/i/**'\n",
            "source/_posts/_hidden.md": "",
        },
        ["**/_*", "a.md", "**/i/**"],
        0,
    ),
    ({"_config.yml": "source_dir: source\nskip_render: '_posts/**'\n"}, ["**"], 0),
    (
        {
            "astro.config.mjs": "",
            "src/content.config.ts": "glob({pattern: '**/[^_]*.md', base: 'x'})",
            "src/blog/_old/2024-01-01-a.md": "",
            "src/blog/2024-01-02-b.md": "",
            "src/blog/_c.md": "",
        },
        ["**/_*.{md,mdx}"],
        0,
    ),
    (
        {
            ".obsidian/app.json": '{"userIgnoreFilters": ["A/", "/^Private.*/", "S.md", "Wip", "/(a)/"]}',
            ".obsidian/plugins/periodic-notes/data.json": '{"weekly": {"enabled": true, "folder": "J/W"}}',
        },
        ["J/W/**", "A/**", "Private**", "S.md", "Wip**"],
        1,
    ),
    (
        {"quartz.config.ts": "", "content/.obsidian/app.json": '{"userIgnoreFilters": ["A/", "b.md"]}'},
        ["A/**", "b.md"],
        0,
    ),
    (
        {
            ".eleventy.js": "c.ignores.add('src/posts/x/**');\n// c.ignores.add('src/posts/a.md')\nc.ignores.add(`node_modules/**`)\n"
            "module.exports = {dir: {input: 'src'}}",
            ".eleventyignore": "# drafts\nsrc/posts/wip-*.md\nREADME.md\n!src/posts/a.md\n",
            "src/.eleventyignore": "posts/y/\n",
            ".gitignore": "node_modules\nsrc/posts/z.md\n",
            **{
                f"src/posts/{name}.md": "---\ndate: 2024-01-01\n---\n"
                for name in ("a", "x/b", "y/c", "wip-d", "z")
            },
        },
        ["wip-*.md", "y/**", "z.md", "x/**"],
        1,
    ),
    (
        {
            ".eleventy.js": "c.setUseGitIgnore(false)",
            ".gitignore": "posts\n",
            "posts/a.md": "---\ndate: 2024-01-01\n---\n",
        },
        [],
        0,
    ),
]


@pytest.mark.parametrize(("files", "expected", "doubts"), LEFT_OUT)
def test_what_a_generator_leaves_out(
    tmp_path: Path, files: dict[str, str | bytes], expected: list[str], doubts: int
) -> None:
    """Feeds leave it out as well; what no pattern of ours can say is named."""
    found = find_out(_write(tmp_path, files))
    named = [note for note in _notes(found) if "which is not taken over; add what" in note]
    assert (expected, doubts) == (found.settings.get(("content", "exclude"), []), len(named))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"docusaurus.config.js": "({trailingSlash: true})", "blog/a.md": ""}, "/blog/{slug_or_path}/"),
        ({"docusaurus.config.js": "({trailingSlash: false})", "blog/a.md": ""}, "/blog/{slug_or_path}"),
        ({"zola.toml": "[slugify]\npaths_keep_dates = true\n"}, "/{section}/{slug_or_filename}/"),
        (
            {
                "_config.yml": "source_dir: source\npermalink: :title.html\npretty_urls: {trailing_html: false}\n"
            },
            "/{section}/{filename}",
        ),
    ],
)
def test_how_addresses_end_and_begin(tmp_path: Path, files: dict[str, str | bytes], expected: str) -> None:
    """Settings beside the pattern shape it too."""
    assert expected == find_out(_write(tmp_path, files)).settings["content", "permalink"]


def test_a_language_may_have_a_file_of_its_own(tmp_path: Path) -> None:
    """As in the themes Blowfish and Congo."""
    files: dict[str, str | bytes] = {
        "config/_default/hugo.toml": "defaultContentLanguage = 'en'\n",
        "config/_default/languages.en.toml": "title = 'Harbour'\n[params]\ndescription = 'Letters'\n",
    }
    settings = find_out(_write(tmp_path, files)).settings
    assert ("Harbour", "Letters") == (settings["site", "title"], settings["site", "description"])


def test_mounts_that_a_content_folder_is_not(tmp_path: Path) -> None:
    """Posts that are left out, or have addresses of other folders, are named."""
    mounts = "".join(
        f"[[module.mounts]]\nsource = '{source}'\ntarget = '{target}'\n"
        for source, target in (("content", "content"), ("blog", "content/posts"), ("content/a", "content/b"))
    )
    notes = _notes(find_out(_write(tmp_path, {"hugo.toml": mounts})))
    assert "hugo.toml:1: the posts in blog are left out: a site here has one content folder" in notes
    assert "hugo.toml:1: content/a is mounted at content/b, and addresses here are as if it were not" in notes
    assert 2 == sum("content folder" in note or "mounted" in note for note in notes)


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("_config.yml", "future: true", "_config.yml:1: Jekyll publishes posts whose date is still to come;"),
        ("hugo.toml", "buildFuture = true", "hugo.toml:1: Hugo publishes posts whose date is still to come;"),
        ("_config.yml", "future: false", ""),
        ("hugo.toml", "buildFuture = false", ""),
    ],
)
def test_a_site_that_shows_posts_before_their_day(
    tmp_path: Path, name: str, line: str, expected: str
) -> None:
    """Feeds do not, so that is said."""
    notes = _notes(find_out(_write(tmp_path, {name: f"{line}\n", "_posts/a.md": ""})))
    assert ([expected] if expected else []) == [note[: len(expected)] for note in notes if "to come" in note]


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("DEFAULT_DATE = 'fs'", "pelicanconf.py:1: DEFAULT_DATE is 'fs', the time of the file"),
        ("DEFAULT_DATE = (2018, 1, 2)", ""),
        ("SLUGIFY_PRESERVE_CASE = True", "pelicanconf.py:1: SLUGIFY_PRESERVE_CASE is not followed"),
        ("SLUG_SUBSTITUTIONS = [('a', 'b')]", "pelicanconf.py:1: SLUG_SUBSTITUTIONS is not followed"),
        ("CATEGORY_REGEX_SUBSTITUTIONS = [('a', 'b')]", ""),
        ("SLUG_REGEX_SUBSTITUTIONS = []", ""),
        (
            r"SLUG_REGEX_SUBSTITUTIONS = [(r'[^\w\s-]', ''), (r'(?u)\A\s*', ''), (r'(?u)\s*\Z', ''),"
            r" (r'[-\s]+', '-')]",
            "",
        ),
    ],
)
def test_pelican_s_settings_that_are_not_followed(tmp_path: Path, program: str, expected: str) -> None:
    """Those that change addresses or lose articles are named; Pelican's own values say nothing new."""
    notes = _notes(find_out(_write(tmp_path, {"pelicanconf.py": f"{program}\n", "content/a.md": ""})))
    about = [note for note in notes if "SLUG" in note or "DEFAULT_DATE" in note or "CATEGORY" in note]
    assert ([expected] if expected else []) == [note[: len(expected)] for note in about]


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
    assert "hugo.toml: a link that leads out of its folder, which is not followed" in _notes(found)
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


INNER = [
    *("name", "email", "en", "de", "posts", "page", "title", "path", "type", "scope", "values"),
    *("blog", "blog_dir", "post_url_format", "authors_file", "language", "site-url", "output-dir"),
]
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
    "defaults social source_dir root language feed public_dir new_post_name exclude future",
    "pelicanconf.py": "SITENAME SITEURL PATH ARTICLE_PATHS PAGE_PATHS ARTICLE_EXCLUDES ARTICLE_URL OUTPUT_PATH AUTHOR "
    "SLUGIFY_SOURCE DEFAULT_LANG TIMEZONE FEED_ALL_ATOM I18N_SUBSITES DEFAULT_DATE SLUG_REGEX_SUBSTITUTIONS",
    "conf.py": "BLOG_TITLE SITE_URL BLOG_AUTHOR POSTS OUTPUT_FOLDER TRANSLATIONS DEFAULT_LANG PRETTY_URLS",
    "zola.toml": "base_url title author extra generate_feeds feed_filenames taxonomies languages slugify output_dir",
    "mkdocs.yml": "site_name site_url theme plugins docs_dir site_dir site_author use_directory_urls",
    "_quarto.yml": "website title lang author project",
    "bridgetown.config.yml": "url base_path source destination permalink timezone default_locale",
    "_data.json": "metas site title lang description",
    "docs/blog/.authors.yml": "authors",
    "src/_data/site_metadata.yml": "title description lang author",
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
            *("mkdocs.yml", "_quarto.yml", "bridgetown.config.yml", "next.config.js", "_config.ts"),
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
        "_data.json",
        "docs/blog/.authors.yml",
        "src/_data/site_metadata.yml",
        "package.json",
        ".obsidian/templates.json",
    )
    for each in {name, *others} - {name if name not in KEYS else ""}:
        values = data.draw(st.dictionaries(st.sampled_from(KEYS[each].split()), VALUES))
        _write(site, {each: _as_file(each, values)})
    if name not in KEYS:
        _write(site, {name: "import lume from 'lume/mod.ts'\n" + data.draw(SCRIPTS)})
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
        ({"mkdocs.yml": "site_url: !ENV [URL, 'https://harbour.example']\n"}, "https://harbour.example"),
        ({"mkdocs.yml": "site_url: !ENV [URL, null]\n"}, None),
        ({"mkdocs.yml": "site_url: !ENV [URL]\n"}, None),
        ({"mkdocs.yml": "site_url: !ENV URL\n"}, None),
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
            {"pelicanconf.py": "ARTICLE_URL = '{slug}/'\nARTICLE_LANG_URL = '{lang}/{slug}/'"},
            "articles in other languages are at {lang}/{slug}/, not at /{slug_or_title}-{language}/ as here",
        ),
        ({"pelicanconf.py": "ARTICLE_URL = '{slug}/'\nARTICLE_LANG_URL = '{slug}-{lang}/'"}, ""),
        ({"pelicanconf.py": "ARTICLE_URL = '{lang}/{slug}'\nARTICLE_LANG_URL = '{lang}/{slug}'"}, ""),
        (
            {"_config.yml": "source_dir: source\ndefault_category: misc\npermalink: :category/:title/"},
            "the address of a post without a category has 'uncategorized' here, not 'misc'",
        ),
        ({"_config.yml": "source_dir: source\npermalink: :category/:title/"}, ""),
        ({"_config.yml": "source_dir: source\ndefault_category: misc\npermalink: posts/:abbrlink/"}, ""),
    ],
)
def test_addresses_that_no_pattern_says(files: dict[str, str | bytes], expected: str, tmp_path: Path) -> None:
    """What some posts' addresses have and one pattern cannot say is named."""
    doubts = [doubt.text for doubt in find_out(_write(tmp_path, files)).doubts]
    about = [
        text
        for text in doubts
        if "without a category" in text or "languages" in text or "placeholder" in text
    ]
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
            "text",
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
                "conf.py": "BLOG_TITLE = 'a'\nDEFAULT_LANG = 'es'\n"
                "POSTS = (('posts/*.md', {'en': 'blog', 'es': 'bitacora'}, 'post.tmpl'),)\n"
            },
            "posts",
            "/bitacora/{section}/{slug_or_filename}/",
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
            {
                "docusaurus.config.js": "x = {docs: {path: 'd'}, blog: false, plugins: [\n"
                "['@docusaurus/plugin-content-blog', {path: './stories', routeBasePath: 's'}]], path: 'e'}"
            },
            "stories",
            "/s/{slug_or_path}",
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


@pytest.mark.parametrize(
    "name",
    [
        "mkdocs.yml",
        "bridgetown.config.yml",
        "_quarto.yml",
        "_config.ts",
        "logseq/config.edn",
        "package.json",
        "_config.yml",
        "config.toml",
        "posts/b.md",
        "CNAME",
        "public/rss.xml",
        ".env",
    ],
)
def test_a_named_pipe_holds_nothing_up(tmp_path: Path, name: str) -> None:
    """Whatever it is called."""
    files = {"_posts/a.md": ""} if name == "package.json" else {"a.js": ""}
    _write(tmp_path, files)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / name)
    assert ("content", "dir") in find_out(tmp_path).settings


def test_links_out_of_the_site_say_nothing_of_it(tmp_path: Path) -> None:
    """Neither which generator it has, nor where it is, nor which posts have a date."""
    _write(
        tmp_path,
        {
            "outside/config.toml": 'base_url = "https://secret.example"\n',
            "outside/CNAME": "secret.example",
            "outside/post.md": "---\ndate: 2024-01-01\n---\n",
            "outside/rss.xml": f"<!-- written by Feedwright -->{' ' * 100}",
            "site/posts/a.md": "",
            "site/public/x": "",
        },
    )
    for name in ("config.toml", "CNAME", "posts/post.md", "public/rss.xml"):
        (tmp_path / "site" / name).symlink_to(tmp_path / "outside" / name.rpartition("/")[2])
    found = find_out(tmp_path / "site")
    assert "plain" == generator(tmp_path / "site")
    assert ("site", "url") not in found.settings
    assert "rss.xml" != found.settings.get(("output", "names", "rss"), "rss.xml")
    assert any(note.startswith("no file in ") for note in _notes(found))


# ── programs as text ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "program",
    [
        "X = [1, 1]\n" + "X = [X, X]\n" * 40,
        "X = {'a': 1}\n" + "X = {'a': X, 'b': X}\n" * 40,
        "L = [1] + [2]\n" + "L = L + L\n" * 15 + "A = L + L + []\n" * 20,
        f"S = '{'a' * 50_000}'\n" + "A = S + 'b' + 'c' + []\n" * 1_000,
        "X = {}\n" + "".join(f"X['{number}'] = 1\nY = X\n" for number in range(2_000)),
    ],
)
def test_values_that_grow_without_end_are_refused(program: str) -> None:
    """They would take more memory than there is."""
    with pytest.raises(ValueError, match="too many"):
        python.read(program)


def test_tables_are_filled_key_by_key() -> None:
    """However many keys there are; a table that was made of another one stays as it was."""
    keys = {str(number): 1 for number in range(20_000)}
    program = "X = {}\n" + "".join(f"X['{key}'] = 1\n" for key in keys)
    assert {"X": keys} == python.read(program)[0]
    assert {"X": {"a": 1, "b": {"a": 1}}, "Y": {"a": 1}} == python.read("X = {'a': 1}\nY = X\nX['b'] = X\n")[
        0
    ]


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
        (r"({title: 'Caf\u00e9 \xe9 \u{1F986} \ud83e\udd86', })", ("title",), "Café é 🦆 🦆"),
        (r"({title: '\u{FFFFFF}\ud83e', })", ("title",), "\U0010ffff\ufffd"),
        (r"({title: '\u00 \q', })", ("title",), "u00 q"),
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
        ("({title: 'A', b: 'c\\", ("title",), "A"),
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
        ("A = dict(b='c', **B)", {"b": "c"}),
        ("A = dict([('b', 'c')])", None),
        ("A = {'b': 'c'}\nA['d'] = 'e'\nA[f()] = 'x'\nA[0][1] = 'x'", {"b": "c", "d": "e"}),
        ("A['b'] = 'c'", None),
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
        (["src/routes/blog/hello/+page.md"], "src/routes/blog"),
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
