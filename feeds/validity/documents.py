"""The reading wall: bytes of XML, whoever wrote them, into a tree that knows its lines.

Behind it stands lxml, for reading and for RELAX NG. Nothing is fetched, no DTD read and no entity expanded: a
document with a DOCTYPE is judged for it and goes no further. Others see `Element` and never what lxml has.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from feeds.validity.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.validity.rules import Finding

LARGEST = 20_000_000  # bytes; more is not read at all
_W3C_READS = 2_000_000  # bytes

RULES = table(
    "rss atom opml",
    [
        (
            "xml-well-formed",
            "error",
            "The document is well-formed XML.",
            "XML 1.0 section 2.1; W3C validator: SAXError",
        ),
        (
            "xml-prefix-declared",
            "error",
            "Every prefix of an element or attribute is declared.",
            "Namespaces in XML 1.0 section 5; W3C validator: MissingNamespace",
        ),
        (
            "namespace-address",
            "error",
            "A namespace is an address without blanks.",
            "W3C validator: InvalidNamespace, InvalidIRI",
        ),
        (
            "xml-entity-known",
            "error",
            "No entities are used but the five of XML; those of HTML, such as &nbsp;, are characters here.",
            "XML 1.0 section 4.6; W3C validator: UndefinedNamedEntity",
        ),
        (
            "xml-character-legal",
            "error",
            "There are no control characters, not even as references.",
            "XML 1.0 section 2.2",
        ),
        (
            "xml-starts-at-once",
            "error",
            "Nothing stands before the XML declaration, no blank line either.",
            "XML 1.0 section 2.8; W3C validator: WPBlankLine",
        ),
        ("xml-version", "error", "The XML version is 1.0.", "W3C validator: BadXmlVersion"),
        (
            "xml-doctype-absent",
            "error",
            "There is no DOCTYPE: it can make readers fetch files or run out of memory, and they refuse it.",
            "W3C validator: InvalidDoctype, DeprecatedDTD, ContainsSystemEntity, FatalSecurityRisk",
        ),
        (
            "xml-encoding-known",
            "error",
            "The encoding that the document names is one that readers know.",
            "W3C validator: UnknownEncoding",
        ),
        (
            "xml-encoding-true",
            "error",
            "The bytes are text in the encoding that the document names, UTF-8 when it names none.",
            "XML 1.0 section 4.3.3; W3C validator: UnicodeError, EncodingMismatch",
        ),
        (
            "xml-encoding-utf-8",
            "warning",
            "The encoding is UTF-8, which every reader knows.",
            "RSS profile, character encoding; W3C validator: ObscureEncoding, NonstdEncoding",
        ),
        (
            "xml-byte-order-mark-absent",
            "warning",
            "A document in UTF-8 has no byte order mark, which some readers take for text.",
            "RFC 8259 section 8.1 and RFC 3629 section 6, for the same reason",
        ),
        (
            "xml-size",
            "warning",
            "The document has at most 2,000,000 bytes; the W3C validator and many readers read no further.",
            "W3C validator: ValidatorLimit",
        ),
    ],
)

# Names that XML in the wild has; Python knows others that are no character sets of documents.
_ENCODINGS = re.compile(
    r"utf-?8|utf-?16(?:[bl]e)?|utf-?32(?:[bl]e)?|us-ascii|ascii|iso-8859-\d{1,2}|latin-?1|windows-125\d"
    r"|koi8-[ru]|shift_jis|euc-(?:jp|kr)|iso-2022-(?:jp|kr)|gb2312|gbk|gb18030|big5|macintosh",
    re.IGNORECASE,
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARATION = re.compile(r"<\?xml(\s[^>]*?)\?>")
_PSEUDO = re.compile(r"""\s(version|encoding)\s*=\s*["']([^"']*)["']""")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEFORE_ROOT = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_HEAD = 1_000  # bytes in which the declaration stands
_RULE_OF = {
    "ERR_UNDECLARED_ENTITY": "xml-entity-known",
    "ERR_INVALID_CHAR": "xml-character-legal",
    "NS_ERR_UNDEFINED_NAMESPACE": "xml-prefix-declared",
    "ERR_RESERVED_XML_NAME": "xml-starts-at-once",
    "WAR_NS_URI": "namespace-address",
}


@dataclass(slots=True, eq=False)
class Element:
    """An element with the line of its start tag, from 1.

    `attributes` are by name, those with a namespace as `{namespace}name`. `texts` are the pieces of text that
    are directly inside. `declared` are the namespaces that its start tag declares, by prefix; the default one
    has none.
    """

    namespace: str
    name: str
    prefix: str
    attributes: dict[str, str]
    line: int
    parent: Element | None
    declared: dict[str, str]
    texts: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Its name with its prefix, as it is written."""
        return f"{self.prefix}:{self.name}" if self.prefix else self.name

    @property
    def text(self) -> str:
        """The text directly inside it, all of it."""
        return "".join(self.texts)

    def get(self, name: str) -> str | None:
        """The value of an attribute, None when it is not there."""
        return self.attributes.get(name)

    def all(self, name: str, namespace: str = "") -> list[Element]:
        """The children of this name."""
        return [child for child in self.children if child.name == name and child.namespace == namespace]

    def first(self, name: str, namespace: str = "") -> Element | None:
        """The first child of this name."""
        return next(iter(self.all(name, namespace)), None)

    def value(self, name: str, namespace: str = "") -> str:
        """The text of the first child of this name without blanks around it; empty when there is none."""
        found = self.first(name, namespace)
        return found.text.strip() if found else ""

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that could be read. `lines` are as they stand in it, `encoding` is what it is written in."""

    root: Element
    lines: tuple[str, ...]
    encoding: str
    tree: etree._Element = field(repr=False)

    def source(self, element: Element) -> str:
        """The lines of the document that an element without others inside begins and ends on."""
        return "\n".join(self.lines[element.line - 1 : element.line + element.text.count("\n")])


def read(data: bytes) -> tuple[Document | None, tuple[Finding, ...]]:
    """Read a document, with what is wrong with it as XML. It is None when that cannot be read over."""
    findings: list[Finding] = []
    if len(data) > LARGEST:
        findings.append(RULES["xml-size"].broken(f"it has {len(data):,} bytes, so it is not read", line=1))
        return None, tuple(findings)
    if len(data) > _W3C_READS:
        findings.append(RULES["xml-size"].broken(f"it has {len(data):,} bytes", line=1))
    text, encoding, found = _decoded(data)
    findings += found
    if text is None:
        return None, tuple(findings)
    text, found = _without_declaration(text)
    findings += found
    if forbidden := _FORBIDDEN.search(text):
        line = text.count("\n", 0, forbidden.start()) + 1
        name = f"U+{ord(forbidden[0]):04X}"
        rule = RULES["xml-character-legal"]
        findings.append(rule.broken(f"the character {name} is in it", line=line, excerpt=forbidden[0]))
    elif line := _doctype(text):
        findings.append(RULES["xml-doctype-absent"].broken("there is a DOCTYPE", line=line))
    else:
        root, found = _parsed(text)
        findings += found
        if root is not None:
            lines = tuple(text.split("\n"))
            document = Document(root=_element(root, None), lines=lines, encoding=encoding, tree=root)
            return document, tuple(findings)
    return None, tuple(findings)


def _decoded(data: bytes) -> tuple[str | None, str, list[Finding]]:
    """The text of the bytes, its lines ended by newlines only, and its encoding."""
    mark, marked = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
    head = data[:_HEAD].decode(marked or "latin-1", "replace").removeprefix("\ufeff")
    declaration = _DECLARATION.match(head.lstrip())
    declared = dict(_PSEUDO.findall(declaration[1])).get("encoding", "") if declaration else ""
    findings = []
    known = _ENCODINGS.fullmatch(declared) and _known(declared)
    if declared and not known:
        findings.append(RULES["xml-encoding-known"].broken(f"the encoding is {declared!r}", line=1))
        return None, declared, findings
    if marked and known and not known.startswith(marked):
        message = f"the document says {declared!r}, and its byte order mark {marked!r}"
        findings.append(RULES["xml-encoding-true"].broken(message, line=1))
    if marked == "utf-8":
        message = "it begins with a byte order mark"
        findings.append(RULES["xml-byte-order-mark-absent"].broken(message, line=1))
    encoding = marked or known or "utf-8"
    if encoding != "utf-8":
        message = f"the encoding is {declared or marked}"
        findings.append(RULES["xml-encoding-utf-8"].broken(message, line=1))
    try:
        text = data[len(mark) if marked == "utf-8" else 0 :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the bytes are not {encoding}: {error}"
        findings.append(RULES["xml-encoding-true"].broken(message, line=line))
        return None, encoding, findings
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding, findings


def _known(encoding: str) -> str:
    """The name that Python has for an encoding; empty when it has none."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return ""


