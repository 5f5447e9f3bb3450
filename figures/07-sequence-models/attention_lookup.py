"""A dictionary gives one entry; attention gives a mixture of all of them."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(11.6, 4.7)
for left, title, color in (
    (0.2, "字典：完全相同才算", house.GREY), (6.0, "注意力：有几分像，取几分", house.TEAL)
):
    house.label(ax, (left + 2.7, 4.3), title, bold=True, color=house.INK)
    soft = left > 1
    question = house.box(
        ax,
        (left + 0.75, 2.2),
        "苹果" if not soft else r"$q$",
        width=1.1,
        height=0.8,
        color=house.BLUE,
        filled=True,
    )
    share = (0.05, 0.85, 0.10) if soft else (0, 1, 0)
    for k, word in enumerate(("香蕉", "苹果", "西瓜")):
        y = 3.4 - 1.2 * k
        key = house.box(
            ax,
            (left + 2.7, y),
            word if not soft else f"$k_{k + 1}$",
            width=1.1,
            height=0.75,
            color=house.ORANGE,
        )
        value = house.box(
            ax,
            (left + 4.6, y),
            ("黄色", "红色", "绿色")[k] if not soft else f"$v_{k + 1}$",
            width=1.1,
            height=0.75,
            color=house.TEAL,
        )
        if share[k]:
            house.arrow(ax, question.right, key.left, color=house.INK, width=1 + 4 * share[k])
            house.arrow(
                ax,
                key.right,
                value.left,
                f"{share[k]:.2f}" if soft else "",
                color=house.INK,
                width=1 + 4 * share[k],
            )
        else:
            house.arrow(ax, question.right, key.left, color=house.HAIRLINE)
    house.label(
        ax,
        (left + 2.7, 0.3),
        "得到：红色" if not soft else r"得到：$0.05\,v_1+0.85\,v_2+0.10\,v_3$",
        color=house.INK,
    )
plt.show()
