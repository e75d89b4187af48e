"""What folders say for the posts in them, as Hugo, Jekyll and Eleventy keep it."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content import defaults, front_matter
from feeds.content.header_keys import over
from feeds.content.wildcards import matches
from feeds.problems import Findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.content.yaml_text import Value

POSTS = ("top.md", "posts/hello.md", "posts/2024/deep/index.md", "notes/other.md")


def load(
    root: Path, files: Mapping[str, str], *, content: str = "content", dialect: str = "plain"
) -> tuple[defaults.Defaults, list[str]]:
    """The defaults of a site of these files, and its problems as `path:line code message | hint`."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = defaults.load(root, content, POSTS, dialect=dialect)
    return found, [f"{p.path}:{p.line} {p.severity} {p.code} {p.message} | {p.hint}" for p in found.problems]


def values(found: defaults.Defaults, *paths: str, language: str = "") -> list[dict[str, Value]]:
    """The values for each post."""
    return [dict(found.for_post(path, language=language)) for path in paths]


def test_without_files_there_are_no_defaults(tmp_path: Path) -> None:
    """Nor is anything wrong with that."""
    found, problems = load(tmp_path, {})
    assert ([{}, {}], []) == (values(found, "top.md", "posts/hello.md"), problems)


@pytest.mark.parametrize("dialect", ["plain", "hugo", "zola", "auto"])
def test_a_cascade_is_for_all_posts_below(tmp_path: Path, dialect: str) -> None:
    """The nearest folder wins, in whatever spelling."""
    found, problems = load(
        tmp_path,
        {
            "content/_index.md": "---\ntitle: Home\ncascade:\n  author: Ana\n  lang: pt\n---\nhome\n",
            "content/posts/_index.md": "+++\ntitle = 'Posts'\n[cascade]\nauthors = ['Rui']\n+++\n",
            "content/posts/2024/_index.md": "---\ntitle: No cascade here\n---\n",
        },
        dialect=dialect,
    )
    assert [] == problems
    assert [
        {"author": "Ana", "lang": "pt"},
        {"authors": ["Rui"], "lang": "pt"},
        {"authors": ["Rui"], "lang": "pt"},
        {"author": "Ana", "lang": "pt"},
    ] == values(found, *POSTS)


@pytest.mark.parametrize(
    ("target", "paths"),
    [
        ("path: /posts/**", ["posts/hello.md", "posts/2024/deep/index.md"]),
        ("path: posts/*", ["posts/hello.md"]),
        ("path: '{/posts/hello,/notes/*}'", ["posts/hello.md", "notes/other.md"]),
        ("path: /Posts/2024/Deep", ["posts/2024/deep/index.md"]),
        ("path: /posts/hello.md", ["posts/hello.md"]),
        ("path: '**hello**'", ["posts/hello.md"]),
        ("path: /nowhere/**", []),
        ("kind: page", list(POSTS)),
        ("kind: '{home,page}'", list(POSTS)),
        ("kind: section", []),
        ("environment: production", list(POSTS)),
        ("environment: development", []),
        ("lang: pt", list(POSTS)),
    ],
)
@pytest.mark.parametrize("key", ["target", "_target"])
def test_hugos_targets(tmp_path: Path, key: str, target: str, paths: list[str]) -> None:
    """A cascade can be for some pages alone."""
    found, problems = load(
        tmp_path,
        {"content/_index.md": f"---\ncascade:\n  - {key}:\n      {target}\n    author: Ana\n---\n"},
        dialect="hugo",
    )
    assert (paths, []) == ([path for path in POSTS if found.for_post(path)], problems)


def test_of_two_targets_the_first_wins(tmp_path: Path) -> None:
    """As in Hugo; what it does not say, the second does."""
    found, _ = load(
        tmp_path,
        {
            "content/_index.md": "---\ncascade:\n- author: Ana\n  target: {path: /posts/**}\n- author: Rui\n  lang: pt\n---\n"
        },
    )
    assert [{"author": "Rui", "lang": "pt"}, {"author": "Ana", "lang": "pt"}] == values(
        found, "top.md", "posts/hello.md"
    )


