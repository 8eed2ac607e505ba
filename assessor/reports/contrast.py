"""Contrast of two colours, by the definitions of WCAG 2.2."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two six-digit hex colours, from 1 (the same) to 21 (black on white).

    Source: WCAG 2.2, definition of contrast ratio.
    """
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, 0 (black) to 1 (white).

    Source: WCAG 2.2, definition of relative luminance.
    """
    red, green, blue = (_linear(part / 255) for part in rgb_of(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rgb_of(colour: str) -> tuple[int, int, int]:
    """The three channels, 0 to 255, of "#rrggbb"; a ValueError for anything else."""
    digits = colour.removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"not a six-digit colour: {colour}")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def hex_of(red: float, green: float, blue: float) -> str:
    """ "#rrggbb" from three channels between 0 and 1."""
    return "#" + "".join(
        f"{round(min(max(part, 0.0), 1.0) * 255):02x}" for part in (red, green, blue)
    )


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
