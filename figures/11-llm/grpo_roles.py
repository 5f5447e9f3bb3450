"""GRPO 只要两个网络，加一个判分的程序。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import roles

fig, ax = house.canvas(5.2, 2.7)
roles(
    ax,
    [
        ("策略", "写回答", True),
        ("同组平均", "代替评论家", False),
        ("程序", "判对错", False),
        ("出发时的策略", "算 KL", False),
    ],
)
plt.show()