def test_cascades_by_language(tmp_path: Path) -> None:
    """`_index.fr.md` is for French posts, as is a target that says so."""
    found, _ = load(
        tmp_path,
        {
            "content/_index.fr.md": "---\ncascade: {author: Anne}\n---\n",
            "content/posts/_index.md": "---\ncascade: {tags: [x], target: {lang: fr}}\n---\n",
        },
    )
    assert [{"author": "Anne", "tags": ["x"]}] == values(found, "posts/hello.md", language="fr")
    assert [{}] == values(found, "posts/hello.md", language="de")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hugo.toml", "title = 'x'\n[[cascade]]\nauthor = 'Ana'\n[cascade.target]\npath = '/posts/**'\n"),
        ("config.yaml", "title: x\ncascade:\n  - author: Ana\n    _target: {path: /posts/**}\n"),
        ("hugo.json", '{"cascade": {"author": "Ana", "target": {"path": "/posts/**"}}}'),
        ("config/_default/hugo.toml", "[cascade]\nauthor = 'Ana'\ntarget = {path = '/posts/**'}\n"),
    ],
)
def test_hugos_configuration(tmp_path: Path, name: str, text: str) -> None:
    """A cascade of the whole site; an `_index.md` is nearer. Other dialects have other files of these names."""
    files = {name: text, "content/posts/2024/_index.md": "---\ncascade: {author: Rui}\n---\n"}
    found, problems = load(tmp_path, files, dialect="hugo")
    assert ([{}, {"author": "Ana"}, {"author": "Rui"}, {}], []) == (values(found, *POSTS), problems)
    assert {} == load(tmp_path, files, dialect="zola")[0].for_post("posts/hello.md")


def test_a_content_folder_inside_hugos(tmp_path: Path) -> None:
    """Posts alone are read, and the folders around them still speak; targets start where Hugo's content does."""
    found, _ = load(
        tmp_path,
        {
            "content/_index.md": "---\ncascade:\n- {author: Ana, target: {path: /blog/**}}\n- lang: pt\n---\n",
            "content/blog/_index.md": "---\ncascade: {tags: [x]}\n---\n",
        },
        content="content/blog",
        dialect="hugo",
    )
    assert [{"author": "Ana", "lang": "pt", "tags": ["x"]}] == values(found, "posts/hello.md")


JEKYLL = """
title: A site
defaults:
  - scope: {path: "", type: posts}
    values: {author: Ana, layout: post, lang: pt}
  - scope: {path: "projects", type: "posts"}
    values: {categories: [work]}
  - scope:
      path: projects
    values:
      author: Rui
      categories: [anything]
  - scope: {type: drafts}
    values: {author: nobody}
  - values: {comments: true}
  - scope: {path: "*/_posts/2024*"}
    values: {tags: [old]}
"""


def test_jekylls_defaults(tmp_path: Path) -> None:
    """The longest path wins, and a type is nearer than none."""
    found, problems = load(tmp_path, {"_config.yml": JEKYLL}, content=".", dialect="jekyll")
    everywhere = {"comments": "true"}
    posts = everywhere | {"author": "Ana", "layout": "post", "lang": "pt"}
    assert [] == problems
    assert [
        posts,
        posts | {"author": "Rui", "categories": ["work"]},
        everywhere | {"author": "nobody"},
        posts,
        posts | {"tags": ["old"]},
        everywhere,
    ] == values(
        found,
        "_posts/2020-01-01-a.md",
        "projects/_posts/2020-01-01-a.md",
        "_drafts/a.md",
        "elsewhere/a.md",
        "life/_posts/2024-01-01-a.md",
        "_recipes/a.md",
    )
    assert {} == load(tmp_path, {}, content=".", dialect="plain")[0].for_post("_posts/2020-01-01-a.md")


def test_jekylls_paths_start_at_the_site(tmp_path: Path) -> None:
    """Not at the content folder."""
    text = "defaults: [{scope: {path: _posts/2024}, values: {author: Ana}}]"
    found, _ = load(tmp_path, {"_config.yml": text}, content="_posts", dialect="jekyll")
    assert [{"author": "Ana"}, {}] == values(found, "2024/2024-01-01-a.md", "2024-01-01-a.md")


@pytest.mark.parametrize(("dialect", "expected"), [("zola", {"draft": "true"}), ("hugo", {})])
def test_a_section_that_is_a_draft(tmp_path: Path, dialect: str, expected: dict[str, Value]) -> None:
    """Zola leaves its pages out with it; for Hugo it is the draft of a list."""
    files = {
        "content/_index.md": "+++\ndraft = false\n+++\n",
        "content/posts/_index.md": "+++\ntitle = 'Posts'\ndraft = true\n+++\n",
    }
    found, problems = load(tmp_path, files, dialect=dialect)
    assert [] == problems
    assert [{}, expected, expected, {}] == values(found, *POSTS)


