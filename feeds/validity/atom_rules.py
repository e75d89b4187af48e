"""What Atom asks of a feed: RFC 4287, and what the W3C feed validator reports."""

from __future__ import annotations

from feeds.validity.rules import table

RULES = table(
    "atom",
    [
        # the document
        (
            "atom-root",
            "error",
            "The outermost element is atom:feed, or atom:entry.",
            "RFC 4287 section 2",
        ),
        (
            "atom-element-placed",
            "error",
            "Elements of Atom stand only where Atom has them.",
            "RFC 4287 section 4; W3C validator: UndefinedElement",
        ),
        (
            "atom-element-once",
            "error",
            "An element that may stand once stands once.",
            "RFC 4287 section 4.1; W3C validator: DuplicateElement",
        ),
        (
            "atom-element-named",
            "warning",
            "Every element has a namespace, so that it can be told what it means.",
            "RFC 4287 section 6.4; W3C validator: UndeterminableVocabulary",
        ),
        (
            "atom-attribute-known",
            "error",
            "There are no attributes but those that Atom has.",
            "RFC 4287 section 6.4; W3C validator: UnexpectedAttribute",
        ),
        (
            "atom-text-placed",
            "error",
            "There is no text between the elements of a feed, an entry, a source or a person.",
            "RFC 4287 section 4; W3C validator: UnexpectedText",
        ),
        (
            "atom-metadata-first",
            "error",
            "What a feed says about itself stands before its entries.",
            "RFC 4287 section 4.1.1; W3C validator: MisplacedMetadata",
        ),
        # the feed
        (
            "atom-feed-id",
            "error",
            "A feed has an id.",
            "RFC 4287 section 4.1.1; W3C validator: MissingElement",
        ),
        (
            "atom-feed-title",
            "error",
            "A feed has a title.",
            "RFC 4287 section 4.1.1; W3C validator: MissingElement",
        ),
        (
            "atom-feed-updated",
            "error",
            "A feed has a date of its last change.",
            "RFC 4287 section 4.1.1; W3C validator: MissingElement",
        ),
        (
            "atom-feed-updated-newest",
            "warning",
            "A feed has not changed before its entries did: some readers skip it otherwise.",
            "RFC 4287 section 4.2.15",
        ),
        (
            "atom-generator-named",
            "warning",
            "The generator has a name.",
            "RFC 4287 section 4.2.4; W3C validator: NotBlank",
        ),
        (
            "atom-generator-address",
            "error",
            "The generator's address is one.",
            "RFC 4287 section 4.2.4; W3C validator: InvalidURIAttribute",
        ),
        (
            "atom-image-address",
            "error",
            "Icon and logo are addresses.",
            "RFC 4287 sections 4.2.5, 4.2.8; W3C validator: InvalidLink, NotBlank",
        ),
        # the entry
        (
            "atom-entry-id",
            "error",
            "An entry has an id.",
            "RFC 4287 section 4.1.2; W3C validator: MissingElement",
        ),
        (
            "atom-entry-title",
            "error",
            "An entry has a title.",
            "RFC 4287 section 4.1.2; W3C validator: MissingElement",
        ),
        (
            "atom-entry-updated",
            "error",
            "An entry has a date of its last change.",
            "RFC 4287 section 4.1.2; W3C validator: MissingElement",
        ),
        (
            "atom-entry-author",
            "error",
            "An entry has an author, in itself, its source or its feed.",
            "RFC 4287 section 4.1.2; W3C validator: MissingElement",
        ),
        (
            "atom-entry-content",
            "error",
            "An entry without content links to its page (rel alternate).",
            "RFC 4287 section 4.1.2; W3C validator: MissingContentOrAlternate",
        ),
        (
            "atom-entry-text",
            "warning",
            "An entry has content or a summary.",
            "RFC 4287 section 4.1.1.1; W3C validator: MissingTextualContent",
        ),
        (
            "atom-entry-summary",
            "error",
            "An entry whose content lies elsewhere, or is no text, has a summary.",
            "RFC 4287 section 4.1.2; W3C validator: MissingSummary",
        ),
        (
            "atom-entry-id-unique",
            "warning",
            "A feed has one version of each entry.",
            "RFC 4287 section 4.1.1; W3C validator: DuplicateEntries",
        ),
        (
            "atom-entry-version",
            "error",
            "Two versions of an entry have different dates of their last change.",
            "RFC 4287 section 4.1.1",
        ),
        (
            "atom-entry-ids-differ",
            "error",
            "A feed of ten and more entries has not the same id for all of them.",
            "RFC 4287 section 4.2.6; W3C validator: DuplicateIds",
        ),
        (
            "atom-entry-updated-unique",
            "warning",
            "No two entries changed at the same moment: readers that sort by it cannot tell which is newer.",
            "W3C validator: DuplicateUpdated",
        ),
        (
            "atom-entry-updated-later",
            "warning",
            "An entry's last change is not before its publication.",
            "RFC 4287 sections 4.2.9, 4.2.15",
        ),
        (
            "atom-source-complete",
            "warning",
            "A source has the id, the title and the last change of its feed.",
            "RFC 4287 section 4.2.11; W3C validator: MissingSourceElement",
        ),
        # ids
        (
            "atom-id-absolute",
            "error",
            "An id is an absolute IRI.",
            "RFC 4287 section 4.2.6; W3C validator: InvalidFullLink, InvalidTAG, InvalidURN, InvalidUUID",
        ),
        (
            "atom-id-ascii",
            "warning",
            "An id has ASCII characters only; the W3C validator takes others for an error.",
            "W3C validator: UriNotIri",
        ),
        (
            "atom-id-canonical",
            "warning",
            "An id is written as simply as it can be, because ids are compared by their characters.",
            "RFC 4287 section 4.2.6.1; W3C validator: NonCanonicalURI",
        ),
        (
            "atom-scheme-registered",
            "warning",
            "The scheme of an address is a registered one.",
            "RFC 7595; W3C validator: SchemeNotIANARegistered",
        ),
        (
            "atom-value-without-blanks",
            "error",
            "No blanks stand around dates and addresses.",
            "RFC 4287 sections 3.3, 4.2.6; W3C validator: UnexpectedWhitespace",
        ),
        # dates
        (
            "atom-date-form",
            "error",
            "A date is one of RFC 3339, with all its parts, a large T and a time zone.",
            "RFC 4287 section 3.3; W3C validator: InvalidRFC3339Date",
        ),
        (
            "atom-date-plausible",
            "warning",
            "A date is neither before 1990 nor still to come.",
            "W3C validator: ImplausibleDate",
        ),
        # links
        (
            "atom-link-address-given",
            "error",
            "A link has an address.",
            "RFC 4287 section 4.2.7.1; W3C validator: MissingHref",
        ),
        (
            "atom-link-address",
            "error",
            "The address of a link is an IRI.",
            "RFC 4287 section 4.2.7.1; W3C validator: InvalidIRI, InvalidUriChar",
        ),
        (
            "atom-address-absolute",
            "warning",
            "Addresses are absolute: few readers resolve relative ones, even with xml:base.",
            "RFC 4287 section 2; W3C validator: RelativeSelf, SameDocumentReference",
        ),
        (
            "atom-link-relation",
            "warning",
            "The relation of a link is a registered one, or an address.",
            "RFC 4287 section 4.2.7.2; W3C validator: UnregisteredAtomLinkRel, AttrNotBlank",
        ),
        (
            "atom-link-media-type",
            "error",
            "The type of a link is a media type.",
            "RFC 4287 section 4.2.7.3; W3C validator: InvalidMIMEType",
        ),
        (
            "atom-link-language",
            "error",
            "The language of a link is a language tag.",
            "RFC 4287 section 4.2.7.4; W3C validator: InvalidLanguage",
        ),
        (
            "atom-link-title",
            "warning",
            "The title of a link is plain text, and not empty.",
            "RFC 4287 section 4.2.7.5; W3C validator: AttrNotBlank, ContainsHTML",
        ),
        (
            "atom-link-length",
            "error",
            "The length of a link is a number of bytes.",
            "RFC 4287 section 4.2.7.6; W3C validator: InvalidNonNegativeInteger",
        ),
        (
            "atom-link-without-text",
            "warning",
            "A link has no text in it.",
            "RFC 4287 section 4.2.7; W3C validator: AtomLinkNotEmpty",
        ),
        (
            "atom-link-alternate-once",
            "error",
            "There is one alternate of each type and language.",
            "RFC 4287 sections 4.1.1, 4.1.2; W3C validator: DuplicateAtomLink",
        ),
        (
            "atom-link-self",
            "warning",
            "A feed says where it is (rel self).",
            "RFC 4287 section 4.1.1; W3C validator: MissingSelf",
        ),
        (
            "atom-link-self-location",
            "warning",
            "Where a feed says that it is, it is.",
            "RFC 4287 section 4.1.1; W3C validator: SelfDoesntMatchLocation",
        ),
        (
            "atom-link-self-media-type",
            "warning",
            "The type of the link to itself is that of a feed.",
            "W3C validator: SelfNotAtom",
        ),
        (
            "atom-link-replies",
            "error",
            "Only links to replies have their number and the last one's date, and those are such.",
            "RFC 4685 section 4; W3C validator: UnexpectedAttribute, NoThrWhen, InvalidRFC3339Date",
        ),
        # text
        (
            "atom-text-type",
            "error",
            "The type of a text is text, html or xhtml.",
            "RFC 4287 section 3.1.1; W3C validator: InvalidTextType, InvalidMIMEType, AttrNotBlank",
        ),
        (
            "atom-text-without-elements",
            "error",
            "Text and HTML have no elements inside; HTML is escaped.",
            "RFC 4287 section 3.1.1; W3C validator: UndefinedElement",
        ),
        (
            "atom-text-blank",
            "warning",
            "A text is not empty.",
            "W3C validator: NotBlank",
        ),
        (
            "atom-text-division",
            "error",
            "XHTML is a single div.",
            "RFC 4287 section 3.1.1.3; W3C validator: MissingXhtmlDiv",
        ),
        (
            "atom-text-xhtml",
            "warning",
            "Inside XHTML everything is XHTML, and nothing is escaped that was meant as mark-up.",
            "RFC 4287 section 3.1.1.3; W3C validator: NotHtml, NotInline",
        ),
        (
            "atom-content-type",
            "error",
            "The type of a content is text, html, xhtml or a media type, but not one of many parts.",
            "RFC 4287 section 4.1.3.1; W3C validator: InvalidMIMEType",
        ),
        (
            "atom-content-address",
            "error",
            "Content that lies elsewhere has an IRI, and nothing stands in the feed.",
            "RFC 4287 section 4.1.3.2; W3C validator: InvalidURIAttribute",
        ),
        (
            "atom-content-address-type",
            "warning",
            "Content that lies elsewhere says its type.",
            "RFC 4287 section 4.1.3.2; W3C validator: MissingTypeAttr",
        ),
        (
            "atom-content-base64",
            "error",
            "Content that is neither text nor XML is written in Base64.",
            "RFC 4287 section 4.1.3.3; W3C validator: NotBase64",
        ),
        (
            "atom-content-whole",
            "warning",
            "Content of the type text/html or application/xhtml+xml is a whole document.",
            "W3C validator: HtmlFragment",
        ),
        (
            "atom-language-given",
            "warning",
            "A feed says its language, which readers need for fonts, hyphens and voices.",
            "RFC 4287 section 2; W3C validator: MissingDCLanguage",
        ),
        # people and terms
        (
            "atom-person-name",
            "error",
            "A person has a name.",
            "RFC 4287 section 3.2.1; W3C validator: MissingElement, NotBlank",
        ),
        (
            "atom-person-name-plain",
            "warning",
            "A name is plain text, without HTML or a mail address.",
            "RFC 4287 section 3.2.1; W3C validator: ContainsHTML, ContainsEmail",
        ),
        (
            "atom-person-mail",
            "error",
            "A person's mail address is one, and nothing but that.",
            "RFC 4287 section 3.2.3; W3C validator: InvalidAddrSpec",
        ),
        (
            "atom-person-address",
            "error",
            "A person's address is an IRI.",
            "RFC 4287 section 3.2.2; W3C validator: InvalidIRI, NotBlank",
        ),
        (
            "atom-category-term",
            "error",
            "A category has a term.",
            "RFC 4287 section 4.2.2.1; W3C validator: MissingAttribute",
        ),
        (
            "atom-category-scheme",
            "error",
            "The scheme of a category is an absolute IRI.",
            "RFC 4287 section 4.2.2.2; W3C validator: InvalidFullLink",
        ),
        (
            "atom-category-label",
            "warning",
            "The label of a category is plain text.",
            "RFC 4287 section 4.2.2.3; W3C validator: ContainsHTML",
        ),
        (
            "atom-category-once",
            "warning",
            "A term stands once in its scheme; tags and categories have different schemes.",
            "RFC 4287 section 4.2.2",
        ),
    ],
)
