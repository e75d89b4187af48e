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

_KEYS = ("subject", "preheader", "intro", "skip")
_ALIKE = 0.7  # of 1: `preheading` and `preheader` are, `slug` and `subject` are not
_MOST_KEYS = 20  # that are looked at


def read(keys: Keys, findings: Findings) -> Mailing:
    """What the mail of a post is to say, or that there is to be none; faults go to `findings`."""
    key, value = keys.first("newsletter")
    if not isinstance(value, dict):
        return Mailing(skip=truth(value) is False or line(value).lower() == "skip")
    _note(value, key, keys, findings)
    folded = {fold(name): each for name, each in reversed(value.items())}
    intro = folded.get("intro")
    return Mailing(
        subject=line(folded.get("subject")),
        preheader=line(folded.get("preheader")),
        intro=intro.strip() if isinstance(intro, str) else "",
        skip=truth(folded.get("skip")) is True,
    )


def _note(value: dict[str, Value], key: str, keys: Keys, findings: Findings) -> None:
    """Warn of keys that mean nothing here: who misspells `skip:` mails what was not to be mailed."""
    if key not in keys.own:
        return  # a default of many posts, each of which would say so
    for name in list(value)[:_MOST_KEYS]:
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