def test_eleventys_data_files(tmp_path: Path) -> None:
    """They are named after their folder; the longer name wins, and the nearer folder."""
    files = {
        "src/src.json": '{"author": "Ana", "tags": "posts"}',
        "src/posts/posts.json": '{"author": "Rui", "layout": "post.njk", "draft": false}',
        "src/posts/posts.11tydata.json": '{"author": "Eva"}',
        "src/posts/2024/2024.json": "",
    }
    found, problems = load(tmp_path, files, content="src", dialect="eleventy")
    assert [] == problems
    assert [
        {"author": "Ana", "tags": "posts"},
        {"author": "Eva", "tags": "posts", "layout": "post.njk", "draft": "false"},
    ] == values(found, "top.md", "posts/hello.md")
    assert {} == load(tmp_path, files, content="src", dialect="hugo")[0].for_post("posts/hello.md")


def test_eleventy_merges_lists_of_data_files(tmp_path: Path) -> None:
    """One behind the other, and tags also when they are one text; `override:` before a key prevents it."""
    files = {
        "src/src.json": '{"tags": "posts, sea", "author": {"name": "Ana", "url": "/"}, "x": ["a"], "y": "a"}',
        "src/posts/posts.json": '{"tags": ["log"], "author": {"name": "Rui"}, "x": ["b"], "y": ["b"]}',
        "src/notes/notes.json": '{"override:tags": ["notes"], "override:x": []}',
    }
    found, _ = load(tmp_path, files, content="src", dialect="eleventy")
    rui: Value = {"name": "Rui", "url": "/"}
    assert [
        {"tags": ["posts", "sea", "log"], "author": rui, "x": ["a", "b"], "y": ["b"]},
        {"tags": ["notes"], "author": {"name": "Ana", "url": "/"}, "x": [], "y": "a"},
    ] == values(found, "posts/hello.md", "notes/other.md")


@pytest.mark.parametrize(
    ("config", "head", "expected"),
    [
        ("", "tags: [b]", ["posts", "a", "b"]),
        ("", "tags: b, c", ["posts", "a", "b", "c"]),
        ("", "tags: []", ["posts", "a"]),
        ("", "override:tags: [b]", ["b"]),
        ("c.setDataDeepMerge(false)", "tags: [b]", ["b"]),
    ],
)
def test_eleventy_merges_them_with_the_posts(
    tmp_path: Path, config: str, head: str, expected: list[str]
) -> None:
    """What a folder says and what the post says are both true."""
    files = {"content/posts/posts.json": '{"tags": ["posts", "a"]}', ".eleventy.js": config}
    found, _ = load(tmp_path, files, dialect="eleventy")
    matter = front_matter.split(f"---\ntitle: T\n{head}\n---\n", Findings("a.md"))
    whole = found.completed(matter, "posts/hello.md")
    assert (expected, (3, head.index(": ") + 3)) == (whole.values["tags"], whole.places["tags"])


def test_eleventy_without_templates_in_markdown(tmp_path: Path) -> None:
    """The configuration says for all posts what each of them could say."""
    config = "module.exports = () => ({\n  markdownTemplateEngine: false, // no {{ }}\n});"
    found, _ = load(tmp_path, {"eleventy.config.js": config}, dialect="eleventy")
    assert [{"templateEngineOverride": "md"}] == values(found, "top.md")
    files = {".eleventy.js": 'module.exports = { markdownTemplateEngine: "njk" };'}
    assert {} == load(tmp_path, files, dialect="eleventy")[0].for_post("top.md")


PROGRAM = "posts.11tydata.js:0 note defaults-invalid this is a program, which is not run: what"


