"""Draw the icons of the installed app from our own mark, after a change of mark.svg."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

IMG = Path(__file__).resolve().parent.parent / "src" / "amity" / "static" / "img"
PAPER = "#fbf8f3"
# A name, its side in pixels, and how much of it the mark fills: launchers cut a maskable one to a circle.
ICONS = (("icon-192", 192, 0.72), ("icon-512", 512, 0.72), ("icon-maskable", 512, 0.54))


def main() -> None:
    """Draw each icon."""
    mark = (IMG / "mark.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, side, part in ICONS:
            page = browser.new_page(viewport={"width": side, "height": side})
            page.set_content(
                f"<body style='margin:0;display:grid;place-items:center;height:100vh;background:{PAPER}'>"
                f"<div style='width:{part * 100}vw;line-height:0'>{mark}</div>"
            )
            page.screenshot(path=IMG / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
