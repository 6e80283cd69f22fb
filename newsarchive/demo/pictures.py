"""Pictures drawn by code: each article has its own view of the river country, the same every time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

WIDTH, HEIGHT = 960, 540
_SKIES = (("#f6d9a8", "#e98f4e"), ("#cfe3ea", "#7fb0c4"), ("#f3e3c3", "#c9a36a"), ("#d9d4e7", "#8e86b5"), ("#fbe7b2", "#d96f3e"))
_LANDS = (("#8a9a5b", "#5f7143", "#3b4a2f"), ("#b08d57", "#8a6a3d", "#574225"), ("#7d8f69", "#557153", "#31473a"))


def draw(name: str, section: str | None = None) -> str:
    """An SVG of hills, a river and thorn trees under a big sun; `name` alone decides how they lie.

    What stands in front is the section's: houses, market stalls, furrows, a goal, round huts or a kombi.
    """
    random = Random(name)
    high, low = random.choice(_SKIES)
    lands = random.choice(_LANDS)
    sun_x, sun_y, size = random.randint(140, 820), random.randint(110, 240), random.randint(38, 70)
    hills = "".join(_hill(random, 250 + 70 * at, color) for at, color in enumerate(lands))
    trees = "".join(_tree(random, random.randint(60, 900), random.randint(430, 500)) for _ in range(random.randint(1, 4)))
    front = _FRONTS[section](random) if section in _FRONTS else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f'<defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="{high}"/><stop offset="1" stop-color="{low}"/>'
        f'</linearGradient></defs><rect width="{WIDTH}" height="{HEIGHT}" fill="url(#s)"/>'
        f'<circle cx="{sun_x}" cy="{sun_y}" r="{size}" fill="#fff4d6" opacity=".9"/>{hills}{_river(random)}{trees}{front}</svg>'
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


def _houses(random: Random) -> str:
    left = random.randint(40, 420)
    found = []
    for at in range(random.randint(3, 5)):
        x, high, wide = left + 98 * at, random.randint(52, 86), 78
        wall, roof = random.choice(("#efe3cb", "#e0c9a0", "#f5efe2")), random.choice(("#9c3d1e", "#7a4a2b", "#5d6b75"))
        found.append(
            f'<path d="M{x} 500v-{high}h{wide}v{high}Z" fill="{wall}"/>'
            f'<path d="M{x - 9} {500 - high}l{wide // 2 + 9} -36 {wide // 2 + 9} 36Z" fill="{roof}"/>'
            f'<path d="M{x + 14} {516 - high}h16v16h-16ZM{x + 46} 500v-34h18v34Z" fill="#3a3028"/>'
        )
    return "".join(found)


def _stalls(random: Random) -> str:
    left = random.randint(60, 480)
    return "".join(_stall(random, left + 130 * at) for at in range(3))


def _stall(random: Random, x: int) -> str:
    color = random.choice(("#b5482a", "#2f6f73", "#c98a1f"))
    stripes = "".join(f"M{x + 22 * at} 420h11v26h-11Z" for at in range(5))
    fruit = [(x + 14 + 16 * at, random.choice(("#c8401f", "#e0a526", "#6f8f2f"))) for at in range(6)]
    return (
        f'<path d="M{x} 420h110v26h-110Z" fill="#f7efdc"/><path d="{stripes}" fill="{color}"/>'
        f'<path d="M{x + 4} 446v62M{x + 106} 446v62" stroke="#2b2118" stroke-width="5"/>'
        f'<path d="M{x} 478h110v12h-110Z" fill="#6b4a2b"/>'
    ) + "".join(f'<circle cx="{at}" cy="471" r="8" fill="{kind}"/>' for at, kind in fruit)


def _furrows(random: Random) -> str:
    far, color = random.randint(200, 760), random.choice(("#c9a14a", "#a9b85a", "#d2b66b"))
    lines = "".join(f'<path d="M{far + 14 * n} 432L{far + 120 * n} {HEIGHT}" />' for n in range(-9, 10))
    return f'<g stroke="{color}" stroke-width="7" stroke-linecap="round" opacity=".85">{lines}</g>'


def _goal(random: Random) -> str:
    x, wide = random.randint(120, 600), 220
    net = "".join(f"M{x + 20 * n} 400v96" for n in range(1, 11)) + "".join(f"M{x} {400 + 19 * n}h{wide}" for n in range(1, 5))
    ball = f'<circle cx="{x + random.randint(-90, 300)}" cy="505" r="13" fill="#fff" stroke="#2b2118" stroke-width="3"/>'
    return (
        f'<path d="{net}" stroke="#fff" opacity=".45"/><path d="M{x} 500v-100h{wide}v100" fill="none" stroke="#fff" '
        f'stroke-width="8" stroke-linejoin="round"/>{ball}'
    )


def _huts(random: Random) -> str:
    left = random.randint(60, 460)
    return "".join(
        f'<path d="M{x - 44} {y}v-46h88v46Z" fill="#c98f5e"/><path d="M{x - 62} {y - 42}l62 -70 62 70Z" fill="#8a6a3d"/>'
        f'<path d="M{x - 10} {y}v-32h20v32Z" fill="#2b2118"/>'
        for x, y in ((left + 145 * at, random.randint(480, 512)) for at in range(random.randint(2, 4)))
    )


def _kombi(random: Random) -> str:
    x, color = random.randint(80, 600), random.choice(("#f4f0e6", "#e3b23c", "#4f8a8b", "#c8553d"))
    windows = "".join(f'<path d="M{x + 22 + 56 * n} 418h44v32h-44Z" fill="#2d3b40"/>' for n in range(4))
    tyres = ((at, size, shade) for at in (56, 210) for size, shade in ((21, "#1d1a16"), (9, "#b9b2a2")))
    wheels = "".join(f'<circle cx="{x + at}" cy="500" r="{size}" fill="{shade}"/>' for at, size, shade in tyres)
    return (
        f'<path d="M{x} 496v-72q0 -22 24 -22h206q22 0 30 26l14 40v28Z" fill="{color}"/>{windows}'
        f'<path d="M{x} 462h272v9h-272Z" fill="#9c3d1e"/>{wheels}'
    )


_FRONTS: dict[str | None, Callable[[Random], str]] = {
    "news": _houses,
    "business": _stalls,
    "farming": _furrows,
    "sport": _goal,
    "nhau": _huts,
    "street-talk": _kombi,
}