@pytest.mark.parametrize(
    ("program", "expected", "note"),
    [
        ("module.exports = { tags: ['a'], lang: \"de\", };", {"tags": ["a"], "lang": "de"}, ""),
        ("// drafts\nexport default {\n  permalink: false, // none\n}\n", {"permalink": "false"}, ""),
        ("/** @type {import('x')} */\nexport default { lang: 'de' }", {"lang": "de"}, ""),
        (
            "export default {\n glob: 'img/*.png',\n draft: true,\n other: '*/x'\n}",
            {"glob": "img/*.png", "draft": "true", "other": "*/x"},
            "",
        ),
        ("export default { a: 'x // y', draft: true, f: g() }", {"draft": "true"}, "else it says"),
        (
            "export default {\n glob: 'img/*.png',\n draft: true,\n f: g('*/x')\n}",
            {"draft": "true"},
            "else it says",
        ),
        ("export default { a: /['\"]/, draft: true }", {"draft": "true"}, "else it says"),
        ('export default { draft: true, a: "' + '\\\\"' * 30_000, {"draft": "true"}, "else it says"),
        ('export default { a: "' + '\\"' * 30_000, {}, "it says"),
        ('export default { a: "' + '\\"' * 30_000 + "\\", {}, "it says"),
        ("export default { a: \"b\\\\\", lang: 'de' }", {"a": "b\\", "lang": "de"}, ""),
        ("export default { tags, lang: 'de' }", {}, "it says"),
        ("export default { lang }", {}, "it says"),
        ("export default { draft: process.env.X, lang: 'de' }", {}, "it says"),
        ("export default { lang: a || 'de' }", {}, "it says"),
        ("export default { ...x, lang: 'de' }", {}, "it says"),
        ("export default { lang: `a${b}` }", {}, "it says"),
        ("module.exports = { permalink: false, x: () => 1 }", {"permalink": "false"}, "else it says"),
        ("export default { draft: true, x: f(1) }", {"draft": "true"}, "else it says"),
        (
            "module.exports = () => ({ eleventyExcludeFromCollections: true })",
            {"eleventyExcludeFromCollections": "true"},
            "else it says",
        ),
        ("module.exports = { x: { permalink: false }, y: f(1) }", {}, "it says"),
        ("module.exports = { permalink: (data) => data.draft ? false : 'x' }", {}, "it says"),
    ],
)
def test_eleventys_programs(tmp_path: Path, program: str, expected: dict[str, Value], note: str) -> None:
    """One that is plain data is read like data; of others, what keeps posts back is heeded."""
    files = {"content/posts/posts.11tydata.js": program}
    found, problems = load(tmp_path, files, dialect="eleventy")
    assert ([expected], [f"content/posts/{PROGRAM} {note} of posts is not known"] if note else []) == (
        values(found, "posts/hello.md"),
        [problem.partition(" | ")[0] for problem in problems],
    )


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("filters: [Plugin.RemoveDrafts(), Plugin.ExplicitPublish()]", {"publish": "false"}),
        ("filters: [\n  // Plugin.ExplicitPublish(),\n]", {}),
        ("filters: [Plugin.RemoveDrafts()]", {}),
    ],
)
def test_quartz_that_wants_to_be_told(tmp_path: Path, config: str, expected: dict[str, Value]) -> None:
    """With this filter it publishes nothing that is not marked, also where nothing is yet."""
    found, _ = load(tmp_path, {"quartz.config.ts": config}, dialect="obsidian")
    assert expected == found.for_post("top.md")


def test_cascades_know_nothing_of_the_folders_of_languages(tmp_path: Path) -> None:
    """The paths of their targets begin below them, where each language has a folder of its own."""
    text = "cascade: [{target: {path: /blog/secret/**}, draft: true}]"
    found, _ = load(tmp_path, {"hugo.yaml": text}, dialect="hugo")
    assert {"draft": "true"} == found.for_post("en/blog/secret/s.md", language="en")
    assert {"draft": "true"} == found.for_post("pt-BR/blog/secret/s.md", language="pt-br")
    assert {} == found.for_post("en/blog/secret/s.md")
    assert {} == found.for_post("en/blog/open/s.md", language="en")


def test_patterns_for_addresses(tmp_path: Path) -> None:
    """With their place; those that are for no post, or say that there is no page, are none."""
    files = {
        "_config.yml": "title: x\ndefaults:\n- {scope: {type: posts}, values: {permalink: /:title/}}\n"
        "- {scope: {type: drafts}, values: {permalink: /d/}}\n- {values: {permalink: false}}\n"
    }
    found, _ = load(tmp_path, files, dialect="jekyll")
    assert (("_config.yml", 3, "/:title/"),) == found.permalinks


# ── Pelican ──────────────────────────────────────────────────────────────────────────────────────────────


def article(root: Path, settings: str, path: str, head: str = "Title: T\n", **files: str) -> dict[str, Value]:
    """What an article says, with what the settings of a site of Pelican's say of it."""
    found, problems = load(root, {"pelicanconf.py": settings, **files}, dialect="pelican")
    assert [] == problems
    matter = found.completed(front_matter.split(f"{head}\nText.\n", Findings(path)), path)
    return over(matter.values, found.for_post(path))


