"""Assets 素材: one stylesheet, put together from the small files that people edit."""

from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "design"
STYLESHEET = FOLDER / "todoke.css"
FIRST = ("00-tokens.css", "10-theme.css", "20-ground.css", "30-shell.css")


def assembled() -> str:
    """Return the stylesheet: tokens, ground and shells, then every component by name, then paper."""
    parts = [FOLDER / "parts" / name for name in FIRST]
    parts += sorted((FOLDER / "components").glob("*.css"))
    parts.append(FOLDER / "parts" / "90-print.css")
    pieces = [f"/* {part.parent.name}/{part.name} */\n{part.read_text(encoding='utf-8').strip()}\n" for part in parts]
    return "/* Made by `./todoke build_styles`; edit the files named below. */\n\n" + "\n".join(pieces)
