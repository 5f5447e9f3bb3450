# /// script
# dependencies = ["torch", "numpy"]
# ///
"""CLIP's loss: rows and columns of one matrix, both directions."""

import math

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)


# region loss
def clip_loss(image, text, log_scale):
    image = F.normalize(image, dim=1)  # (N, D)
    text = F.normalize(text, dim=1)
    logits = log_scale.exp() * image @ text.T
    target = torch.arange(len(image))  # 对角线
    by_row = F.cross_entropy(logits, target)
    by_col = F.cross_entropy(logits.T, target)
    return (by_row + by_col) / 2
# endregion loss


if __name__ == "__main__":
    # region check
    log_scale = torch.tensor(1 / 0.07).log()
    same = torch.ones(8, 32)               # 全都一样
    print(f"{clip_loss(same, same, log_scale):.4f}",
          f"{math.log(8):.4f}")
    apart = torch.eye(8)                   # 各指一方
    print(f"{clip_loss(apart, apart, log_scale):.6f}")
    # endregion check

    # region half
    sims = torch.tensor([[0.3, 0.1],
                         [0.6, 0.8]])
    print(sims.argmax(1).tolist(), "图找字")
    print(sims.argmax(0).tolist(), "字找图")
    logits = sims / 0.07
    target = torch.arange(2)
    a = F.cross_entropy(logits, target).item()
    b = F.cross_entropy(logits.T, target).item()
    print(f"{a:.2f} {b:.2f}")
    # endregion half
    row_loss, col_loss = a, b
    assert abs(clip_loss(same, same, log_scale) - math.log(8)) < 1e-9
    assert clip_loss(apart, apart, log_scale) < 1e-4
    assert sims.argmax(1).tolist() == [0, 1] and sims.argmax(0).tolist() == [1, 1] and b > 5 * a
    start, log8 = log_scale.item(), math.log(8)
    torch.manual_seed(0)
    image, text = torch.randn(2, 5, 7)
    cosine = F.cosine_similarity(image[:, None], text[None], dim=2) / 0.07
    p, q = cosine.softmax(1).diag().log(), cosine.softmax(0).diag().log()
    assert torch.allclose(clip_loss(image, text, log_scale), -(p + q).mean() / 2)