@pytest.mark.parametrize(
    ("settings", "path", "expected"),
    [
        ("DEFAULT_METADATA = {'status': 'draft'}", "a.md", {"status": "draft"}),
        ("DEFAULT_METADATA = dict(status='draft')", "a.md", {"status": "draft"}),
        ("DEFAULT_METADATA = {}\nDEFAULT_METADATA['status'] = 'draft'", "a.md", {"status": "draft"}),
        ("DEFAULT_METADATA = {'category': 'x', 'tags': 'a, b'}", "a.md", {"tags": "a, b"}),
        ("EXTRA_PATH_METADATA = {'x': {'status': 'hidden'}}", "x/a.md", {"status": "hidden"}),
        ("EXTRA_PATH_METADATA = {'x/': {'lang': 'a'}, 'x/y': {'lang': 'b'}}", "x/y/a.md", {"lang": "b"}),
        ("EXTRA_PATH_METADATA = {'x': {'status': 'hidden'}}", "xy/a.md", {}),
        ("EXTRA_PATH_METADATA = {'x/a.md': {'Lang': 'a'}}", "x/a.md", {"Lang": "a"}),
        (
            "DEFAULT_METADATA = {'lang': 'a'}\nEXTRA_PATH_METADATA = {'': {'lang': 'b'}}",
            "a.md",
            {"lang": "b"},
        ),
        ("DEFAULT_CATEGORY = 'log'", "a.md", {"category": "log"}),
        ("DEFAULT_CATEGORY = 'log'", "x/a.md", {}),
        ("DEFAULT_CATEGORY = 'log'\nUSE_FOLDER_AS_CATEGORY = False", "x/a.md", {"category": "log"}),
        ("USE_FOLDER_AS_CATEGORY = False", "x/a.md", {"category": "misc"}),
        ("PATH = 'content/x'\nDEFAULT_CATEGORY = 'log'", "x/a.md", {"category": "log"}),
        ("DEFAULT_DATE = (2018, 1, 2)", "a.md", {"date": "2018-01-02 00:00:00"}),
        ("DEFAULT_DATE = (2018, 1, 2, 3, 4)", "a.md", {"date": "2018-01-02 03:04:00"}),
        ("DEFAULT_DATE = '2018-01-02'", "a.md", {"date": "2018-01-02"}),
        ("DEFAULT_DATE = (2018, 1, 2)", "2020-02-03-a.md", {}),
        ("DEFAULT_DATE = (2018, 1, 2)", "pages/a.md", {}),
        ("DEFAULT_DATE = (2018, 1, 2)\nARTICLE_EXCLUDES = ['x']", "x/a.md", {}),
        ("DEFAULT_DATE = (2018, 1, 2)\nARTICLE_PATHS = ['blog']", "x/a.md", {}),
        ("DEFAULT_DATE = (2018, 1, 2)\nARTICLE_PATHS = ['.']", "x/a.md", {"date": "2018-01-02 00:00:00"}),
        ("DEFAULT_DATE = 'fs'", "a.md", {}),
        ("DEFAULT_DATE = (2018, 13, 2)", "a.md", {}),
        ("DEFAULT_DATE = ('a', 1, 2)", "a.md", {}),
        ("DEFAULT_DATE = (2018,)", "a.md", {}),
        (
            r"FILENAME_METADATA = r'(?P<date>\d{4}_\d\d_\d\d)_(?P<Slug>.*)'",
            "2020_02_03_a.md",
            {"date": "2020-02-03", "slug": "a"},
        ),
        (r"FILENAME_METADATA = r'(?P<date>\d+)'", "20.md", {}),
        (r"FILENAME_METADATA = r'(?P<slug>z)?'", "a.md", {}),
        (
            r"PATH_METADATA = r'(?P<category>[^/]+)/(?P<slug>.*)\.md'",
            "x/a.md",
            {"category": "x", "slug": "a"},
        ),
        (r"PATH_METADATA = r'x/(?P<slug>.*)\.md'", "y/a.md", {}),
        (
            "FILENAME_METADATA = '(?P<slug>.)'\nPATH_METADATA = '(?P<slug>.*)/(?P<lang>..)-'",
            "x/de-b.md",
            {"slug": "d", "lang": "de"},
        ),
        (
            "DEFAULT_CATEGORY = 'log'\nPATH_METADATA = '(?P<category>.*)[.]md'",
            "a.md",
            {"category": "a"},
        ),
        ("FILENAME_METADATA = ''\nPATH_METADATA = 7\nDEFAULT_METADATA = 7\nARTICLE_PATHS = 7", "a.md", {}),
    ],
)
def test_pelicans_settings(tmp_path: Path, settings: str, path: str, expected: dict[str, Value]) -> None:
    """What they say of an article that says nothing but its title; nothing of them is run."""
    found = article(tmp_path, settings, path)
    assert {"Title": "T"} | expected == found


