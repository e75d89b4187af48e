"""What front matter says of a post's mail: `newsletter: {subject, preheader, intro, skip}`, or `false`."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from feeds.content.header_keys import fold, line, truth
from feeds.model import Mailing

if TYPE_CHECKING:
    from feeds.content.header_keys import Keys
    from feeds.content.yaml_text import Value
    from feeds.problems import Findings

_TEXTS = ("subject", "preheader", "intro")
_KEYS = (*_TEXTS, "skip")
_NOTHING: tuple[Value, ...] = (None, "", [], {})
_UNCLEAR = "newsletter-unclear"
_ALIKE = 0.7  # of 1: `preheading` and `preheader` are, `slug` and `subject` are not
_MOST_KEYS = 20  # that are looked at
_MOST_SHOWN = 30  # characters of a value


def read(keys: Keys, findings: Findings) -> Mailing:
    """What the mail of a post is to say, or that there is to be none; faults go to `findings`.

    What is not understood where a post may be kept out of the mail keeps it out: it can be mailed by its
    name, and a mail that was not to be cannot be taken back.
    """
    key, value = keys.first("newsletter")
    if not isinstance(value, dict):
        return Mailing(skip=_skips(value, key, keys, findings))
    _note(value, key, keys, findings)
    folded = {fold(name): each for name, each in reversed(value.items())}
    intro = folded.get("intro")
    return Mailing(
        subject=line(folded.get("subject")),
        preheader=line(folded.get("preheader")),
        intro=intro.strip() if isinstance(intro, str) else "",
        skip=_skip(folded.get("skip"), key, keys, findings),
    )


def _skips(value: Value, key: str, keys: Keys, findings: Findings) -> bool:
    """Whether `newsletter: VALUE` keeps the post out of the mail."""
    if value is None or truth(value) is True:
        return False
    if truth(value) is None and line(value).lower() != "skip":
        written = keys.written[key]
        _unclear(
            f"`{written}: {_shown(value)}` is not understood, so the post is mailed only by its name",
            f"`{written}: false` keeps it out of the mail, `true` does not",
            key,
            keys,
            findings,
        )
    return True


def _skip(value: Value, key: str, keys: Keys, findings: Findings) -> bool:
    """Whether `newsletter: {skip: VALUE}` does."""
    if value in _NOTHING:
        return False
    if truth(value) is None:
        _unclear(
            f"`skip: {_shown(value)}` is not understood, so the post is mailed only by its name",
            "`skip: true` keeps it out of the mail, `skip: false` does not",
            key,
            keys,
            findings,
        )
    return truth(value) is not False


def _shown(value: Value) -> str:
    """A value as it is named to people."""
    if isinstance(value, str):
        return line(value)[:_MOST_SHOWN]
    return "[…]" if isinstance(value, list) else "{…}"


def _unclear(message: str, hint: str, key: str, keys: Keys, findings: Findings) -> None:
    if key in keys.own:  # and no default of many posts, each of which would say so
        findings.add("warning", _UNCLEAR, message, at=keys.places[key], hint=hint)


def _note(value: dict[str, Value], key: str, keys: Keys, findings: Findings) -> None:
    """Warn of keys that mean nothing here: who misspells `skip:` mails what was not to be mailed.

    And of texts that are none.
    """
    if key not in keys.own:
        return  # a default of many posts, each of which would say so
    for name, each in list(value.items())[:_MOST_KEYS]:
        if fold(name) in _TEXTS and each not in _NOTHING and not isinstance(each, str):
            _unclear(f"`{name}: {_shown(each)}` is no text", "write one text", key, keys, findings)
        if fold(name) in _KEYS:
            continue
        near = get_close_matches(fold(name), _KEYS, n=1, cutoff=_ALIKE)
        findings.add(
            "warning",
            "key-misspelt",
            f"`{keys.written[key]}:` has no key `{name}`",
            at=keys.places[key],
            hint=f"did you mean `{near[0]}`?"
            if near
            else f"it knows {', '.join(_KEYS[:-1])} and {_KEYS[-1]}",
        )
