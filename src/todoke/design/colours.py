"""Colours 配色: contrast by WCAG 2.2, and every accent of the pages made of one colour of the municipality."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

TEXT = 4.5
"""The least contrast of text (WCAG 1.4.3)."""
WHITE, PAPER_SOFT = "#ffffff", "#f7f7f8"
DARK, DARK_SOFT, DARK_INK = "#16171a", "#1f2024", "#0b0d18"
GROUNDS = (WHITE, PAPER_SOFT, "#e6f5ec", "#fbf5e0", "#fdeeee")
DARK_GROUNDS = (DARK, DARK_SOFT, "#10261b", "#2a2410", "#331618")
"""What a link may stand on: the paper, its soft tone, and the notices of success, warning and error (10-theme.css)."""
_HEX = re.compile(r"#[0-9a-f]{6}")
Channels = tuple[float, float, float]


def is_colour(text: str) -> bool:
    """Tell whether a text is a colour as pages write it: # and six hexadecimal digits."""
    return bool(_HEX.fullmatch(text))


def _channels(colour: str) -> Channels:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = [each / 255 for each in _channels(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """Return a colour with a share (0 to 1) of another."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def is_readable(accent: str) -> bool:
    """Tell whether a colour can be text on the light grounds of the pages, and a ground of white text."""
    grounds = (*GROUNDS, mix(accent, WHITE, 0.93))
    return all(contrast(accent, ground) >= TEXT for ground in grounds)


def nearest_readable(accent: str) -> str:
    """Return the colour itself if it is readable, else the least darkened one that is."""
    return next(
        tone for step in range(101) if is_readable(tone := mix(accent, "#000000", step / 100))
    )  # fmt: skip


@dataclass(frozen=True)
class Palette:
    """配色: the roles of colour that follow the accent, on light and on dark grounds."""

    light: Mapping[str, str]
    dark: Mapping[str, str]

    @classmethod
    def of(cls, accent: str) -> "Palette":
        """Return the roles of a readable accent; on dark grounds it is lightened until it is readable there too."""
        bright = next(
            tone for step in range(101)
            if all(contrast(tone := mix(accent, WHITE, step / 100), ground) >= TEXT + 1 for ground in DARK_GROUNDS)
        )  # fmt: skip
        return cls(
            {
                "accent": accent, "accent-strong": mix(accent, "#000000", 0.35), "on-accent": WHITE,
                "accent-soft": mix(accent, WHITE, 0.93), "accent-line": mix(accent, WHITE, 0.55),
            },
            {
                "accent": bright, "accent-strong": mix(bright, WHITE, 0.4), "accent-soft": mix(accent, DARK, 0.8),
                "accent-line": mix(accent, WHITE, 0.2), "on-accent": DARK_INK,
            },
        )  # fmt: skip

    def stylesheet(self) -> str:
        """Return the rules that stand after the stylesheet of the pages."""
        light, dark = (
            "".join(f"--{role}:{colour};" for role, colour in roles.items()) for roles in (self.light, self.dark)
        )
        return f":root{{{light}}}\n@media (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"
