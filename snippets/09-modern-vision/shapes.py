# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Pictures without end: shapes somewhere in a picture, with their masks and names."""

import torch

names = ["圆", "方", "三角", "十字"]


# region mask
def mask(kind, cx, cy, r, size=32):
    """(N, size, size)：形状里面是 True。"""
    y, x = torch.meshgrid(*2 * [torch.arange(size)],
                          indexing="ij")
    dx = x - cx[:, None, None]
    dy = y - cy[:, None, None]
    r = r[:, None, None]
    a, b = dx.abs(), dy.abs()
    all_kinds = torch.stack([
        a**2 + b**2 < r**2,                       # 圆
        torch.maximum(a, b) < 0.85 * r,           # 方
        (dy < 0.6 * r) & (a < 0.62 * (dy + r)),   # 三角
        (torch.minimum(a, b) < 0.33 * r)
        & (torch.maximum(a, b) < r)], dim=1)      # 十字
    return all_kinds[torch.arange(len(kind)), kind]
# endregion mask


def place(n, generator, smallest=5.0, largest=9.0, size=32):
    """Kind, middle and radius of n shapes that lie inside of the picture."""
    kind = torch.randint(len(names), (n,), generator=generator)
    r = smallest + (largest - smallest) * torch.rand(n, generator=generator)
    cx, cy = (r + (size - 2 * r) * torch.rand(n, generator=generator) for _ in range(2))
    return kind, cx, cy, r


# region scene
def scenes(n, g):
    """图 (N, 1, 32, 32)，和每个像素的答案"""
    truth = torch.zeros(n, 32, 32).bool()
    for _ in range(3):             # 三个形状
        truth |= mask(*place(n, g, 3.5, 7.0))
    s = torch.linspace(-0.6, 0.6, 32)
    a = torch.rand(n, 1, 1, generator=g)
    light = s[:, None] + (2 * a - 1) * s
    noise = torch.randn(n, 32, 32, generator=g)
    image = light + 0.9 * truth + 0.25 * noise
    return image[:, None], 1.0 * truth[:, None]
# endregion scene


patterns = ["横", "竖", "撇", "捺"]


# region striped
def striped(n, generator, size=32):
    """一个有条纹的圆，条纹有四种方向；别处是噪声。"""
    _, cx, cy, r = place(
        n, generator, 0.19 * size, 0.31 * size, size)
    kind = torch.randint(4, (n,), generator=generator)
    y, x = torch.meshgrid(*2 * [torch.arange(size)],
                          indexing="ij")
    along = torch.stack([y, x, 0.7 * (x + y), 0.7 * (x - y)])
    start = torch.rand(n, 1, 1, generator=generator)
    wave = torch.cos(2 * torch.pi * (along[kind] / 4 + start))
    inside = mask(torch.zeros_like(kind), cx, cy, r, size)
    noise = torch.randn(n, size, size, generator=generator)
    return (inside * wave + 0.25 * noise)[:, None], kind, inside
# endregion striped


if __name__ == "__main__":
    data = torch.Generator().manual_seed(0)
    # region use
    images, truth = scenes(4, data)
    print(images.shape, truth.shape)
    # endregion use
    share = scenes(500, data)[1].mean().item()
    assert images.shape == truth.shape == (4, 1, 32, 32) and 0.1 < share < 0.4
    assert striped(5, data)[0].shape == (5, 1, 32, 32) and striped(5, data, 16)[2].shape == (5, 16, 16)
    kind, cx, cy, r = place(100, data)
    inside = mask(kind, cx, cy, r)
    assert not inside[:, 0].any() and not inside[:, :, 0].any() and inside.any((1, 2)).all()
