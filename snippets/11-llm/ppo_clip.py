# /// script
# dependencies = ["torch", "numpy"]
# ///
"""PPO's clipped objective: beyond the band there is nothing left to gain."""

import torch

torch.set_default_dtype(torch.float64)


# region clip
def ppo_objective(ratio, A, eps=0.2):
    clipped = ratio.clamp(1 - eps, 1 + eps)
    return torch.min(ratio * A, clipped * A)
# endregion clip


if __name__ == "__main__":
    # region values
    for A in (1.0, -1.0):
        ratio = torch.tensor([0.5, 1.0, 1.5])
        ratio.requires_grad_()
        gain = ppo_objective(ratio, A)
        gain.sum().backward()
        print(f"A = {A:+.0f}")
        print("  gain ", *gain.tolist())
        print("  slope", *ratio.grad.tolist())
    # endregion values
    one = torch.tensor(1.5, requires_grad=True)
    high, low = ppo_objective(one, 1.0), ppo_objective(one, -1.0)
    high.backward()
    assert torch.isclose(high, torch.tensor(1.2)) and low.item() == -1.5 and one.grad == 0
    capped, uncapped = high.item(), low.item()
