"""Stylesheet 素材: the one stylesheet, concatenated from the CSS files of parts and components."""

from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "design"
STYLESHEET = FOLDER / "todoke.css"
FIRST = ("00-tokens.css", "10-theme.css", "20-ground.css", "30-shell.css")


def assemble() -> str:
    """Return the text of the stylesheet: tokens, theme, base and shells, then components by name, then print."""
    parts = [FOLDER / "parts" / name for name in FIRST]
    parts += sorted((FOLDER / "components").glob("*.css"))
    parts.append(FOLDER / "parts" / "90-print.css")
    pieces = [f"/* {part.parent.name}/{part.name} */\n{part.read_text(encoding='utf-8').strip()}\n" for part in parts]
    return "/* Made by `./todoke build_styles`; edit the files named below. */\n\n" + "\n".join(pieces)
