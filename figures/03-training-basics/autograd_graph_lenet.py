"""The graph that PyTorch recorded for LeNet with cross-entropy, from the picture to the loss."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch.nn import functional as F

sys.path.append(str(Path(__file__).resolve().parents[1]))
sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/03-training-basics"))
import house
from lenet import LeNet
from autograd_walk import operations


model = LeNet()
loss = F.cross_entropy(model(torch.zeros(2, 1, 28, 28)), torch.tensor([0, 1]))
names = {id(parameter): name for name, parameter in model.named_parameters()}

# LeNet is one chain: follow it from the loss back to the first convolution.
chain, operation = [], operations(loss.grad_fn, names)
while operation is not None:
    chain.append(operation)
    operation = operation.parents[0] if operation.parents else None
chain.reverse()

fig, ax = house.canvas(11.8, 5.2)
per_row, drawn = 5, []
for i, operation in enumerate(chain):
    row, col = divmod(i, per_row)
    col = col if row % 2 == 0 else per_row - 1 - col
    at = (1.2 + 2.35 * col, 4.05 - 1.75 * row)
    name = operation.name.replace("MaxPool2DWithIndices", "MaxPool2D")
    color = house.RED if i == len(chain) - 1 else house.BLUE if operation.parameters else house.GREY
    drawn.append(house.box(ax, at, name, width=1.85, height=0.7, color=color, size=house.SMALL))
    if operation.parameters:
        layer = operation.parameters[0].split(".")[0]
        assert sorted(operation.parameters) == [f"{layer}.bias", f"{layer}.weight"]
        house.label(
            ax, (at[0], at[1] + 0.56), f"{layer}: W, b", color=house.ORANGE, size=house.SMALL, mono=True
        )
for i, (a, b) in enumerate(zip(drawn, drawn[1:])):
    row = i // per_row
    if (i + 1) % per_row == 0:
        house.arrow(ax, a.bottom, b.top)
    elif row % 2 == 0:
        house.arrow(ax, a.right, b.left)
    else:
        house.arrow(ax, a.left, b.right)
plt.show()
