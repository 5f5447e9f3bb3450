"""The look that all figures of the course share: palette, fonts, line widths, drawing primitives.

``import house`` applies the style. The script of a figure lies in the folder of its lecture; it draws with
pyplot, leaves its figure open and ends with ``plt.show()``; it never calls ``savefig``::

    import sys
    from pathlib import Path

    import matplotlib.pyplot as plt

    sys.path.append(str(Path(__file__).resolve().parents[1]))
    import house

    fig, ax = house.canvas(8, 3)                       # a diagram; units are inches
    x = house.matrix(ax, (1.5, 1.5), rows=4, cols=3, color=house.BLUE, name="X", shape="(4, 3)")
    layer = house.box(ax, (4.5, 1.5), "线性层", color=house.ORANGE)
    house.arrow(ax, x.right, layer.left)
    plt.show()

Sizes: an inch of a figure is 96 px of a slide (1280 x 720 px) when the image is shown at its own size,
so ``figure(10, 5)`` covers 960 x 480 px and 18 pt text is 24 px high. Draw at the size you show.
The colours are those of ``slides/themes/deckwright.css``; change them in both.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Polygon, Rectangle

# region palette
INK = "#1f2a37"  # text, arrows, axes
MUTED = "#5a6675"  # secondary text
HAIRLINE = "#c7d0da"  # grid lines, quiet edges
PAPER = "#ffffff"  # the slide's background

BLUE = "#1f6299"  # the accent: input, data, the first thing to look at
ORANGE = "#ba5b0c"  # parameters, the second thing, the highlight
TEAL = "#1f7f74"  # output, result
RED = "#ab2f3a"  # error, loss
PURPLE = "#7355a3"  # the fifth thing
GOLD = "#8f6b0c"  # the sixth
GREY = "#6a7583"  # context, what is not meant
COLORS = (BLUE, ORANGE, TEAL, RED, PURPLE, GOLD)
# endregion palette

# region sizes
LINE = 2.6  # curves
EDGE = 1.7  # edges of boxes, arrows
THIN = 1.0  # grid lines, cell edges
TEXT = 18  # pt; labels
SMALL = 15  # pt; ticks, shapes, cell values
TITLE = 20  # pt; titles of axes
# endregion sizes

_BUILT_FONTS = Path(__file__).resolve().parent.parent / "build" / "fonts"
_CJK_FAMILIES = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Heiti SC",
    "Heiti TC",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)


def tint(color: str, amount: float = 0.86) -> str:
    """``color`` mixed with white: 0 leaves it, 1 is white. Fills of boxes and cells use this."""
    red, green, blue = to_rgb(color)
    return to_hex((red + (1 - red) * amount, green + (1 - green) * amount, blue + (1 - blue) * amount))


SEQUENTIAL = LinearSegmentedColormap.from_list("house", [PAPER, tint(BLUE, 0.5), BLUE, "#0f3557"])
DIVERGING = LinearSegmentedColormap.from_list(
    "house_diverging", [BLUE, tint(BLUE, 0.6), PAPER, tint(ORANGE, 0.6), ORANGE]
)


def figure(
    width: float = 10, height: float = 5, rows: int = 1, cols: int = 1, **subplots: object
) -> tuple[Figure, Axes]:
    """A figure for plots: ``(fig, ax)``, or an array of axes as with ``plt.subplots``. Sizes in inches."""
    return plt.subplots(rows, cols, figsize=(width, height), layout="constrained", **subplots)


def canvas(width: float = 10, height: float = 4) -> tuple[Figure, Axes]:
    """A figure for a diagram: one axes without frame over the whole figure; data units are inches."""
    fig = plt.figure(figsize=(width, height))
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    ax.axis("off")
    return fig, ax


Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """A drawn rectangle: its middle and size in data units, with the points that arrows join."""

    center: Point
    width: float
    height: float
    cells: dict[tuple[int, int], Point] = field(default_factory=dict)  # (row, col) -> middle; matrices only

    @property
    def left(self) -> Point:
        return (self.center[0] - self.width / 2, self.center[1])

    @property
    def right(self) -> Point:
        return (self.center[0] + self.width / 2, self.center[1])

    @property
    def top(self) -> Point:
        return (self.center[0], self.center[1] + self.height / 2)

    @property
    def bottom(self) -> Point:
        return (self.center[0], self.center[1] - self.height / 2)


def label(
    ax: Axes,
    at: Point,
    text: str,
    *,
    color: str = INK,
    size: float = TEXT,
    mono: bool = False,
    bold: bool = False,
    ha: str = "center",
    va: str = "center",
    rotation: float = 0,
    order: float = 6,
) -> None:
    """Text at a point. ``mono=True`` for code, shapes and numbers; ``$...$`` is maths."""
    drawn = ax.text(
        *at,
        text,
        color=color,
        fontsize=size,
        ha=ha,
        va=va,
        rotation=rotation,
        zorder=order,
        family=mpl.rcParams["font.monospace"] if mono else mpl.rcParams["font.family"],
        weight="bold" if bold else "normal",
        linespacing=1.3,
    )
    if mono and hasattr(drawn, "set_fontfeatures"):  # From matplotlib 3.11 on "->" would become an arrow.
        drawn.set_fontfeatures(["-liga", "-calt"])


def box(
    ax: Axes,
    center: Point,
    text: str = "",
    *,
    width: float = 1.8,
    height: float = 0.9,
    color: str = BLUE,
    note: str = "",
    mono: bool = False,
    filled: bool = False,
    size: float = TEXT,
) -> Shape:
    """A rounded box with a text; ``note`` is a smaller second line; ``filled`` for the one that matters."""
    x, y = center[0] - width / 2, center[1] - height / 2
    radius = min(0.12, width / 4, height / 4)
    ax.add_patch(
        FancyBboxPatch(
            (x, y),
            width,
            height,
            boxstyle=f"round,pad=0,rounding_size={radius}",
            facecolor=color if filled else tint(color),
            edgecolor=color,
            linewidth=EDGE,
            zorder=3,
        )
    )
    ink, faint = (PAPER, PAPER) if filled else (INK, MUTED)
    lift = 0.15 if note else 0
    if text:
        label(ax, (center[0], center[1] + lift), text, color=ink, mono=mono, size=size)
    if note:
        label(ax, (center[0], center[1] - 0.19), note, color=faint, size=SMALL, mono=True)
    return Shape(center, width, height)


def node(
    ax: Axes,
    center: Point,
    text: str = "",
    *,
    radius: float = 0.36,
    color: str = BLUE,
    filled: bool = False,
    size: float = TEXT,
) -> Shape:
    """A circle with a text: a neuron, or an operation of a computational graph."""
    ax.add_patch(
        Circle(
            center,
            radius,
            facecolor=color if filled else tint(color),
            edgecolor=color,
            linewidth=EDGE,
            zorder=3,
        )
    )
    if text:
        label(ax, center, text, color=PAPER if filled else INK, size=size)
    return Shape(center, 2 * radius, 2 * radius)


def arrow(
    ax: Axes,
    start: Point,
    end: Point,
    text: str = "",
    *,
    color: str = INK,
    bend: float = 0,
    dashed: bool = False,
    gap: float = 4,
    width: float = EDGE,
    size: float = SMALL,
) -> None:
    """An arrow from point to point. ``text`` stands above its middle, ``bend`` curves it (-1 to 1),
    ``gap`` keeps its ends off the shapes (points)."""
    ax.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>,head_length=7,head_width=3.6",
            mutation_scale=1,
            color=color,
            linewidth=width,
            linestyle=(0, (4, 3)) if dashed else "-",
            shrinkA=gap,
            shrinkB=gap,
            connectionstyle=f"arc3,rad={bend}",
            zorder=4,
        )
    )
    if text:
        (x0, y0), (x1, y1) = start, end
        middle = ((x0 + x1) / 2 + bend * (y1 - y0) / 2, (y0 + y1) / 2 - bend * (x1 - x0) / 2)
        label(ax, (middle[0], middle[1] + 0.09), text, color=color, size=size, va="bottom")


def matrix(
    ax: Axes,
    center: Point,
    *,
    values: object = None,
    rows: int = 0,
    cols: int = 0,
    cell: float = 0.5,
    color: str = BLUE,
    name: str = "",
    shape: str = "",
    fmt: str = "{}",
    marked: object = (),
    mark_color: str = ORANGE,
    size: float = SMALL,
    order: float = 3,
) -> Shape:
    """A matrix as a grid of cells, row 0 on top.

    Give ``values`` (nested lists, array or tensor; written with ``fmt``) or only ``rows`` and ``cols``.
    ``name`` stands above, ``shape`` below. ``marked`` is a collection of (row, col) drawn in ``mark_color``;
    ``order`` is the drawing order (greater is in front).
    The returned shape's ``cells[row, col]`` is the middle of a cell.
    """
    grid = None if values is None else [list(row) for row in values]
    rows, cols = (len(grid), len(grid[0])) if grid is not None else (rows, cols)
    width, height = cols * cell, rows * cell
    left, top = center[0] - width / 2, center[1] + height / 2
    marked, cells = {tuple(at) for at in marked}, {}
    for row in range(rows):
        for col in range(cols):
            hue = mark_color if (row, col) in marked else color
            x, y = left + col * cell, top - (row + 1) * cell
            fill = tint(hue, 0.62 if (row, col) in marked else 0.86)
            ax.add_patch(
                Rectangle((x, y), cell, cell, facecolor=fill, edgecolor=PAPER, linewidth=THIN, zorder=order)
            )
            cells[row, col] = (x + cell / 2, y + cell / 2)
            if grid is not None:
                label(
                    ax,
                    cells[row, col],
                    fmt.format(_plain(grid[row][col])),
                    size=size,
                    mono=True,
                    order=order + 0.01,
                )
    ax.add_patch(
        Rectangle(
            (left, top - height),
            width,
            height,
            facecolor="none",
            edgecolor=color,
            linewidth=EDGE,
            zorder=order + 0.02,
        )
    )
    _name_and_shape(ax, center, height, color, name, shape)
    return Shape(center, width, height, cells)


def stack(
    ax: Axes,
    center: Point,
    *,
    depth: int,
    rows: int,
    cols: int,
    cell: float = 0.4,
    offset: float = 0.22,
    color: str = BLUE,
    name: str = "",
    shape: str = "",
    values: object = None,
    fmt: str = "{}",
) -> Shape:
    """A rank-3 tensor as ``depth`` matrices one behind the other, index 0 in front; ``values`` fill them."""
    width, height = cols * cell + (depth - 1) * offset, rows * cell + (depth - 1) * offset
    front = (center[0] - (depth - 1) * offset / 2, center[1] - (depth - 1) * offset / 2)
    cells: dict[tuple[int, int], Point] = {}
    for layer in reversed(range(depth)):
        at = (front[0] + layer * offset, front[1] + layer * offset)
        sheet = matrix(
            ax,
            at,
            values=None if values is None else values[layer],
            rows=rows,
            cols=cols,
            cell=cell,
            color=color,
            fmt=fmt,
            order=3 + (depth - 1 - layer) / depth,
        )
        cells = sheet.cells
    _name_and_shape(ax, center, height, color, name, shape)
    return Shape(center, width, height, cells)


def cuboid(
    ax: Axes,
    center: Point,
    *,
    width: float,
    height: float,
    depth: float,
    color: str = BLUE,
    name: str = "",
    shape: str = "",
) -> Shape:
    """A feature map as a block: a front face of width x height, drawn ``depth`` deep to the upper right."""
    shift = depth * 0.5
    x, y = center[0] - (width + shift) / 2, center[1] - (height + shift) / 2
    front = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    top = [
        front[3],
        front[2],
        (front[2][0] + shift, front[2][1] + shift),
        (front[3][0] + shift, front[3][1] + shift),
    ]
    side = [front[1], front[2], top[2], (front[1][0] + shift, front[1][1] + shift)]
    for face, amount in ((top, 0.74), (side, 0.6), (front, 0.86)):
        ax.add_patch(
            Polygon(
                face,
                closed=True,
                facecolor=tint(color, amount),
                edgecolor=color,
                linewidth=EDGE,
                joinstyle="round",
                zorder=3,
            )
        )
    _name_and_shape(ax, center, height + shift, color, name, shape)
    return Shape(center, width + shift, height + shift)


def neurons(
    ax: Axes,
    x: float,
    count: int,
    *,
    middle: float,
    gap: float = 0.75,
    radius: float = 0.25,
    color: str = BLUE,
    texts: object = (),
    name: str = "",
    size: float = SMALL,
) -> list[Shape]:
    """A layer as a column of ``count`` neurons around the height ``middle``, top first; ``name`` below."""
    texts = [*texts, *[""] * count]
    drawn = [
        node(ax, (x, middle + ((count - 1) / 2 - i) * gap), texts[i], radius=radius, color=color, size=size)
        for i in range(count)
    ]
    if name:
        label(
            ax, (x, middle - (count - 1) / 2 * gap - radius - 0.12), name, color=color, size=SMALL, va="top"
        )
    return drawn


def connect(
    ax: Axes, layer: list[Shape], following: list[Shape], *, color: str = GREY, width: float = THIN
) -> None:
    """A line from each neuron of a layer to each of the following one."""
    for a in layer:
        for b in following:
            ax.plot(
                *zip(a.center, b.center, strict=True),
                color=color,
                linewidth=width,
                alpha=0.6,
                zorder=1,
                solid_capstyle="round",
            )


def dimension(
    ax: Axes, start: Point, end: Point, text: str, *, color: str = MUTED, size: float = SMALL
) -> None:
    """A dimension line between two points with its text in the middle, as in a technical drawing."""
    ax.annotate(
        "",
        end,
        start,
        arrowprops={
            "arrowstyle": "|-|,widthA=0.3,widthB=0.3",
            "color": color,
            "linewidth": THIN,
            "shrinkA": 0,
            "shrinkB": 0,
        },
        zorder=4,
    )
    upright = abs(end[1] - start[1]) > abs(end[0] - start[0])
    at = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    ax.text(
        *at,
        text,
        color=color,
        fontsize=size,
        ha="center",
        va="center",
        rotation=90 if upright else 0,
        zorder=6,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 2},
    )


def axes_through_origin(ax: Axes) -> None:
    """Draw the axes of a function plot through the origin instead of around it."""
    for side in ("left", "bottom"):
        ax.spines[side].set_position("zero")
    ax.grid(False)


def _name_and_shape(ax: Axes, center: Point, height: float, color: str, name: str, shape: str) -> None:
    if name:
        label(ax, (center[0], center[1] + height / 2 + 0.1), name, color=color, bold=True, va="bottom")
    if shape:
        label(
            ax, (center[0], center[1] - height / 2 - 0.1), shape, color=MUTED, size=SMALL, mono=True, va="top"
        )


def _plain(value: object) -> object:
    """A tensor's or array's element as a Python number, so that format strings apply."""
    return value.item() if hasattr(value, "item") else value


def _font_families() -> tuple[list[str], list[str]]:
    """The families for text and for code that exist here, best first; registers the built fonts."""
    for path in sorted(_BUILT_FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(path)
    installed = set(font_manager.get_font_names())
    built = [
        font_manager.FontProperties(fname=path).get_name()
        for path in sorted(_BUILT_FONTS.glob("NotoSansSC*.ttf"))
    ]
    cjk = next((name for name in [*built, *_CJK_FAMILIES] if name in installed), None)
    if cjk is None:
        print(
            "house: no font with Chinese characters found; install Noto Sans SC, or run `make build` once",
            file=sys.stderr,
        )
    text = [cjk] if cjk else []
    code = ["JetBrains Mono"] if "JetBrains Mono" in installed else []
    # matplotlib's own DejaVu has the Greek letters, arrows and signs that the others lack.
    return [*text, "DejaVu Sans"], [*code, "DejaVu Sans Mono", *text]


def _apply() -> None:
    text, code = _font_families()
    mpl.rcParams.update(
        {
            "font.family": text,
            "font.monospace": code,
            "font.size": TEXT,
            "mathtext.fontset": "cm",
            "axes.unicode_minus": True,
            "svg.fonttype": "path",
            "svg.hashsalt": "deckwright",
            "figure.facecolor": PAPER,
            "figure.dpi": 96,
            "savefig.facecolor": PAPER,
            "savefig.dpi": 192,
            "figure.constrained_layout.h_pad": 0.06,
            "figure.constrained_layout.w_pad": 0.06,
            "text.color": INK,
            "axes.labelcolor": INK,
            "axes.titlecolor": INK,
            "axes.edgecolor": MUTED,
            "axes.facecolor": PAPER,
            "axes.linewidth": 1.2,
            "axes.titlesize": TITLE,
            "axes.titleweight": "bold",
            "axes.titlepad": 10,
            "axes.labelsize": TEXT,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "axes.prop_cycle": cycler(color=COLORS),
            "grid.color": HAIRLINE,
            "grid.linewidth": 0.8,
            "grid.alpha": 0.7,
            "xtick.color": MUTED,
            "ytick.color": MUTED,
            "xtick.labelsize": SMALL,
            "ytick.labelsize": SMALL,
            "xtick.major.width": 1.2,
            "ytick.major.width": 1.2,
            "lines.linewidth": LINE,
            "lines.markersize": 8,
            "lines.solid_capstyle": "round",
            "patch.linewidth": EDGE,
            "legend.frameon": False,
            "legend.fontsize": SMALL,
            "image.cmap": SEQUENTIAL.name,
            "animation.html": "jshtml",
        }
    )


for _colormap in (SEQUENTIAL, DIVERGING):
    mpl.colormaps.register(_colormap, force=True)
_apply()
