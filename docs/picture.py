"""Take the README's picture: the subscribe page and the newsletter that `make run` makes, side by side.

Needs Debian's chromium. Run through `make picture`.
"""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

REPOSITORY = Path(__file__).parent.parent
TARGET = REPOSITORY / "docs" / "images" / "first-look.png"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
HEIGHT = 1180

FRAME = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 44px; background: #dfe5ec }}
body {{ display: flex; gap: 36px; width: max-content }}
figure {{ margin: 0; background: #fff; border-radius: 10px; overflow: hidden }}
figure {{ box-shadow: 0 12px 40px #1b28383d }}
figcaption {{ font: 500 17px/46px system-ui, sans-serif; padding: 0 20px }}
figcaption {{ color: #4a5563; background: #f3f5f8 }}
img {{ display: block; width: {width}px }}
</style>
<figure><figcaption>public/subscribe.html</figcaption><img src="{page}"></figure>
<figure><figcaption>outbox/…/issue.html</figcaption><img src="{mail}"></figure>"""


def shot(browser: Browser, file: Path, width: int) -> str:
    """The top of a page as a data URL."""
    page = browser.new_page(viewport={"width": width, "height": HEIGHT}, device_scale_factor=1.5)
    page.goto(file.as_uri())
    data = base64.b64encode(page.screenshot()).decode()
    page.close()
    return f"data:image/png;base64,{data}"


def main() -> None:
    """Write the picture."""
    latest = max((REPOSITORY / "outbox").glob("*/issue.html"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        html = FRAME.format(
            width=700,
            page=shot(browser, REPOSITORY / "public" / "subscribe.html", 760),
            mail=shot(browser, latest, 760),
        )
        page = browser.new_page(viewport={"width": 1600, "height": 900})
        page.set_content(html)
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        page.locator("body").screenshot(path=TARGET)
        browser.close()


if __name__ == "__main__":
    main()
