"""The house as drawn: rooms import downwards only, each library has one wall, and one door leads to the disk."""

from __future__ import annotations

import ast
import re
import sys
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions, requires
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import feeds

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(feeds.__file__).parent
TOP = Path(__file__).parent.parent

# Every module, a floor a line, the roof first; an indented line goes on with the floor above it. A module may import
# from its own floor and those below.
HOUSE = """
__main__ cli cli.build cli.check cli.diagnosis cli.github cli.init cli.listing cli.newsletter cli.options
  cli.published cli.handover cli.inspection cli.sources cli.talk
mailing pipeline
against.compare config content.collect generators.recognise publish render site_documents starter
content.reader posts
generators.bridgetown generators.docusaurus generators.eleventy generators.hexo generators.hugo
  generators.jekyll
generators.logseq generators.lume generators.mkdocs generators.nikola generators.obsidian generators.pelican
generators.plain generators.quarto generators.routes generators.vitepress generators.zola
content.default_files content.defaults content.eleventy_data content.hugo_languages content.pelican_metadata
generators.reading
content.front_matter documents generators.found generators.javascript setting_faults site_map
newsletter.compose newsletter.exports
newsletter.clients.losses newsletter.clients.summary newsletter.content.attachments
  newsletter.content.blocks newsletter.content.code newsletter.content.fitting newsletter.content.images
  newsletter.content.links newsletter.content.manuscript newsletter.content.phrases
  newsletter.content.pictures newsletter.content.players newsletter.content.tables newsletter.issue
  newsletter.report.inbox newsletter.report.lines newsletter.report.preview newsletter.report.reading
  newsletter.targets.beehiiv newsletter.targets.buttondown newsletter.targets.custom
  newsletter.targets.engines newsletter.targets.ghost newsletter.targets.listmonk
  newsletter.targets.mailchimp newsletter.targets.mailgun newsletter.targets.parts
  newsletter.targets.plain newsletter.targets.postmark newsletter.targets.refusals newsletter.targets.sendgrid newsletter.theme.values
newsletter.budget newsletter.envelope newsletter.inlining.css newsletter.inlining.document
  newsletter.inlining.inline newsletter.inlining.selectors newsletter.inlining.variables
  newsletter.inlining.with_css_inline newsletter.inlining.with_premailer newsletter.message
  newsletter.records newsletter.theme.files newsletter.theme.look newsletter.theme.words
newsletter.contract newsletter.contract.addresses newsletter.contract.cascade newsletter.contract.citation
  newsletter.contract.colours newsletter.contract.conditional newsletter.contract.contrast
  newsletter.contract.document newsletter.contract.footer newsletter.contract.headers
  newsletter.contract.images newsletter.contract.links newsletter.contract.list_headers
  newsletter.contract.mail newsletter.contract.merge_tags newsletter.contract.mime
  newsletter.contract.page newsletter.contract.preheader newsletter.contract.rules
  newsletter.contract.selectors newsletter.contract.sheet newsletter.contract.signature
  newsletter.contract.style newsletter.contract.tables newsletter.contract.text
  newsletter.contract.unstyled newsletter.contract.wire
builders.atom builders.issues builders.jsonfeed builders.opml builders.page builders.rss
builders._elements builders._entry builders._extras builders._feedgen builders._plain builders._podcast
body.markup body.summary channel_remarks titles validity validity.folder
body.engine body.hugo body.liquid body.mdx body.obsidian body.outputs body.shortcodes body.site_shortcodes
body.catalogue body.directives body.hexo body.leaf body.links body.margin body.normalise body.stash
  body.targets body.verbatim
content.hashtags
body.blocks body.callouts body.leaks body.nesting body.plaintext body.references body.reports body.sanitize
against.fitting authors channels content.header content.unfenced placement
content.elsewhere content.enclosures content.fences content.metadata content.moments content.participants
  content.people content.podcast
  content.terms content.transcripts generators.clues generators.exclusions generators.survey
against.built_site content.corrections content.fetchable content.mappings content.misspelt content.syndication
  content.mailing content.translations content.walk content.withheld setting_rules
validity.atom validity.atom_in_rss validity.atom_parts validity.atom_rules validity.atom_text
  validity.canonical validity.cite validity.content validity.documents
  validity.extensions validity.history validity.json_reading validity.jsonfeed validity.jsonfeed_members
  validity.jsonfeed_rules validity.markup validity.media
  validity.namespaces validity.nesting validity.opml validity.podcasts validity.rss validity.rss_items
  validity.rss_rules validity.rss_values validity.rules
  validity.schemas validity.shared validity.together
aliases archives body.sheet body.tables channel_options channel_paths mailboxes permalinks site_files taxonomies templates
  newsletter.slots setting_values weights
  where
newsletter.addresses newsletter.clients.audience newsletter.naming newsletter.report.text
_fs body.addresses body.columns body.components body.embeds body.highlight body.jsx body.kramdown
body.limits body.lookahead body.syndicated body.tags body.tera
  newsletter.clients.enhancements newsletter.clients.style_sheets newsletter.clients.support
   newsletter.clients.uses newsletter.content.tree newsletter.headers newsletter.literals
   newsletter.record_fields newsletter.weighing
content.dates content.durations content.header_keys content.text content.wildcards content.yaml_text
  generators.python patterns
dialects history identity itunes languages latin media_types slugs toml_lines
body.page codes deadline errors formats model problems progress regular settings settings.channels
  settings.content
  settings.newsletter settings.output settings.rows workers
feeds against body builders content generators newsletter
  newsletter.clients newsletter.content newsletter.inlining newsletter.report newsletter.targets newsletter.theme
"""
FLOORS = [
    {name if name == "feeds" else f"feeds.{name}" for name in line.split()}
    for line in HOUSE.replace("\n  ", " ").split("\n")[-2:0:-1]
]

