"""Atom against a RELAX NG schema, JSON Feed against a JSON Schema: our own, from the prose of the formats.

An entry at a time, so that more than the first fault of a document is told. Behind this wall stands
fastjsonschema; the one to RELAX NG is in `documents`.
"""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import fastjsonschema

from feeds.validity import documents, jsonfeed
from feeds.validity.atom_parts import name_of
from feeds.validity.namespaces import ATOM
from feeds.validity.rules import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from feeds.validity.documents import Document
    from feeds.validity.rules import Finding

RULES = {
    **table(
        "atom",
        [
            (
                "atom-schema",
                "error",
                "A document has the structure that Atom gives it.",
                "RFC 4287 sections 2 to 4 as RELAX NG, with RFC 4685, RFC 5005, RFC 6721 and Media RSS",
            ),
        ],
    ),
    **table(
        "json",
        [
            (
                "json-schema",
                "error",
                "A document has the structure that JSON Feed gives it.",
                "JSON Feed 1.1 as a JSON Schema",
            ),
        ],
    ),
}

_ENTRY = f"{{{ATOM}}}entry"
_TOLD = 2  # messages of RELAX NG about an entry: the first says what, the second mostly where


def untold(found: Iterable[Finding], of_schema: Iterable[Finding]) -> Iterator[Finding]:
    """What a schema finds in entries, or the head, in which the rules have found no error.

    Where they have, the schema says the same once more, and less well.
    """
    told = {finding.entry for finding in found if finding.rule.severity == "error"}
    return (finding for finding in of_schema if finding.entry not in told)


def lint_atom(document: Document) -> Iterator[Finding]:
    """Hold an Atom document against the schema."""
    schema = _schema("atom.rng")
    faults = list(documents.relax_ng(document, schema))
    if not faults:
        return
    tree = document.tree
    entries = [node for node in tree if node.tag == _ENTRY]
    if not entries:
        yield _atom_finding(faults, name_of(document.root))
        return
    # Copies, because a tree is held against the schema from its root on; their lines stay what they are.
    head = copy.deepcopy(tree)
    for node in [node for node in head if node.tag == _ENTRY]:
        head.remove(node)
    if faults := list(documents.relax_ng(replace(document, tree=head), schema)):
        yield _atom_finding(faults, "")
    for node, element in zip(entries, document.root.all("entry", ATOM), strict=True):
        if faults := list(documents.relax_ng(replace(document, tree=copy.deepcopy(node)), schema)):
            yield _atom_finding(faults, name_of(element))


def _atom_finding(faults: list[tuple[int, str]], entry: str) -> Finding:
    messages = list(dict.fromkeys(message for _, message in faults))[:_TOLD]
    said = "; ".join(f"{message[:1].lower()}{message[1:]}" for message in messages)
    return RULES["atom-schema"].broken(said, line=faults[0][0], entry=entry)


def lint_json(document: object) -> Iterator[Finding]:
    """Hold what `json_reading.read` read against the schema."""
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(items, list):
        yield from _json_findings(document, "feed", line=0)
        return
    own: int = getattr(document, "line", 0)
    yield from _json_findings({**document, "items": []}, "feed", line=own)
    for place, item in enumerate(items):
        name = jsonfeed.name_of(item) if isinstance(item, dict) else ""
        for finding in _json_findings(item, "item", line=getattr(item, "line", own)):
            message = finding.message.replace("data", f"item {place + 1}", 1)
            yield replace(finding, message=message, entry=name)


def _json_findings(value: object, part: str, *, line: int) -> Iterator[Finding]:
    try:
        _validator(part)(value)
    except fastjsonschema.JsonSchemaValueException as fault:
        yield RULES["json-schema"].broken(str(fault.message), line=line)


@cache
def _validator(part: str) -> Callable[[object], object]:
    """The compiled schema of a whole feed, or of an item."""
    schema = json.loads(_schema("jsonfeed.schema.json"))
    if part == "item":
        schema = {name: schema[name] for name in ("$schema", "definitions")} | {"$ref": "#/definitions/item"}
    validator: Callable[[object], object] = fastjsonschema.compile(schema, use_default=False)
    return validator


@cache
def _schema(name: str) -> bytes:
    return resources.files("feeds.validity").joinpath(name).read_bytes()
