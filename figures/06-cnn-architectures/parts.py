"""画网络结构的两样东西：一排随形状变化的方块，一张由盒子和箭头组成的图。"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house


def pipeline(ax, stages, *, left, right, middle, tallest, thickest, top):
    """一排特征图。``stages`` 是（名字, 通道, 边长, 颜色）；边长按平方根缩放，免得小的看不见。"""
    largest = max(side for _, _, side, _ in stages)
    widest = max(channels for _, channels, _, _ in stages)
    sizes = [
        (max(0.2, tallest * (side / largest) ** 0.5), max(0.06, thickest * channels / widest))
        for _, channels, side, _ in stages
    ]
    widths = [face * 0.62 + depth * 0.5 for face, depth in sizes]
    gap = (right - left - sum(widths)) / (len(stages) - 1)
    at, drawn = left, []
    for number, ((name, channels, side, color), (face, depth), width) in enumerate(zip(stages,
        sizes, widths)):
        block = house.cuboid(
            ax, (at + width / 2, middle), width=face * 0.62, height=face, depth=depth, color=color
        )
        lift = 0.36 * (number % 2)
        house.label(ax, (block.center[0], top - lift), name, size=house.SMALL, color=color)
        house.label(
            ax,
            (block.center[0], 0.75 - lift),
            f"{channels}×{side}×{side}",
            mono=True,
            size=house.SMALL,
            color=house.MUTED,
        )
        if drawn:
            house.arrow(ax, (drawn[-1].right[0], middle), (block.left[0], middle), gap=1)
        drawn.append(block)
        at += width + gap
    return drawn


def linear_layers(ax, sizes, *, after, x, width):
    """线性层：从最后一个方块 ``after`` 出发，从上往下排的盒子。"""
    last = after.right
    for number, size in enumerate(sizes):
        at = (x, 3.6 - 1.0 * number)
        bar = house.box(ax, at, f"线性 {size}", width=width, height=0.6, color=house.PURPLE, size=house.SMALL)
        house.arrow(ax, last, bar.top if number else bar.left, gap=1)
        last = bar.bottom
