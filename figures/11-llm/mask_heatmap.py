"""同一组分数：不加掩码和加掩码的注意力权重。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
import torch
from gpt import GPT
from poems import alphabet, encode

text = "床前明月光"
torch.manual_seed(3)
model = GPT(len(alphabet), dim=32, heads=2, depth=1, context=25)
torch.nn.init.normal_(model.blocks[0].attention.qkv.weight, std=0.35)
ids = torch.tensor([encode(text)])
maps = []
for causal in (False, True):
    model.blocks[0].attention.causal = causal
    with torch.no_grad():
        model(ids)
    maps.append(model.blocks[0].attention.weights[0, 0])

fig, axes = house.figure(11.4, 4.9, cols=2)
for ax, weights, title in zip(axes, maps, ("不加掩码：前后都看", "因果掩码：只看自己和前面")):
    ax.imshow(weights, vmin=0, vmax=1, cmap="house")
    ax.set_xticks(range(5), list(text))
    ax.set_yticks(range(5), list(text))
    ax.tick_params(length=0, labelsize=house.TEXT)
    ax.grid(False)
    ax.set(title=title, xlabel="看哪个字", ylabel="在哪个字")
    for i in range(5):
        for j in range(5):
            w = weights[i, j].item()
            house.label(
                ax, (j, i), f"{w:.2f}" if w else "0", size=house.SMALL, mono=True,
                color=house.PAPER if w > 0.5 else house.INK if w else house.RED,
            )
plt.show()
