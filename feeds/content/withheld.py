"""Why an author keeps a post back: every generator's way to say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.content.header_keys import KEYS, fold, line, said, truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeds.content.header_keys import Keys
    from feeds.content.yaml_text import Value
    from feeds.problems import Findings

# Statuses that say "not yet" or "not for everyone". Others are left alone: some write `status: seedling`.
_STATUS = {
    **dict.fromkeys(("draft", "pending", "unpublished", "wip", "idea", "trash"), "draft"),
    **dict.fromkeys(("hidden", "unlisted", "private", "skip"), "hidden"),
}
# Who a post is for when it is for everyone: what Ghost, Substack and themes with members write.
_EVERYONE = frozenset(
    {
        *("public", "all", "everyone", "everybody", "anyone", "anybody", "free", "open", "world"),
        *("published", "visible", "true", "yes", "on"),
    }
)
# Words that, as the value of a key about access, can only mean that it is not.
_SOME = re.compile(
    r"(?:for)?(?:(?:only)?(?:for)?(?:members?|subscribers?|patrons?|paid|paying|premium|supporters?)"
    r"|(?:paid|paying|premium|registered|free|founding)(?:members?|subscribers?|users?)"
    r"|onlyfree|founding|subscription|private|restricted|internal|confidential|loggedin|authenticated)(?:only)?"
)
_ACCESS = (
    *("access", "accesslevel", "accesstier", "audience", "privacy", "privileges", "permission"),
    *("permissions", "tier", "tiers", "membership", "subscription", "restrictedto", "visibleto"),
    *("feed", "feeds", "status"),
)
# Keys that say nothing else, and so hold with any value but a no; and everyday words, which hold with a yes.
_CLOSED = re.compile(
    r"(?:is|for)?(?:(?:paid|paying|registered)?(?:members?|subscribers?|users?)|paid|paying|premium|patrons?"
    r"|patreon|supporters?|sponsors?|friends|login)only"
    r"|(?:is)?paywall(?:ed)?|(?:requires?|needs?)(?:login|auth|membership|subscription)"
    r"|(?:login|auth|membership|subscription)required"
)
_LOCKS = frozenset(
    {
        *("premium", "ispremium", "paid", "ispaid", "restricted", "isrestricted", "protected", "gated"),
        *("private", "isprivate"),
    }
)
_OPEN = ("public", "ispublic")
_GROUPS = ("params", "extra")  # where Hugo and Zola want the keys that are not their own

# A note of Obsidian's with one of these keys is the file of a plugin, which is text for that plugin only.
_PLUGINS = ("kanbanplugin", "excalidrawplugin", "dbplugin")
_NO_PAGE = frozenset({"never", "false", "link"})  # `list:` and `render:` of Hugo's `build:`


# What pages with a date say that are no posts, in themes of Nextra's; to Hugo a type is another thing.
_TYPES_OF_PAGES = frozenset({"page", "tag"})

# What Obsidian Publish, Digital Garden and Enveloppe publish a note by.
_MARKS = ("publish", "dgpublish", "share")


def is_marked(keys: Keys) -> bool:
    """Whether an author says that this is to be published: `publish: true`, as vaults have it."""
    return any(_says(keys.values, key, yes=True) for key in _MARKS)


def reason(keys: Keys, dialect: str, findings: Findings) -> str:
    """`draft`, `hidden`, `not public`, `no post` or `deleted`; empty for a post that is to be published."""
    if any(said(keys.values.get(key)) for key in _PLUGINS) or _says(keys.values, "ispage", yes=True):
        return "no post"
    if dialect in {"plain", "auto"}:
        if line(keys.values.get("type")).lower() in _TYPES_OF_PAGES:
            return "no post"
        if _says(keys.values, "article", yes=False):
            return "hidden"  # from the lists of articles that themes of VuePress make
    draft = keys.values.get("draft")
    if said(draft) and truth(draft) is None:
        # Nobody writes `draft:` on a finished post, so what is not a clear no is taken for a yes.
        findings.add(
            "warning",
            "draft-unclear",
            "draft is neither true nor false, so the post is kept back",
            at=keys.places["draft"],
            hint="write draft: true or draft: false",
        )
        return "draft"
    # Elsewhere `share: false` is a theme's, which then has no buttons for it.
    if dialect == "obsidian" and _says(keys.values, "share", yes=False):
        return "draft"
    if _says(keys.values, "dghome", yes=True):
        return "list page"  # where a Digital Garden begins
    return _reason(keys.values)


def keeps_back(key: str, value: Value) -> bool:
    """Whether a post that says `value` under this folded key, and nothing else, may be kept back by it."""
    if key in KEYS["deleted"]:
        return truth(value) is not False
    return key in (*KEYS["embargo"], *KEYS["expires"]) or bool(_reason({key: value}))


def _reason(values: Mapping[str, Value]) -> str:
    if any(_says(values, key, yes=True) for key in ("draft", "isdraft", "wip")) or any(
        _says(values, key, yes=False) for key in ("published", "ispublished", "publish", "dgpublish")
    ):
        return "draft"
    if _hidden(values):
        return "hidden"
    for key in ("status", "publish"):  # Metalsmith has the words under the second one
        for word in _words(values.get(key)):
            if status := _STATUS.get(word):
                return status
    password = values.get("password")  # Hexo and Nikola encrypt what stands behind one
    locked = password not in (None, "", [], {}) and truth(password) is not False
    if locked or any(_is_for_some(each) for each in (values, *_grouped(values))):
        return "not public"
    # With a date, `feeds.content.collect` knows from when on.
    return "deleted" if any(_says(values, key, yes=True) for key in KEYS["deleted"]) else ""


def _grouped(values: Mapping[str, Value]) -> Iterator[Mapping[str, Value]]:
    for group in _GROUPS:
        nested = values.get(group)
        if isinstance(nested, dict):
            yield {fold(key): value for key, value in nested.items()}


def _is_for_some(values: Mapping[str, Value]) -> bool:
    """Whether a post is for members only, which must never slip into a public feed: in doubt it is."""
    if any(word not in _EVERYONE for word in _words(values.get("visibility"))):
        return True
    if any(_SOME.fullmatch(word) for key in _ACCESS for word in _words(values.get(key))):
        return True
    return any(_is_lock(key, value) for key, value in values.items())


def _is_lock(key: str, value: Value) -> bool:
    switch = truth(value)
    if key in _OPEN:
        return switch is False
    if key in _LOCKS:
        return switch is True or any(_SOME.fullmatch(word) for word in _words(value))
    if switch is False or not _CLOSED.fullmatch(key):
        return False
    return switch is True or any(word not in {*_EVERYONE, "none"} for word in _words(value))


def _words(value: Value) -> Iterator[str]:
    """What a value says, in whatever shape, each folded as keys are; of a switch in a map, its name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _words(name if truth(inner) is True else inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    elif isinstance(value, str):
        yield from (word for part in re.split(r"[,;|]", value) if (word := fold(part)))


def _says(values: Mapping[str, Value], key: str, *, yes: bool) -> bool:
    return truth(values.get(key)) is yes


def _hidden(values: Mapping[str, Value]) -> bool:
    # A page that its generator does not write has no address to send readers to.
    return (
        any(
            _says(values, key, yes=True)
            for key in ("hidden", "hide", "unlisted", "private", "headless", "eleventyexcludefromcollections")
        )
        or any(_says(values, key, yes=False) for key in ("render", "permalink", "url"))
        or _left_out(values.get("build"))
    )


def _left_out(build: Value) -> bool:
    return isinstance(build, dict) and any(
        line(build.get(key)).lower() in _NO_PAGE for key in ("list", "render")
    )
