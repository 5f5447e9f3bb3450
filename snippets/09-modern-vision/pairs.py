# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Pairs of a picture and its words: coloured shapes, made here."""

import torch

from shapes import mask, names

colors = {"红": (0.8, 0.2, 0.2), "绿": (0.2, 0.7, 0.3),
          "蓝": (0.2, 0.4, 0.9), "黄": (0.9, 0.8, 0.2)}

# region words
captions = [f"{color}色的{name}"
            for color in colors for name in names]
brief = [f"{color}色的" for color in colors]    # 只写颜色
hidden = ["红色的圆", "绿色的方",
          "蓝色的三角", "黄色的十字"]   # 训练时不给看
seen = [c for c in captions if c not in hidden]
# endregion words


def draw(wanted, generator, size=32):
    """One picture (3, size, size) for each caption of ``wanted``; what it does not say is any."""
    n, paints = len(wanted), list(colors)
    any_color = torch.randint(len(paints), (n,), generator=generator).tolist()
    any_shape = torch.randint(len(names), (n,), generator=generator).tolist()
    paint = torch.tensor([colors[c[0] if "色" in c else paints[k]] for c, k in zip(wanted, any_color)])
    kind = torch.tensor([names.index(c.split("的")[-1]) if c[-1] != "的" else k for c,
        k in zip(wanted, any_shape)])
    r = 7 + 4 * torch.rand(n, generator=generator)
    cx, cy = (r + (size - 2 * r) * torch.rand(n, generator=generator) for _ in range(2))
    inside = mask(kind, cx, cy, r, size)[:, None]
    ground = 0.5 + 0.05 * torch.randn(n, 1, size, size, generator=generator)
    light = 0.8 + 0.4 * torch.rand(n, 1, 1, 1, generator=generator)
    noise = 0.03 * torch.randn(n, 3, size, size, generator=generator)
    return torch.where(inside, light * paint[:, :, None, None], ground) + noise


# region encode
alphabet = sorted(set("".join(captions)))

def encode(words):
    """每句变成一串字的编号；短的补 0。"""
    ids = torch.zeros(len(words), 5, dtype=torch.long)
    for row, text in zip(ids, words):
        for k, char in enumerate(text):
            row[k] = 1 + alphabet.index(char)
    return ids
# endregion encode


if __name__ == "__main__":
    # region use
    print(len(captions), len(seen))
    images = draw(seen, torch.Generator().manual_seed(0))
    print(images.shape, encode(seen).shape)
    # endregion use
    count, kept = len(captions), len(seen)
    assert (count, kept) == (16, 12) and encode(["红色的圆"])[0, 4] == 0
    assert set("".join(hidden)) <= set("".join(seen))
