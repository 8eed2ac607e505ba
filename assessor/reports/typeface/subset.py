"""Cut the two typefaces down to the weights and letters the pages use.

Run through build.sh; needs fonttools and brotli. Text keeps its weight axis between regular and
bold; headings are one cut at a display size, since they are never set in another. What is left
out is never asked for by the style sheets, and half the bytes.
"""

import sys
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FEATURES = ["kern", "liga", "tnum", "locl"]

# Combining marks that the ready-made letters make needless, and letters without a shape.
LEFT_OUT = {*range(0x300, 0x370), 0x200B, 0xFEFF}

Axes = dict[str, float | tuple[float, float]]
"""A pair is a range that stays, a number is a fixed value."""
TEXT: Axes = {"wght": (400, 700)}
HEADING: Axes = {"wght": 500, "opsz": 36}

# Output name, package, file, axes.
FACES: list[tuple[str, str, str, Axes]] = [
    (f"{name}-{letters}", package, f"{package}-{letters}-{file}-normal.woff2", axes)
    for letters in ("latin", "latin-ext")
    for name, package, file, axes in (
        ("text", "source-sans-3", "wght", TEXT),
        ("heading", "newsreader", "opsz", HEADING),
    )
]


def cut(source: Path, target: Path, axes: Axes) -> int:
    """Write one face and return its size in bytes."""
    instance = BytesIO()
    instantiateVariableFont(TTFont(source), axes).save(instance)
    # Read again: the instance drops the variations of letters that have none, the subsetter asks.
    font = TTFont(BytesIO(instance.getvalue()), recalcTimestamp=False)
    for glyph in set(font.getGlyphOrder()) - set(font["gvar"].variations if "gvar" in font else ()):
        if "gvar" in font:
            font["gvar"].variations[glyph] = []
    options = Options(
        flavor="woff2", layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 13]
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(set(font.getBestCmap()) - LEFT_OUT))
    subsetter.subset(font)
    font.flavor = "woff2"
    font["head"].modified = font["head"].created  # the same bytes on every day
    font.save(target)
    return target.stat().st_size


def main(modules: Path, out: Path) -> None:
    for name, package, file, axes in FACES:
        source = modules / "@fontsource-variable" / package / "files" / file
        size = cut(source, out / f"{name}.woff2", axes)
        sys.stdout.write(f"{name}.woff2 {size}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
