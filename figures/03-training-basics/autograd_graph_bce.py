"""The graph that PyTorch recorded for a linear layer with binary cross-entropy."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.nn import functional as F

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

torch.manual_seed(0)
x, y = torch.ones(5), torch.zeros(3)
w = torch.randn(5, 3, requires_grad=True)
b = torch.randn(3, requires_grad=True)
loss = F.binary_cross_entropy_with_logits(torch.matmul(x, w) + b, y)
leaves = {id(w): ("w", w), id(b): ("b", b)}


def describe(node):
    """The text of a recorded node, its note, colour and width."""
    variable = getattr(node, "variable", None)
    if variable is not None:
        name, leaf = leaves[id(variable)]
        return f"{name}  {tuple(leaf.shape)}", "AccumulateGrad", house.ORANGE, 2.05
    name = node.name().split("Backward")[0]
    name = {"BinaryCrossEntropyWithLogits": "BCEWithLogits"}.get(name, name)
    return name, "", house.RED if node is loss.grad_fn else house.BLUE, 0.55 + 0.125 * len(name)


def draw(node, at):
    """Draw a recorded node, and to its left what it came from."""
    text, note, color, width = describe(node)
    shape = house.box(ax, at, text, width=width, height=1.0, color=color, note=note)
    parents = [parent for parent, _ in node.next_functions if parent is not None]
    for i, parent in enumerate(parents):
        lift = 0 if len(parents) == 1 else 0.85 - 1.7 * i
        source = draw(parent, (shape.left[0] - 0.5 - describe(parent)[3] / 2, at[1] + lift))
        house.arrow(ax, source.right, shape.left)
    return shape


fig, ax = house.canvas(11.4, 3.9)
last = draw(loss.grad_fn, (8.75, 1.7))
house.arrow(ax, last.right, (10.3, 1.7))
house.label(ax, (10.78, 1.7), f"{loss.item():.3f}", color=house.RED, mono=True)
house.arrow(
    ax, (10.4, 3.4), (0.7, 3.4), "backward：沿着记录往回走，梯度停在参数上", color=house.TEAL, dashed=True
)
plt.show()
