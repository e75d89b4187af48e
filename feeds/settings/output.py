"""`[output]`: what is written where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta as Key
from msgspec import Struct, defstruct, field
from msgspec.structs import fields

from feeds.formats import FORMATS


class Lists(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the files in the output folder are called."""

    opml: Annotated[str, Key(description="the list of all feeds, for feed readers")] = "feeds.opml"
    page: Annotated[str, Key(description="the list of all feeds, for people")] = "subscribe.html"
    redirects: Annotated[
        str, Key(description="the redirects of `[feeds.aliases]`, for hosts that read them")
    ] = "_redirects"


if TYPE_CHECKING:
    Names = Lists
else:  # with a file name for each format
    Names = defstruct(
        "Names",
        [
            *(
                (
                    row.name,
                    Annotated[str, Key(description=f"every channel's feed in the format {row.label}")],
                    row.file_name,
                )
                for row in FORMATS.values()
            ),
            *((info.name, info.type, info.default) for info in fields(Lists)),
        ],
        namespace={"__doc__": Lists.__doc__},
        module=__name__,
        frozen=True,
        kw_only=True,
        forbid_unknown_fields=True,
    )


class Output(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the feeds are written. The folder may be a site generator's own."""

    dir: Annotated[str, Key(description="the folder that is published as the root of the site")] = "public"
    names: Names = field(default_factory=Names)
