"""The part of the report on mail programs: what they do not know, for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from feeds.newsletter.clients import audience
from feeds.newsletter.clients.support import table
from feeds.newsletter.report.text import INDENT, paragraph, percent, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from feeds.newsletter.clients.losses import Support


def lines(support: Sequence[Support], readers: Mapping[str, int]) -> Iterator[str]:
    """What is lost, what the mail does well without, and how each program fares.

    `readers` is `[newsletter.audience]`, which `support` was weighed by.
    """
    losses = [each for each in support if each.is_loss]
    fine = [each for each in support if not each.is_loss]
    yield f"Mail programs: {plural(len(losses), 'loss') if losses else 'nothing is lost in any of them'}"
    for each in losses:
        yield f"{INDENT}{percent(each.readers)}  {each.title}"
        if each.no:
            yield from paragraph(f"not in {', '.join(audience.named(each.no))}", " " * 9)
        for says in dict.fromkeys(says for _, says in each.partly):
            some = audience.named(client for client, said in each.partly if said == says)
            yield from paragraph(f"{says}: {', '.join(some)}", " " * 9)
        more = f", and {each.count - 1} more" if each.count > 1 else ""
        yield from paragraph(f"line {each.line} of the HTML: {each.excerpt}{more}", " " * 9)
        yield f"{' ' * 9}{each.url}"
    if fine:
        yield f"{INDENT}Does well without, where a program does not know it:"
        reasons: dict[str, list[str]] = {}
        for each in fine:
            reasons.setdefault(each.without, []).append(each.title)
        for reason, titles in reasons.items():
            yield from paragraph(f"{', '.join(titles)}: {reason}", "    ", hang="      ")
    yield from _programs(support, readers)
    how = "by [newsletter.audience]" if readers else "all alike: [newsletter.audience] is empty"
    yield from paragraph(f"Data of caniemail.com, {table().date} (MIT). Readers are weighed {how}.", INDENT)


def _programs(support: Sequence[Support], readers: Mapping[str, int]) -> Iterator[str]:
    """How the mail fares in each program, the most read first."""
    shares = audience.weights(readers)
    if not support:
        return
    families: dict[str, float] = {}
    for client, share in shares.items():
        name = table().families[table().family_of(client)] if client != audience.OTHERS else "other"
        families[name] = families.get(name, 0) + share
    yield f"{INDENT}{'program':<24}{'readers':>8}{'lost':>8}{'plainer':>9}"
    for name, share in sorted(families.items(), key=lambda item: (-round(item[1], 6), item[0])):
        counts = Counter(
            each.is_loss
            for each in support
            if any(
                table().families[table().family_of(client)] == name
                for client in (*each.no, *(client for client, _ in each.partly))
            )
        )
        known = f"{counts[True]:>8}{counts[False]:>9}" if name != "other" else f"{'?':>8}{'?':>9}"
        yield f"{INDENT}{name:<24}{percent(share):>8}{known}"
