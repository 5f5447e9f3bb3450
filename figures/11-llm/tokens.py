"""同一句诗，按字节、按字、按 BPE，各切成几段。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets/11-llm"))
from bpe import ids, text, vocab

from parts import cells



def shown(token):
    try:
        return token.decode()
    except UnicodeDecodeError:
        return "·" * len(token)


pieces = [shown(vocab[i]) for i in ids]
fig, ax = house.canvas(11.8, 4.7)
data = text.encode()
house.label(ax, (0.1, 4.35), f"字节：{len(data)} 个，词表 256", ha="left", color=house.BLUE)
width = 11.6 / len(data)
cells(ax, 0.1, 3.7, [""] * len(data), house.BLUE, width=width, height=0.55)
house.label(ax, (0.1, 2.85), f"字：{len(text)} 个，词表几千到几万", ha="left", color=house.TEAL)
cells(ax, 0.1, 2.2, list(text), house.TEAL, width=width * 3, height=0.62)
said = f"BPE：{len(pieces)} 个，词表自己定；一个圆点是一个字节"
house.label(ax, (0.1, 1.35), said, ha="left", color=house.ORANGE)
left = 0.1
for i, piece in zip(ids, pieces):
    size = len(vocab[i]) * width
    house.box(
        ax, (left + size / 2, 0.7), piece, width=size * 0.94, height=0.62, color=house.ORANGE,
        filled=len(piece) > 1 and "·" not in piece,
    )
    left += size
plt.show()
