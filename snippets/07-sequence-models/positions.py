# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Sinusoidal positions: a shift is a rotation, so dot products see the distance."""

import torch

torch.set_default_dtype(torch.float64)


# region encode
def positions(length, dim):
    t = torch.arange(length)[:, None]          # 第几个
    pair = torch.arange(0, dim, 2)             # 第几对
    angle = t / 10000 ** (pair / dim)          # (length, dim/2)
    P = torch.zeros(length, dim)
    P[:, 0::2], P[:, 1::2] = angle.sin(), angle.cos()
    return P
# endregion encode


# region distance
if __name__ == "__main__":
    P = positions(200, 64)
    near = P @ P.T
    print(f"{near[10, 13]:.4f} {near[110, 113]:.4f}")

    angle = 3 / 10000 ** (torch.arange(0, 64, 2) / 64)
    s, c = angle.sin(), angle.cos()
    sin, cos = P[:-3, 0::2], P[:-3, 1::2]
    rotated = torch.stack([sin * c + cos * s,
                           cos * c - sin * s], dim=-1)
    print(torch.allclose(rotated.flatten(1), P[3:]))
# endregion distance
    assert torch.allclose(near[10, 13], near[110, 113])
    assert torch.allclose(rotated.flatten(1), P[3:])
