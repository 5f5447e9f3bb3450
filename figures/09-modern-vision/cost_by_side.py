"""Multiplications of ViT-B/16 and ResNet-50 against the side of the picture."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))
import io
from contextlib import redirect_stdout

with redirect_stdout(io.StringIO()):
    from resolution_cost import resnet, vit

sides = [224, 448, 896, 1792]
fig, ax = house.figure(5.0, 3.3)
ax.loglog(sides, [vit(s) / 1e9 for s in sides], marker="o", color=house.PURPLE, label="ViT-B/16")
ax.loglog(sides, [resnet(s) / 1e9 for s in sides], marker="s", linestyle="--", color=house.BLUE,
    label="ResNet-50")
ax.set(xlabel="图的边长（像素）", ylabel="十亿次乘法")
ax.set_xticks(sides, sides)
ax.minorticks_off()
ax.legend()
plt.show()