# Which module may know which library; a name with a dot at its end means the whole package.
WALLS = {
    "babel": "newsletter.theme.words",
    "click": "cli.",
    "css_inline": "newsletter.inlining.with_css_inline",
    "cssutils": "newsletter.inlining.with_premailer",
    "fastjsonschema": "validity.schemas",
    "feedgen": "builders._feedgen",
    "filelock": "publish",
    "frontmatter": "content.yaml_text",
    "idna": "body.addresses",
    "imagesize": "newsletter.content.images",
    "jinja2": "templates",
    "lxml": "builders._feedgen validity.documents",  # what writes, and what judges it from outside
    "markdown": "body.engine",
    "markupsafe": "templates",
    "msgspec": "settings.",
    "nh3": "body.sanitize",
    "premailer": "newsletter.inlining.with_premailer",
    "pygments": "body.highlight",
    "pymdownx": "body.engine",
    "rich": "cli.",
    "selectolax": "body.links",
    "text_unidecode": "latin",
    "yaml": "content.yaml_text",
}

FORBIDDEN = {"socket", "http", "urllib.request", "requests", "urllib3", "pickle", "smtplib", "dateutil"}
SEAM = "feeds._fs"


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the package with its syntax tree."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """What a module imports when it runs or is called: not what only its types need."""
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(name: str, known: set[str]) -> str | None:
    """The module of ours that an import means: `feeds.model.Post` is in `feeds.model`."""
    while name:
        if name in known:
            return name
        name = name.rpartition(".")[0]
    return None


TREES = dict(modules())
GRAPH = {name: set(imports(tree)) for name, tree in TREES.items()}
EDGES = {
    name: {found for item in wanted if (found := ours(item, set(GRAPH))) and found != name}
    for name, wanted in GRAPH.items()
}
USERS: dict[str, set[str]] = {}  # of each library that is neither ours nor Python's
for _name, _wanted in GRAPH.items():
    for _library in {item.split(".")[0] for item in _wanted} - {"feeds", *sys.stdlib_module_names}:
        USERS.setdefault(_library, set()).add(_name)


def reachable(start: str) -> set[str]:
    """Every module of ours that importing `start` brings along, directly or not."""
    seen: set[str] = set()
    todo = [start]
    while todo:
        for other in EDGES[todo.pop()] - seen:
            seen.add(other)
            todo.append(other)
    return seen


def test_every_module_has_one_floor() -> None:
    """Whoever adds a module says where it stands."""
    drawn = [name for floor in FLOORS for name in floor]
    assert sorted(drawn) == sorted(TREES)


def test_imports_point_downwards() -> None:
    """No room needs one of a higher floor."""
    level = {name: number for number, floor in enumerate(FLOORS) for name in floor}
    assert [] == [
        f"{name} imports {other}"
        for name, wanted in EDGES.items()
        for other in wanted
        if level.get(other, 0) > level.get(name, len(FLOORS))
    ]


def test_no_room_leads_back_to_itself() -> None:
    """Nor does it need, by any way, a room that needs it."""
    TopologicalSorter(EDGES).prepare()  # raises a CycleError that names the circle


def test_every_library_has_a_wall() -> None:
    """A library that comes in has its one place from the beginning."""
    assert sorted(WALLS) == sorted(USERS)


@pytest.mark.parametrize(("library", "wall"), WALLS.items())
def test_only_the_wall_knows_the_library(library: str, wall: str) -> None:
    """A defect of a library is then mended in one place."""
    users = USERS.get(library, set())
    if wall.endswith("."):
        assert users
        assert all(f"{name}.".startswith(f"feeds.{wall}") for name in users), users
    else:
        assert {f"feeds.{name}" for name in wall.split()} == users


def test_what_is_imported_is_what_is_required() -> None:
    """An installation brings every library that is used, and no other, but for the time zones' data.

    Those of extras come on demand.
    """
    required = {re.split(r"[^\w-]", line)[0].lower() for line in requires("feedwright") or ()}
    owners = packages_distributions()
    used = {owners[library][0].lower() for library in USERS}
    assert required == used | {"tzdata"}


@pytest.mark.parametrize("name", sorted(GRAPH))
def test_nothing_reaches_for_the_network_or_unsafe_code(name: str) -> None:
    """A build works with the network cut off, and no cache can run code."""
    found = {w for w in GRAPH[name] if w in FORBIDDEN or w.split(".")[0] in FORBIDDEN}
    assert set() == found


WRITERS = {
    *("chmod", "hardlink_to", "makedirs", "mkdir", "mknod", "removedirs", "rename", "renames", "rmdir"),
    *("symlink", "symlink_to", "touch", "truncate", "unlink", "utime", "write_bytes", "write_text"),
}
WRITE_FLAGS = {"O_WRONLY", "O_RDWR", "O_CREAT", "O_APPEND", "O_TRUNC"}


def writes(call: ast.Call) -> bool:
    """Whether a call looks as if it changed files."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    owner = getattr(getattr(function, "value", None), "id", "")
    if name in {"open", "fdopen"}:
        if owner == "os" and name == "open":
            return bool({getattr(node, "attr", "") for node in ast.walk(call)} & WRITE_FLAGS)
        is_path = isinstance(function, ast.Attribute) and owner not in {"os", "io"}
        modes = [*call.args[0 if is_path else 1 :][:1], *(k.value for k in call.keywords if k.arg == "mode")]
        return any(not isinstance(mode, ast.Constant) or set(str(mode.value)) & set("wax+") for mode in modes)
    return (
        (isinstance(function, ast.Attribute) and name in WRITERS)
        or (owner == "shutil" and name != "which")
        or (owner == "os" and name in {"link", "remove", "replace", "write"})
        # of a path; those of text and of moments take more than one argument, or none without a name
        or (isinstance(function, ast.Attribute) and name == "replace" and len(call.args) == 1)
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        *(
            (f"path.{name}(x)", True)
            for name in ("write_text", "mkdir", "unlink", "replace", "rename", "rmdir")
        ),
        *((f"{call}", True) for call in ("os.remove(x)", "os.replace(x, y)", "shutil.move(x, y)")),
        *(
            (f"{call}", True)
            for call in ("open(x, 'w')", "open(x, mode='ab')", "open(x, m)", "path.open('r+')")
        ),
        *((f"{call}", True) for call in ("os.fdopen(x, 'wb')", "os.open(x, os.O_RDWR)", "io.open(x, 'x')")),
        *(
            (f"{call}", False)
            for call in ("open(x)", "open(x, 'rb')", "path.open()", "os.open(x, os.O_RDONLY)")
        ),
        *(
            (f"{call}", False)
            for call in ("'a'.replace('b', 'c')", "moment.replace(hour=0)", "items.remove(x)")
        ),
    ],
)
def test_writing_is_recognised(source: str, expected: bool) -> None:  # noqa: FBT001 - of a table
    """The next test looks for these."""
    call = ast.parse(source, mode="eval").body
    assert isinstance(call, ast.Call)
    assert expected is writes(call)


