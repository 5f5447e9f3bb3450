"""小人图标：任意分辨率的布尔掩码，供几张“这是何物”的图共用。"""

import numpy as np


def mask(skirt: bool, scale: int = 1) -> np.ndarray:
    """一枚 40×20 的小人（放大 scale 倍）：头、身、臂、腿；skirt 为真时多一条裙子。"""
    y, x = np.mgrid[0 : 40 * scale, 0 : 20 * scale] / scale
    x = np.abs(x - 10 + 0.5 / scale)
    head = x**2 + (y - 5) ** 2 < 16
    body = (x < 5) & (y > 10) & (y < 25)
    legs = (x > 1) & (x < 5) & (y >= 25) & (y < 39)
    hem = (x < (y - 8) / 2) & (y > 16) & (y < 29)
    return head | body | legs | hem if skirt else head | body | legs


def draw(ax, center, height, skirt, color):
    """把小人画成光滑的矢量图形，中心在 center，高 height。"""
    fine = np.pad(mask(skirt, scale=12).astype(float), 2)
    rows, cols = fine.shape
    width = height * cols / rows
    x = center[0] + np.linspace(-width / 2, width / 2, cols)
    y = center[1] + np.linspace(height / 2, -height / 2, rows)
    ax.contourf(x, y, fine, levels=[0.5, 1.5], colors=[color], zorder=3)
