"""What a run tells while it works."""

from __future__ import annotations


class Progress:
    """Hears how the rendering goes. This one keeps quiet; the command line has one that draws a bar."""

    def start(self, total: int) -> None:
        """`total` posts are about to be rendered."""

    def advance(self, count: int) -> None:
        """`count` more of them are done."""

    def stop(self) -> None:
        """Nothing more comes: all are done, or something went wrong."""
