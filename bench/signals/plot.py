"""A small picture: seconds against size, both by powers of ten."""

from math import ceil, floor, log10

WIDTH, HEIGHT, EDGE = 560, 340, 60


def plot_svg(points: list[tuple[float, float]], *, title: str, unit: str) -> str:
    """An SVG of (size, seconds); unit: what the sizes count."""
    x_range = floor(log10(min(x for x, _ in points))), ceil(log10(max(x for x, _ in points)))
    y_range = floor(log10(min(y for _, y in points))), ceil(log10(max(y for _, y in points)))

    def project(x: float, y: float) -> tuple[float, float]:
        return (
            EDGE + (x - x_range[0]) / max(x_range[1] - x_range[0], 1) * (WIDTH - 2 * EDGE),
            HEIGHT - EDGE - (y - y_range[0]) / max(y_range[1] - y_range[0], 1) * (HEIGHT - 2 * EDGE),
        )

    spots = [project(log10(x), log10(y)) for x, y in points]
    lines = [
        _grid(*project(x, y_range[0]), *project(x, y_range[1]), f"1e{x}", below=True) for x in range(x_range[0], x_range[1] + 1)
    ]
    lines += [
        _grid(*project(x_range[0], y), *project(x_range[1], y), f"{10.0**y:g} s", below=False)
        for y in range(y_range[0], y_range[1] + 1)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"',
        ' font-family="sans-serif" font-size="12" fill="#333333">',
        f"<title>{title}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>', *lines,
        f'<polyline points="{path}" fill="none" stroke="#1f5fa8" stroke-width="2"/>',
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#1f5fa8"/>' for x, y in spots),
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}" text-anchor="middle">{unit}</text>',
        f'<text x="{WIDTH / 2}" y="24" text-anchor="middle">{title}</text>',
        "</svg>", "",
    ])  # fmt: skip


def _grid(x1: float, y1: float, x2: float, y2: float, label: str, *, below: bool) -> str:
    x, y, anchor = (x1, y1 + 18, "middle") if below else (x1 - 8, y1 + 4, "end")
    line = f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#dddddd"/>'
    return f'{line}<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{label}</text>'
