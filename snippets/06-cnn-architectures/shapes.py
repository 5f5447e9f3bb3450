# /// script
# dependencies = ["torch", "numpy"]
# ///
"""合成数据：32×32 的带噪声的图，某处有一个方块、圆、三角或十字。"""

import torch

NAMES = ("方块", "圆环", "三角", "十字")
SIDE = 11


def pattern(kind):
    """一个 11×11 的图案。"""
    row, col = torch.meshgrid(torch.arange(SIDE), torch.arange(SIDE), indexing="ij")
    across, down = (col - 5).abs(), row - 5
    if kind == 0:
        shape = torch.maximum(across, down.abs()) <= 4
    elif kind == 1:
        far = across**2 + down**2
        shape = (far <= 25) & (far >= 8)
    elif kind == 2:
        shape = (across * 2 <= row) & (row <= 9)
    else:
        shape = ((across <= 1) | (down.abs() <= 1)) & (across + down.abs() <= 5)
    return shape.double()


# region make
def make(count, seed):
    """图、类别、左上角的位置。"""
    generator = torch.Generator().manual_seed(seed)
    kinds, tops, lefts = (
        torch.randint(high, (count,), generator=generator) for high in (4, 32 - SIDE, 32 - SIDE))
    images = 0.3 * torch.randn(count, 1, 32, 32, generator=generator, dtype=torch.float64)
    for image, kind, top, left in zip(images, kinds, tops, lefts):
        image[0, top : top + SIDE, left : left + SIDE] += pattern(kind)
    return images, kinds, torch.stack([tops, lefts], 1)
# endregion make


if __name__ == "__main__":
    images, kinds, places = make(100, seed=0)
    print(tuple(images.shape), kinds.bincount().tolist())
    assert places.max() <= 32 - SIDE and len({tuple(pattern(k).flatten().tolist()) for k in range(4)}) == 4