def test_an_article_knows_better(tmp_path: Path) -> None:
    """In whatever spelling; what it says keeps its place, and what was added has none."""
    settings = (
        "DEFAULT_METADATA = {'status': 'draft', 'authors': 'Ana'}\nDEFAULT_DATE = '2018-01-02'\n"
        "DEFAULT_CATEGORY = 'log'\nPATH_METADATA = r'(?P<slug>.*)'\n"
    )
    head = "Title: T\nStatus: published\nDate: 2020-02-03\nCategories: a, b\nSlug: s\nAuthor: Rui\n"
    found = article(tmp_path, settings, "a.md", head)
    assert {
        "Title": "T",
        "Status": "published",
        "Date": "2020-02-03",
        "Categories": "a, b",
        "Slug": "s",
        "Author": "Rui",
    } == found
    loaded, _ = load(tmp_path, {}, dialect="pelican")
    whole = loaded.completed(front_matter.split("Title: T\n\nText.\n", Findings("a.md")), "a.md")
    assert ((1, 8), (0, 0)) == (whole.places["Title"], whole.places["slug"])


def test_an_article_that_leaves_a_key_empty_says_nothing(tmp_path: Path) -> None:
    """As in a template that was not filled in."""
    found = article(tmp_path, "DEFAULT_CATEGORY = 'log'", "a.md", "Title: T\nCategory:\nTags:\n")
    assert {"Title": "T", "Tags": "", "category": "log"} == found


def test_a_file_without_metadata_is_no_article(tmp_path: Path) -> None:
    """Pelican wants a title, so no date makes a post of it."""
    found, _ = load(tmp_path, {"pelicanconf.py": "DEFAULT_DATE = '2018-01-02'"}, dialect="pelican")
    matter = front_matter.split("Text.\n", Findings("a.md"))
    assert matter is found.completed(matter, "a.md")
    assert matter is load(tmp_path, {}, dialect="plain")[0].completed(matter, "a.md")


def test_what_the_published_site_is_made_with(tmp_path: Path) -> None:
    """It wins over what is there for working on it."""
    files = {"publishconf.py": "from pelicanconf import *\nDEFAULT_METADATA = {'status': 'published'}"}
    found = article(
        tmp_path, "DEFAULT_METADATA = {'status': 'draft'}\nDEFAULT_CATEGORY = 'log'", "a.md", **files
    )
    assert {"Title": "T", "status": "published", "category": "log"} == found


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "\nDEFAULT_METADATA = metadata()",
            "2 note defaults-invalid DEFAULT_METADATA is worked out by the program, which is not run: what it "
            "says of posts is not known | write plain values behind DEFAULT_METADATA =",
        ),
        (
            "PATH_METADATA = '(a'",
            "1 warning defaults-invalid PATH_METADATA is no regular expression: missing ), unterminated subpattern "
            "at position 0 | mend it, for Pelican as well",
        ),
        (
            "FILENAME_METADATA = '(?a)(?u)x'",
            "1 warning defaults-invalid FILENAME_METADATA is no regular expression: ASCII and UNICODE flags are "
            "incompatible | mend it, for Pelican as well",
        ),
        (
            "X = [1, 1]\n" + "X = [X, X]\n" * 40,
            "1 warning defaults-invalid not a program that Python could read | ",
        ),
        ("A = 1\nB = (", "2 warning defaults-invalid not valid Python: '(' was never closed | "),
        ("A = " + "-" * 100_000 + "1", "1 warning defaults-invalid not a program that Python could read | "),
    ],
)
def test_what_cannot_be_told_of_pelican_is_named(tmp_path: Path, text: str, problem: str) -> None:
    """With its line."""
    found, problems = load(tmp_path, {"pelicanconf.py": text}, dialect="pelican")
    assert ([f"pelicanconf.py:{problem}"], {}) == (problems, found.for_post("a.md"))


@pytest.mark.parametrize(("has_own", "expected"), [(False, {"lang": "pt"}), (True, {})])
def test_settings_that_are_called_so(tmp_path: Path, expected: dict[str, Value], *, has_own: bool) -> None:
    """They are Pelican's where nothing else is."""
    files = {
        "settings.py": "DEFAULT_METADATA = {'lang': 'pt'}\n",
        **({"pelicanconf.py": ""} if has_own else {}),
    }
    assert expected == load(tmp_path, files, dialect="pelican")[0].for_post("a.md")


