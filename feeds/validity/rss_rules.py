"""What RSS 2.0 asks (rssboard.org/rss-specification), with the profile of best practices."""

from __future__ import annotations

from feeds.validity.rules import table

RULES = table(
    "rss",
    [
        (
            "rss-version",
            "error",
            "The version is 2.0, or one that it is compatible with.",
            "RSS 2.0, <rss>; W3C validator: InvalidRSSVersion, MissingAttribute",
        ),
        (
            "rss-namespace",
            "error",
            "RSS's own elements are in no namespace.",
            "RSS 2.0, extending RSS; W3C validator: InvalidNamespace",
        ),
        (
            "rss-channel",
            "error",
            "There is one channel.",
            "RSS 2.0, <channel>; W3C validator: MissingElement",
        ),
        (
            "rss-element-known",
            "error",
            "Every element without a namespace is one of RSS, where it belongs.",
            "RSS 2.0; W3C validator: UndefinedElement, NoBlink",
        ),
        (
            "rss-element-in-namespace",
            "error",
            "What stands in an element of a namespace has one as well.",
            "RSS 2.0, extending RSS; W3C validator: NotInANamespace",
        ),
        (
            "rss-element-unique",
            "error",
            "Every element stands once, but for items, categories and enclosures.",
            "RSS 2.0; W3C validator: DuplicateElement",
        ),
        (
            "rss-attribute-known",
            "error",
            "An element has only the attributes that RSS gives it.",
            "RSS 2.0; W3C validator: UnexpectedAttribute",
        ),
        (
            "rss-attribute-foreign",
            "warning",
            "RSS's own elements have no attributes of namespaces that readers do not know.",
            "RSS 2.0, extending RSS; W3C validator: UseOfExtensionAttr",
        ),
        (
            "rss-text-placed",
            "error",
            "No text stands between the elements of a channel, item or image.",
            "RSS 2.0; W3C validator: UnexpectedText",
        ),
        (
            "rss-channel-title",
            "error",
            "The channel has a title.",
            "RSS 2.0, required channel elements; W3C validator: MissingTitle",
        ),
        (
            "rss-channel-link",
            "error",
            "The channel has the address of its site.",
            "RSS 2.0, required channel elements; W3C validator: MissingLink",
        ),
        (
            "rss-channel-description",
            "error",
            "The channel has a description.",
            "RSS 2.0, required channel elements; W3C validator: MissingDescription",
        ),
        (
            "rss-blank",
            "warning",
            "A title, category, guid or date that stands there is not blank.",
            "RSS profile, title; W3C validator: NotBlank",
        ),
        (
            "rss-self-link",
            "warning",
            "The channel has an atom:link to the feed itself.",
            "RSS profile, atom:link; W3C validator: MissingAtomSelfLink",
        ),
        (
            "rss-item-placed",
            "warning",
            "Items stand behind all that the channel says of itself.",
            "RSS profile, item; W3C validator: MisplacedItem",
        ),
        (
            "rss-address",
            "error",
            "Links, comments, documentation and images are absolute addresses in ASCII.",
            (
                "RSS 2.0, comments on URLs; W3C validator: InvalidLink, InvalidFullLink, UriNotIri, "
                "InvalidUriChar, "
                "InvalidTAG, InvalidURN, InvalidUUID"
            ),
        ),
        (
            "rss-address-scheme",
            "warning",
            "The scheme of an address is a registered one.",
            "RSS 2.0, comments on URLs; W3C validator: SchemeNotIANARegistered",
        ),
        (
            "rss-date",
            "error",
            "A date is one of the calendar, in the format of RFC 822: Sat, 31 Jan 2026 18:30:00 +0100.",
            "RSS 2.0, <pubDate>; W3C validator: InvalidRFC2822Date",
        ),
        (
            "rss-date-weekday",
            "error",
            "The day of the week is that of the date.",
            "RFC 822 section 5.2; W3C validator: IncorrectDOW",
        ),
        (
            "rss-date-form",
            "warning",
            "A date has four digits of the year, single blanks, names in their usual case, and a zone.",
            "RSS profile, dates; W3C validator: ProblematicalRFC822Date",
        ),
        (
            "rss-date-plausible",
            "warning",
            "A date is neither to come, by more than ten minutes, nor before 1990.",
            "RSS 2.0, <pubDate>; W3C validator: ImplausibleDate",
        ),
        (
            "rss-language",
            "error",
            "The language is a language tag.",
            "RSS 2.0, <language>; W3C validator: InvalidLanguage",
        ),
        (
            "rss-mail",
            "error",
            "managingEditor, webMaster and author are mail addresses.",
            "RSS 2.0, <author>; W3C validator: InvalidContact, InvalidAddrSpec",
        ),
        (
            "rss-mail-name",
            "warning",
            "A mail address has a name behind it: mail@example.org (Name).",
            "RSS profile, author; W3C validator: MissingRealName, EmailFormat",
        ),
        (
            "rss-ttl",
            "error",
            "ttl is a number of minutes, at least 1.",
            "RSS 2.0, <ttl>; W3C validator: InvalidPositiveInteger",
        ),
        (
            "rss-cloud",
            "error",
            "cloud has domain, port, path, registerProcedure and protocol, and the port is a number.",
            "RSS 2.0, <cloud>; W3C validator: MissingAttribute, InvalidIntegerAttribute",
        ),
        (
            "rss-skip-hours",
            "error",
            "skipHours has hours from 0 to 23, each once.",
            "RSS 2.0, <skipHours>; W3C validator: InvalidHour, DuplicateValue, NotEnoughHoursInTheDay",
        ),
        (
            "rss-skip-hours-midnight",
            "warning",
            "Midnight is hour 0, and not 24.",
            "RSS profile, skipHours; W3C validator: UseZeroForMidnight",
        ),
        (
            "rss-skip-days",
            "error",
            "skipDays has names of days from Monday to Sunday, each once.",
            "RSS 2.0, <skipDays>; W3C validator: InvalidDay, DuplicateValue, EightDaysAWeek",
        ),
        (
            "rss-image-complete",
            "error",
            "The channel's image has url, title and link.",
            "RSS 2.0, <image>; W3C validator: MissingElement, MissingTitle, MissingLink",
        ),
        (
            "rss-image-size",
            "error",
            "The channel's image is at most 144 wide and 400 high, in digits.",
            "RSS 2.0, <image>; W3C validator: InvalidWidth, InvalidHeight",
        ),
        (
            "rss-image-format",
            "warning",
            "The channel's image is a GIF, JPEG or PNG.",
            "RSS 2.0, <image>; W3C validator: ImageUrlFormat",
        ),
        (
            "rss-image-link",
            "warning",
            "The link of the channel's image is that of the channel.",
            "RSS profile, image; W3C validator: ImageLinkDoesntMatch",
        ),
        (
            "rss-image-title",
            "warning",
            "The title of the channel's image is that of the channel.",
            "RSS profile, image; W3C validator: ImageTitleDoesntMatch",
        ),
        (
            "rss-text-input",
            "warning",
            "There is no textInput, which readers ignore.",
            "RSS profile, textInput; W3C validator: AvoidTextInput",
        ),
        (
            "rss-text-input-complete",
            "error",
            "A textInput has title, description, name and link.",
            (
                "RSS 2.0, <textInput>; W3C validator: MissingTitle, MissingDescription, MissingElement, "
                "MissingLink"
            ),
        ),
        (
            "rss-text-input-name",
            "error",
            "The name of a textInput begins with a letter and has only letters, digits and : . _ in it.",
            "RSS profile, textInput; W3C validator: InvalidFormComponentName",
        ),
        (
            "rss-item-content",
            "error",
            "An item has a title or a description.",
            "RSS 2.0, elements of <item>; W3C validator: ItemMustContainTitleOrDescription",
        ),
        (
            "rss-item-guid",
            "warning",
            "An item has a guid, by which readers know it again.",
            "RSS profile, guid; W3C validator: MissingGuid",
        ),
        (
            "rss-item-guid-unique",
            "error",
            "No two items of a feed have the same guid.",
            "RSS 2.0, <guid>; W3C validator: DuplicateValue, DuplicateIds",
        ),
        (
            "rss-item-guid-permalink",
            "error",
            "A guid is the address of a page, unless isPermaLink is false.",
            "RSS 2.0, <guid>; W3C validator: InvalidHttpGUID, InvalidPermalink",
        ),
        (
            "rss-item-guid-boolean",
            "error",
            "isPermaLink is true or false.",
            "RSS 2.0, <guid>; W3C validator: InvalidBooleanAttribute",
        ),
        (
            "rss-item-guid-worldwide",
            "warning",
            "A guid is one that no other feed has: more than a short number.",
            "RSS profile, guid; W3C validator: NotSufficientlyUnique",
        ),
        (
            "rss-enclosure-url",
            "error",
            "An enclosure has the http(s) address of a file.",
            "RSS 2.0, <enclosure>; W3C validator: InvalidURLAttribute, MissingAttribute",
        ),
        (
            "rss-enclosure-length",
            "error",
            "An enclosure has its length in bytes, 0 when it is unknown.",
            (
                "RSS 2.0, <enclosure>; RSS profile, enclosure; W3C validator: MissingAttribute, "
                "UseZeroForUnknown, "
                "InvalidNonNegativeInteger, InvalidIntegerAttribute"
            ),
        ),
        (
            "rss-enclosure-type",
            "error",
            "An enclosure has its media type.",
            "RSS 2.0, <enclosure>; W3C validator: MissingAttribute, InvalidMIMEAttribute",
        ),
        (
            "rss-enclosure-single",
            "warning",
            "An item has one enclosure: readers differ in which of several they take.",
            "RSS profile, enclosure; W3C validator: DuplicateEnclosure",
        ),
        (
            "rss-source",
            "error",
            "A source has the address of a feed.",
            "RSS 2.0, <source>; W3C validator: MissingAttribute, InvalidFullLink",
        ),
        (
            "rss-description-first",
            "warning",
            "An item with content:encoded has a description, and it stands before.",
            "RSS profile, content:encoded; W3C validator: NeedDescriptionBeforeContent",
        ),
        (
            "rss-comments-dated",
            "warning",
            (
                "A channel whose items count their comments has lastBuildDate, for readers to know how old "
                "that is."
            ),
            "RSS profile, slash:comments; W3C validator: SlashDate",
        ),
        (
            "rss-semantics-once",
            "warning",
            "What RSS has a word for is not said in that of another vocabulary as well.",
            "W3C validator: DuplicateSemantics, DuplicateItemSemantics, DuplicateDescriptionSemantics",
        ),
    ],
)