@pytest.mark.parametrize("name", sorted(set(TREES) - {SEAM}))
def test_only_the_seam_writes_files(name: str) -> None:
    """One module can be made to fail for every test of what happens then; only filelock has a file of its own."""
    calls = [node for node in ast.walk(TREES[name]) if isinstance(node, ast.Call)]
    assert [] == [ast.unparse(call) for call in calls if writes(call)]
    assert "tempfile" not in GRAPH[name]


# A group that gives nothing back. Behind `()` it is a list of punctuation, not a pattern.
POSSESSIVE_GROUP = re.compile(r"(?<![(\\])\)(?:[*+?]|\{[\d,]+\})\+|\(\?>")


@pytest.mark.parametrize("pattern", ["(?:a|b)*+", "(a)++", "(?:a)?+", "(?:a|b){2,}+", "(?>a|b)"])
def test_possessive_groups_are_recognised(pattern: str) -> None:
    """The next test looks for these."""
    assert POSSESSIVE_GROUP.search(pattern)


@pytest.mark.parametrize("name", sorted(TREES))
def test_no_pattern_has_a_possessive_group(name: str) -> None:
    """CPython before 3.11.5, which Debian 12 has, matches those wrongly; single characters are fine."""
    texts = [
        node.value
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [] == [text for text in texts if POSSESSIVE_GROUP.search(text)]


def test_the_newsletter_knows_neither_builders_nor_publishing() -> None:
    """Feeds and mails are two branches of one tree."""
    for name in GRAPH:
        if name.startswith("feeds.newsletter"):
            assert not {
                other for other in reachable(name) if other.startswith(("feeds.builders", "feeds.publish"))
            }


def test_builders_know_neither_content_nor_disk() -> None:
    """What a feed says is decided from posts and settings alone."""
    for name in GRAPH:
        if name.startswith("feeds.builders"):
            assert not reachable(name) & {
                "feeds.content.collect",
                "feeds.body.markup",
                "feeds._fs",
                "feeds.publish",
                "feeds.render",
            }


def test_what_judges_feeds_has_no_part_in_writing_them() -> None:
    """A mistake in a builder cannot hide in what is to find it."""
    for name in GRAPH:
        if name.startswith("feeds.validity"):
            assert not {
                other for other in reachable(name) if other.startswith(("feeds.builders", "feeds.body"))
            }


def test_only_the_command_line_prints() -> None:
    """The rest returns values."""
    for name, tree in TREES.items():
        if not name.startswith("feeds.cli"):
            called = {
                n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
            }
            assert not called & {"print", "input", "exit"}, name


def test_contributors_find_every_room() -> None:
    """The table of rooms names each module once; a name with a slash at its end stands for the whole package."""
    named: list[str] = []
    for cell in re.findall(r"(?m)^\| (`.+?) \|", (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        folder = ""
        for name in re.findall(r"`([\w/]+)`", cell):  # a folder holds for the names behind it
            above, slash, own = name.rpartition("/")
            folder = above + slash or folder
            room = "feeds." + (folder + own).replace("/", ".")
            named += [each for each in TREES if each.startswith(room)] if room.endswith(".") else [room]
    packages = {name for name in TREES if (PACKAGE.parent / name.replace(".", "/")).is_dir()}
    assert sorted(set(TREES) - packages - {"feeds.__main__"}) == sorted(named)


def test_every_promise_names_its_tests() -> None:
    """A row of SECURITY.md that nothing tests would be a hope."""
    page = (TOP / "SECURITY.md").read_text(encoding="utf-8").partition("## What is not promised")[0]
    rows = re.findall(r"(?m)^\| (?!promise)[^|-]+\|.+\|(.+)\|$", page)
    tests = [re.findall(r"`(test_\w+\.py)`", row) for row in rows]
    assert len(tests) == 14
    assert all(tests)
    assert [] == [name for row in tests for name in row if not (TOP / "tests" / name).is_file()]
