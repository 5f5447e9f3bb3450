# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Quantisation by hand: whole numbers and a scale, for each tensor or for each row."""

import torch

torch.set_default_dtype(torch.float64)


# region quantise
def quantise(w, bits=8, dim=None):
    top = 2 ** (bits - 1) - 1   # int8：127
    size = w.abs()
    scale = size.max() / top     # 一个刻度
    if dim is not None:          # 每行一个
        scale = size.amax(dim, True) / top
    q = (w / scale).round().clamp(-top, top)
    return q.to(torch.int8), scale
# endregion quantise


def weights():
    torch.manual_seed(0)
    w = torch.randn(256, 256) * 0.02
    w[7] *= 60                           # 一行特别大
    return w


if __name__ == "__main__":
    # region errors
    w = weights()
    x = torch.randn(64, 256)

    def error(q, scale):
        kept = torch.arange(256) != 7    # 看普通的行
        y, approx = x @ w[kept].T, x @ (q * scale)[kept].T
        return ((approx - y).norm() / y.norm()).item()

    for bits in (8, 4):
        tensor = error(*quantise(w, bits))
        row = error(*quantise(w, bits, dim=1))
        print(f"int{bits} per tensor {tensor:.1%}")
        print(f"int{bits} per row    {row:.1%}")
    # endregion errors
    tensor8, row8 = error(*quantise(w)), error(*quantise(w, dim=1))
    row4 = error(*quantise(w, 4, dim=1))
    assert row8 < 0.02 < tensor8
    q, scale = quantise(w, dim=1)
    assert ((q * scale - w).abs() <= scale / 2 + 1e-12).all() and q.dtype == torch.int8
    half, quarter = 7e9 * 2 / 2**30, 7e9 * 0.5 / 2**30
