"""Which of a mail's features which mail programs do not know, and how many readers have those programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.newsletter.clients.audience import weights
from feeds.newsletter.clients.enhancements import HIDING, IN_SHEET, without
from feeds.newsletter.clients.support import table
from feeds.newsletter.clients.uses import uses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeds.newsletter.clients.support import Feature
    from feeds.newsletter.clients.uses import Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """A feature that the mail uses and that some programs of the audience do not know, or not wholly.

    `no` are those that do not know it, `partly` those that know a part, with what they do of it; both by
    weight. `readers` is the share of readers with one of them, between 0 and 1. `without` says what the mail
    is to those: the feature is an enhancement that it does well without. It is empty for a loss. `excerpt`
    and `line` are the first place that is hit, `count` how many are.
    """

    slug: str
    title: str
    url: str
    tested: str
    no: tuple[str, ...]
    partly: tuple[tuple[str, str], ...]
    readers: float
    without: str
    excerpt: str
    line: int
    count: int

    @property
    def is_loss(self) -> bool:
        """Whether something is missing for those readers that the mail should have."""
        return not self.without


def support(html: str, audience: Mapping[str, int]) -> tuple[Support, ...]:
    """What a finished mail asks of mail programs that some do not know: losses first, then by readers.

    `audience` is `[newsletter.audience]`; see `audience`. A feature whose uses are partly an enhancement
    and partly a loss is in the result twice.
    """
    shares = weights(audience)
    groups: dict[tuple[str, str], list[tuple[Feature, Use]]] = {}
    for use in uses(html):
        for feature in table().features_of(use):
            groups.setdefault((feature.slug, without(feature.slug, use)), []).append((feature, use))
    merged: dict[tuple[str, bool], list[tuple[Feature, Use, str]]] = {}
    for (slug, reason), found in groups.items():
        merged.setdefault((slug, bool(reason)), []).extend((*each, reason) for each in found)
    rows = (_row(found, shares) for found in merged.values())
    return tuple(
        sorted(
            (row for row in rows if row), key=lambda row: (not row.is_loss, -round(row.readers, 6), row.slug)
        )
    )


def _row(found: Iterable[tuple[Feature, Use, str]], shares: Mapping[str, float]) -> Support | None:
    """One feature with all its uses; nothing when every program knows them."""
    no: dict[str, None] = {}
    partly: dict[str, str] = {}
    hit: list[tuple[Feature, Use, str]] = []
    for feature, use, reason in found:
        is_hit = False
        for column, client in enumerate(table().clients):
            if client not in shares:
                continue
            known, says = feature.known(column, use)
            if known == "no":
                no[client] = None
            elif known == "partly":
                partly.setdefault(client, says)
            is_hit |= known in {"no", "partly"}
        if is_hit:
            hit.append((feature, use, reason))
    if not hit:
        return None
    feature, first, reason = min(
        hit, key=lambda each: each[2] in {IN_SHEET, HIDING}
    )  # what is seen says more
    by_weight = sorted(no, key=lambda client: (-shares[client], client))
    partial = sorted(
        (client for client in partly if client not in no), key=lambda name: (-shares[name], name)
    )
    return Support(
        slug=feature.slug,
        title=feature.title,
        url=feature.url,
        tested=feature.tested,
        no=tuple(by_weight),
        partly=tuple((client, partly[client]) for client in partial),
        readers=min(1.0, sum(shares[client] for client in (*by_weight, *partial))),
        without=reason,
        excerpt=first.excerpt,
        line=first.line,
        count=len(hit),
    )