def test_values_that_nest_too_deeply_cost_nothing_else(tmp_path: Path) -> None:
    """They are no metadata, however they came to be."""
    program = "X = [1]\n" + "X = [X]\n" * 40 + "DEFAULT_METADATA = {'lang': 'pt'}\n"
    found, problems = load(tmp_path, {"pelicanconf.py": program}, dialect="pelican")
    assert ([], {"lang": "pt"}) == (problems, found.for_post("a.md"))


def test_the_sites_own_folder_as_content(tmp_path: Path) -> None:
    """Its data file has the name of the folder that the site happens to be in."""
    site = tmp_path / "blog"
    found, _ = load(site, {"blog.json": '{"author": "Ana"}'}, content=".", dialect="eleventy")
    assert [{"author": "Ana"}] == values(found, "posts/hello.md")


@pytest.mark.parametrize(
    ("name", "text", "dialect", "problem"),
    [
        (
            "content/posts/_index.md",
            "---\ntitle: x\ncascade: a: b\n---\n",
            "plain",
            "content/posts/_index.md:3 warning defaults-invalid not valid YAML: mapping values are not allowed in "
            'this context | a value with a colon goes in quotes: cascade: "a: b"',
        ),
        (
            "content/posts/_index.md",
            "---\ntitle: x\ncascade: [a]\n---\n",
            "plain",
            "content/posts/_index.md:3 warning defaults-invalid cascade is neither a mapping nor a list of mappings "
            "| write cascade: {author: Ana}",
        ),
        (
            "hugo.toml",
            "title = 'x'\n[cascade\n",
            "hugo",
            "hugo.toml:2 warning defaults-invalid not valid TOML: expected ']' at the end of a table declaration | ",
        ),
        (
            "_config.yml",
            "title: x\ndefaults: {scope: {}}\n",
            "jekyll",
            "_config.yml:2 warning defaults-invalid defaults is not a list of mappings with scope and values "
            "| write - scope: {path: posts} and below it values: {author: Ana}",
        ),
        (
            "_config.yml",
            "title: x\ndefaults:\n- {values: [a]}\n- {scope: a, values: {}}\n- a\n",
            "jekyll",
            "_config.yml:3 warning defaults-invalid defaults is not a list of mappings with scope and values "
            "| write - scope: {path: posts} and below it values: {author: Ana}",
        ),
        (
            "content/posts/posts.json",
            '{\n"author" "Ana"}',
            "eleventy",
            "content/posts/posts.json:2 warning defaults-invalid not valid JSON: expecting ':' delimiter | look for a comma or a colon that is missing before this",
        ),
        (
            "content/posts/posts.json",
            "[1]",
            "eleventy",
            "content/posts/posts.json:1 warning defaults-invalid this is a list, not `key: value` lines | write keys with their values, one a line, such as title: Hello",
        ),
        (
            "content/posts/posts.11tydata.js",
            "module.exports = {}",
            "eleventy",
            "content/posts/posts.11tydata.js:0 note defaults-invalid this is a program, which is not run: what it "
            "says of posts is not known | write what matters for feeds into posts.11tydata.json",
        ),
        (
            "content/posts/posts.json",
            "{" + " " * 3 * 1024 * 1024 + "}",
            "eleventy",
            "content/posts/posts.json:0 warning defaults-invalid more than 2097152 bytes, so it is not read | ",
        ),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, name: str, text: str, dialect: str, problem: str
) -> None:
    """With its line; the posts go without."""
    found, problems = load(tmp_path, {name: text}, dialect=dialect)
    assert ([problem], {}) == (problems, found.for_post("posts/hello.md"))


def test_a_broken_index_without_a_cascade_is_nobodys_business(tmp_path: Path) -> None:
    """It holds no defaults, and is no post."""
    assert [] == load(tmp_path, {"content/_index.md": "---\na: b: c\n---\n"})[1]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """They are named as in a post."""
    path = tmp_path / "content" / "_index.md"
    path.parent.mkdir()
    path.write_bytes(b"---\ncascade: {author: \xe9}\n---\n")
    assert ["content/_index.md:2 warning defaults-invalid byte 22 (0xe9) is not UTF-8"] == [
        line.partition(" | ")[0] for line in load(tmp_path, {})[1]
    ]


def test_links_may_not_lead_out_of_the_content_folder(tmp_path: Path) -> None:
    """Nor out of the site; inside, they are followed."""
    (tmp_path / "site" / "content" / "posts").mkdir(parents=True)
    (tmp_path / "secret.md").write_text("---\ncascade: {author: Secret}\n---\n", encoding="utf-8")
    (tmp_path / "site" / "content" / "_index.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "site" / "content" / "common.md").write_text(
        "---\ncascade: {author: Ana}\n---\n", encoding="utf-8"
    )
    (tmp_path / "site" / "content" / "posts" / "_index.md").symlink_to("../common.md")
    (tmp_path / "site" / "hugo.toml").symlink_to(tmp_path / "secret.md")
    found, problems = load(tmp_path / "site", {}, dialect="hugo")
    assert [{}, {"author": "Ana"}] == values(found, "top.md", "posts/hello.md")
    assert [
        f"{name}:0 warning defaults-invalid a link that leads out of its folder, which is not followed | put the file itself there"
        for name in ("hugo.toml", "content/_index.md")
    ] == problems


def test_links_in_a_circle_and_pipes(tmp_path: Path) -> None:
    """Neither holds the run up."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "_index.md").symlink_to("_index.md")
    os.mkfifo(tmp_path / "hugo.toml")
    found, problems = load(tmp_path, {}, dialect="hugo")
    assert {} == found.for_post("top.md")
    assert [
        "hugo.toml:0 warning defaults-invalid not a regular file, so it is not read | ",
        "content/_index.md:0 warning defaults-invalid",
    ] == [problems[0], problems[1][: len("content/_index.md:0 warning defaults-invalid")]]


def test_a_content_folder_beside_the_site(tmp_path: Path) -> None:
    """Its own files are read, and nothing else out there."""
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "_index.md").write_text("---\ncascade: {lang: pt}\n---\n", encoding="utf-8")
    found, problems = load(
        site, {"../posts/_index.md": "---\ncascade: {author: Ana}\n---\n"}, content="../posts"
    )
    assert ([{"author": "Ana"}], []) == (values(found, "top.md"), problems)


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("", "", True),
        ("a", "a", True),
        ("a", "b", False),
        ("*", "abc", True),
        ("*", "a/b", False),
        ("**", "a/b", True),
        ("/posts/**", "/posts/", True),
        ("/posts/**", "/posts", False),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        ("a*c*e", "abcde", True),
        ("a*c*e", "abcd", False),
        ("{a,b}/*", "b/x", True),
        ("{a,b{c,d}}", "bd", True),
        ("{a", "{a", True),
        ("**/x", "a/b/x", True),
    ],
)
def test_wildcards(pattern: str, path: str, expected: bool) -> None:  # noqa: FBT001 - of a table
    """Stars stop at slashes, two of them do not."""
    assert expected is matches(pattern, path)


def test_wildcards_take_time_in_proportion() -> None:
    """Patterns on which regular expressions would never end."""
    assert not matches("**a" * 60 + "b", "a" * 2000)
    assert not matches("{a,b}" * 200, "a" * 10)


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["scope", "values", "path", "type", "cascade", "target", "lang", "kind", "author", "tags"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


PELICAN = (
    *("DEFAULT_METADATA", "EXTRA_PATH_METADATA", "FILENAME_METADATA", "PATH_METADATA", "DEFAULT_DATE"),
    *("DEFAULT_CATEGORY", "PATH", "ARTICLE_PATHS", "PAGE_PATHS", "USE_FOLDER_AS_CATEGORY"),
)


@given(TREES, st.sampled_from(["jekyll", "hugo", "eleventy", "pelican"]))
def test_any_configuration_ends_with_values_or_problems(tree: object, dialect: str) -> None:
    """Whatever the files of a generator hold."""
    with tempfile.TemporaryDirectory() as folder:
        found, _ = load(
            Path(folder),
            {
                "hugo.json": json.dumps({"cascade": tree}),
                "_config.yml": json.dumps({"defaults": tree}),
                "content/content.json": json.dumps(tree),
                "content/_index.md": json.dumps({"cascade": tree}) + "\n",
                "content/posts/posts.11tydata.js": f"export default {json.dumps(tree)}",
                "pelicanconf.py": "".join(f"{key} = {tree!r}\n" for key in PELICAN),
            },
            dialect=dialect,
        )
    matter = front_matter.split("Title: T\nTags: a\n\nText.\n", Findings("a.md"))
    for said in (found.for_post("posts/hello.md", language="pt"), found.completed(matter, "a.md").values):
        assert all(isinstance(key, str) for key in said)
