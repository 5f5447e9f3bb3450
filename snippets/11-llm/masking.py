# /// script
# dependencies = ["torch", "numpy"]
# ///
"""BERT's masking: 15 % are chosen; of these 80 % become [MASK], 10 % another word, 10 % stay."""

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)


# region mask
def mask_tokens(text, kinds, mask, data):
    chosen, dice = torch.rand(
        2, *text.shape, generator=data)
    chosen = chosen < 0.15    # 选 15%
    labels = text.masked_fill(~chosen, -100)
    other = torch.randint(
        kinds, text.shape, generator=data)
    x = text.clone()
    x[chosen & (dice < 0.8)] = mask  # 八成盖
    swap = chosen & (dice > 0.9)
    x[swap] = other[swap]     # 一成换字
    return x, labels          # 一成不动
# endregion mask


if __name__ == "__main__":
    # region count
    generator = torch.Generator().manual_seed(0)
    text = torch.randint(5000, (1000, 100), generator=generator)
    x, labels = mask_tokens(text, 5000, 5000, generator)
    chosen = labels != -100
    hidden = x == 5000
    print(f"chosen {chosen.double().mean():.1%}")
    for name, which in (("mask", hidden), ("swap", (x != text) & ~hidden),
                        ("keep", chosen & (x == text))):
        print(f"{name}   {which.sum() / chosen.sum():5.1%}")
    # endregion count

    # region loss
    logits = torch.randn(2, 5, 7, generator=generator)
    y = torch.tensor([[3, -100, -100, 1, -100],
                      [-100, -100, 6, -100, -100]])
    loss = F.cross_entropy(logits.mT, y)     # -100 不算
    kept = y != -100
    by_hand = F.cross_entropy(logits[kept], y[kept])
    print(torch.allclose(loss, by_hand), kept.sum().item())
    # endregion loss
    assert torch.allclose(loss, by_hand)
    share = chosen.double().mean().item()
    parts = [(hidden.sum() / chosen.sum()).item(), (chosen & (x == text)).sum().item() / chosen.sum().item()]
    assert abs(share - 0.15) < 0.01 and abs(parts[0] - 0.8) < 0.01 and abs(parts[1] - 0.1) < 0.01
