"""Pictures drawn by code: each article has its own view of the river country, the same every time."""

from __future__ import annotations

from itertools import pairwise
from random import Random

WIDTH, HEIGHT = 960, 540
_SKIES = (("#f6d9a8", "#e98f4e"), ("#cfe3ea", "#7fb0c4"), ("#f3e3c3", "#c9a36a"), ("#d9d4e7", "#8e86b5"), ("#fbe7b2", "#d96f3e"))
_LANDS = (("#8a9a5b", "#5f7143", "#3b4a2f"), ("#b08d57", "#8a6a3d", "#574225"), ("#7d8f69", "#557153", "#31473a"))


def draw(name: str) -> str:
    """An SVG of hills, a river and thorn trees under a big sun; `name` alone decides how they lie."""
    random = Random(name)
    high, low = random.choice(_SKIES)
    lands = random.choice(_LANDS)
    sun_x, sun_y, size = random.randint(140, 820), random.randint(110, 240), random.randint(38, 70)
    hills = "".join(_hill(random, 250 + 70 * at, color) for at, color in enumerate(lands))
    trees = "".join(_tree(random, random.randint(60, 900), random.randint(430, 500)) for _ in range(random.randint(1, 4)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f'<defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="{high}"/><stop offset="1" stop-color="{low}"/>'
        f'</linearGradient></defs><rect width="{WIDTH}" height="{HEIGHT}" fill="url(#s)"/>'
        f'<circle cx="{sun_x}" cy="{sun_y}" r="{size}" fill="#fff4d6" opacity=".9"/>{hills}{_river(random)}{trees}</svg>'
    )


def _hill(random: Random, height: int, color: str) -> str:
    points = [(x, height + random.randint(-45, 45)) for x in range(0, WIDTH + 1, 160)]
    middles = [((a + c) // 2, (b + d) // 2) for (a, b), (c, d) in pairwise(points)]
    curve = "".join(f"Q{x} {y} {mx} {my}" for (x, y), (mx, my) in zip(points[1:], middles[1:], strict=False))
    left, right = points[0][1], points[-1][1]
    start = f"M0 {HEIGHT}V{left}L{middles[0][0]} {middles[0][1]}"
    return f'<path d="{start}{curve}L{WIDTH} {right}V{HEIGHT}Z" fill="{color}"/>'


def _river(random: Random) -> str:
    x, bend = random.randint(300, 660), random.choice((-220, -140, 140, 220))
    return (
        f'<path d="M{x} 410C{x + bend} 440 {x - bend} 470 {x + bend // 2} {HEIGHT}H{x + bend // 2 + 130}'
        f'C{x - bend + 80} 470 {x + bend + 40} 440 {x + 14} 410Z" fill="#cfe0dc" opacity=".75"/>'
    )


def _tree(random: Random, x: int, foot: int) -> str:
    height, crown = random.randint(90, 170), random.randint(70, 130)
    top = foot - height
    return (
        f'<path d="M{x - 5} {foot}L{x - 3} {top}H{x + 3}L{x + 5} {foot}ZM{x} {foot - height // 2}L{x - crown // 2} {top + 6}'
        f'M{x} {foot - height // 2}L{x + crown // 2} {top + 6}" fill="#2b2118" stroke="#2b2118" stroke-width="3"/>'
        f'<ellipse cx="{x}" cy="{top}" rx="{crown}" ry="{crown // 5}" fill="#2f3d25"/>'
        f'<ellipse cx="{x + crown // 4}" cy="{top - 14}" rx="{crown * 2 // 3}" ry="{crown // 6}" fill="#3d4f2f"/>'
    )
