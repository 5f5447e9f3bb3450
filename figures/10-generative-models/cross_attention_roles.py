"""Cross-attention: the places of the picture ask, the words answer."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(5.2, 3.1)
image = house.matrix(ax, (1.1, 1.75), rows=4, cols=4, cell=0.4, color=house.BLUE, name="图像",
                     marked=[(1, 2)])
words = [house.box(ax, (4.3, 2.75 - 0.62 * k), word, width=1.2, height=0.5, color=house.PURPLE,
                   size=house.SMALL)
         for k, word in enumerate(("一只", "橘色", "的", "猫"))]
for word, weight in zip(words, (0.06, 0.55, 0.04, 0.35)):
    house.arrow(ax, word.left, image.cells[1, 2], color=house.ORANGE, width=0.8 + 7 * weight, gap=6)
house.label(ax, (1.1, 0.6), "问题 $Q$", color=house.BLUE)
house.label(ax, (4.1, 0.25), "钥匙 $K$，内容 $V$", color=house.PURPLE)
plt.show()