def _without_declaration(text: str) -> tuple[str, list[Finding]]:
    """The text with its XML declaration blanked: what it says of the encoding holds no longer."""
    findings: list[Finding] = []
    start = len(text) - len(text.lstrip())
    declaration = _DECLARATION.match(text, start)
    if declaration is None:
        return text, findings
    if start:
        message = "blanks stand before the XML declaration"
        findings.append(RULES["xml-starts-at-once"].broken(message, line=1))
    version = dict(_PSEUDO.findall(declaration[1])).get("version", "")
    if version != "1.0":
        findings.append(RULES["xml-version"].broken(f"the version is {version!r}", line=1))
    blank = "\n" * declaration[0].count("\n")
    return text[:start] + blank + text[declaration.end() :], findings


def _doctype(text: str) -> int:
    """The line of a DOCTYPE in front of the root element; 0 when there is none."""
    at = 0
    while between := _BEFORE_ROOT.match(text, at):
        at = between.end()
    is_one = text.startswith("<!", at) and not text.startswith("<!--", at)
    return text.count("\n", 0, at) + 1 if is_one else 0


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _parsed(text: str) -> tuple[etree._Element | None, list[Finding]]:
    parser = _parser()
    try:
        return etree.fromstring(text.encode(), parser), []
    except etree.XMLSyntaxError as error:
        first = next(iter(parser.error_log), None)
        rule = RULES[_RULE_OF.get(first.type_name if first else "", "xml-well-formed")]
        message = re.sub(r", line \d+, column \d+$", "", error.msg or "not XML")
        return None, [rule.broken(message[:1].lower() + message[1:], line=error.lineno or 1)]


def _element(node: etree._Element, parent: Element | None) -> Element:
    """An element of lxml as ours, with all below it."""
    name = etree.QName(node)
    up = node.getparent()
    above = {} if up is None else up.nsmap
    element = Element(
        namespace=name.namespace or "",
        name=name.localname,
        prefix=node.prefix or "",
        attributes={str(key): str(value) for key, value in node.attrib.items()},
        line=int(str(node.sourceline)),  # the stubs have no type for it
        parent=parent,
        declared={prefix or "": uri for prefix, uri in node.nsmap.items() if above.get(prefix) != uri},
        texts=[node.text] if node.text else [],
    )
    for child in node:
        if isinstance(child.tag, str):
            element.children.append(_element(child, element))
        if child.tail:
            element.texts.append(child.tail)
    return element


def relax_ng(document: Document, schema: bytes) -> Iterator[tuple[int, str]]:
    """What a RELAX NG schema of ours, in XML, says against a document: lines and messages."""
    validator = _grammar(schema)
    if not validator.validate(document.tree.getroottree()):
        for entry in validator.error_log:
            yield entry.line, entry.message


@cache
def _grammar(schema: bytes) -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(schema, _parser()))
