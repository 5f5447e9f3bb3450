"""小人图标：一个布尔掩码，一幅同样尺寸的矢量图，供几张“这是何物”的图共用。"""

import numpy as np
from matplotlib.patches import Circle, Polygon


def mask(skirt: bool) -> np.ndarray:
    """一枚 40×20 像素的小人：头、身、腿；skirt 为真时多一条裙子。"""
    y, x = np.mgrid[0:40, 0:20]
    x = np.abs(x - 9.5)
    head = x**2 + (y - 5) ** 2 < 16
    body = (x < 5) & (y > 10) & (y < 25)
    legs = (x > 1) & (x < 5) & (y >= 25) & (y < 39)
    hem = (x < (y - 8) / 2) & (y > 16) & (y < 29)
    return head | body | legs | hem if skirt else head | body | legs


def draw(ax, center, height, skirt, color):
    """同一个小人画成矢量图形，中心在 center，高 height。"""
    unit = height / 40

    def at(x, y):
        return center[0] + x * unit, center[1] + (20 - y) * unit

    parts = [[(-5, 10), (5, 10), (5, 25), (-5, 25)]]
    parts += [[(side, 25), (5 * side, 25), (5 * side, 39), (side, 39)] for side in (-1, 1)]
    if skirt:
        parts.append([(-4, 16), (4, 16), (10.5, 29), (-10.5, 29)])
    ax.add_patch(Circle(at(0, 5), 4 * unit, color=color, linewidth=0, zorder=3))
    for part in parts:
        ax.add_patch(Polygon([at(*corner) for corner in part], color=color, linewidth=0.5, zorder=3))
