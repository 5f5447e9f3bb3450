"""PyTorch's engine on a graph: it counts what is missing, and takes the youngest node that is ready."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import BACKWARD

fig, ax = house.canvas(11.8, 5.2)
frame_of = ax.axis()
PLACES = {
    "Sum": (10.6, 3.2), "Mul": (8.3, 3.2), "Exp": (5.7, 4.35), "Sin": (5.7, 2.05),
    "Mul₀": (3.2, 3.2), "Acc": (0.95, 3.2)
}
TEXT = {"Sum": "Sum", "Mul": "Mul", "Exp": "Exp", "Sin": "Sin", "Mul₀": "Mul", "Acc": "x"}
ARROWS = [("Sum", "Mul"), ("Mul", "Exp"), ("Mul", "Sin"), ("Exp", "Mul₀"), ("Sin", "Mul₀"), ("Mul₀", "Acc")]

x = torch.tensor([0.5], requires_grad=True)
a = x * 2
b, c = a.exp(), a.sin()
L = (b * c).sum()
leaf = a.grad_fn.next_functions[0][0]
product = L.grad_fn.next_functions[0][0]
NODES = {"Sum": L.grad_fn, "Mul": product, "Exp": b.grad_fn, "Sin": c.grad_fn, "Mul₀": a.grad_fn, "Acc": leaf}
FIRST = a.grad_fn._sequence_nr()
ORDER = []
for name, node in NODES.items():
    node.register_prehook(lambda grads, name=name: ORDER.append(name))
L.backward()
assert ORDER == ["Sum", "Mul", "Sin", "Exp", "Mul₀", "Acc"]


def draw(frame):
    """After ``k`` nodes have run: which are done, which wait for how many gradients, what is ready."""
    k = min(frame // 2, len(ORDER))
    ax.clear()
    ax.axis("off")
    ax.axis(frame_of)
    done = set(ORDER[:k])
    missing = {name: sum(end == name and start not in done for start, end in ARROWS) for name in PLACES}
    ready = [name for name in ORDER if name not in done and missing[name] == 0]
    for start, end in ARROWS:
        (x0, y0), (x1, y1) = PLACES[start], PLACES[end]
        color, width = (BACKWARD, 2.6) if start in done else (house.HAIRLINE, 1.8)
        house.arrow(ax, (x0 - 0.75, y0), (x1 + 0.75, y1), color=color, width=width)
    for name, at in PLACES.items():
        color = house.TEAL if name in done else house.ORANGE if name in ready else house.GREY
        age = "AccumulateGrad" if name == "Acc" else f"编号 {NODES[name]._sequence_nr() - FIRST}"
        filled = name in done
        house.box(ax, at, TEXT[name], width=1.5, height=0.8, color=color, filled=filled, size=house.TITLE)
        house.label(ax, (at[0], at[1] + 0.63), age, color=house.MUTED, size=house.SMALL)
        if name not in done:
            text = "就绪" if name in ready else f"还差 {missing[name]} 份"
            house.label(ax, (at[0], at[1] - 0.63), text, color=color, size=house.SMALL, bold=True)
    queue = "、".join(TEXT[name] for name in ready) or "空"
    house.label(ax, (0.2, 0.85), f"就绪队列：{queue}", ha="left", color=house.ORANGE, size=house.TITLE)
    past = "  ".join(TEXT[name] for name in ORDER[:k])
    house.label(ax, (0.2, 0.35), f"已执行：{past}", ha="left", color=house.TEAL, size=house.TITLE)


plt.rcParams["savefig.dpi"] = 110  # many frames: no finer than the slide
animation = FuncAnimation(fig, draw, frames=2 * len(ORDER) + 5, interval=650)
draw(2 * len(ORDER))
plt.show()
