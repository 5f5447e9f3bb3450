"""PPO 要四个网络。"""

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
        ("评论家", "猜能得几分", True),
        ("奖励模型", "打分", False),
        ("出发时的策略", "算 KL", False),
    ],
)
plt.show()
