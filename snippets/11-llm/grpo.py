# /// script
# dependencies = ["torch", "numpy"]
# ///
"""GRPO: advantages relative to the group, clipped ratio, and a KL term."""

import torch

torch.set_default_dtype(torch.float64)


# region advantages
def advantages(rewards, eps=1e-6):       # (题, 每题几个回答)
    mean = rewards.mean(1, keepdim=True)
    std = rewards.std(1, keepdim=True, correction=0)
    return (rewards - mean) / (std + eps)
# endregion advantages


# region loss
def grpo_loss(new, old, ref, A,
              eps=0.2, beta=0.04):
    ratio = (new - old).exp()  # 每个 token
    A = A[:, None]             # 整个回答一个
    clipped = ratio.clamp(1 - eps, 1 + eps)
    gain = torch.min(ratio * A, clipped * A)
    d = ref - new
    kl = d.exp() - d - 1       # 不小于 0
    return -(gain - beta * kl).mean()
# endregion loss


if __name__ == "__main__":
    # region groups
    rewards = torch.tensor([[1., 0., 0., 1.],
                            [1., 0., 0., 0.],
                            [1., 1., 1., 1.]])
    for row in advantages(rewards):
        print(*(f"{a:6.2f}" for a in row))
    # endregion groups
    A = advantages(rewards)
    assert torch.allclose(A[0], torch.tensor([1., -1, -1, 1]), atol=1e-5) and A[2].abs().max() == 0
    assert A.sum(1).abs().max() < 1e-9
    sample = (rewards[0] - rewards[0].mean()) / rewards[0].std()
    assert abs(sample[0].item() - 0.866) < 1e-3
    rare, common = A[1, 0].item(), A[1, 1].item()

    # region first
    torch.manual_seed(0)
    logp = torch.randn(4, 3, requires_grad=True)
    A = advantages(rewards[:1])[0]
    old = ref = logp.detach()            # 第一步三者相同
    grpo_loss(logp, old, ref, A).backward()
    plain = -A[:, None] / logp.numel()   # REINFORCE 的梯度
    print("policy gradient:", torch.allclose(
        logp.grad, plain.expand(4, 3)))
    # endregion first
    assert torch.allclose(logp.grad, plain.expand(4, 3))

    # the estimate of KL over a vocabulary, weighted by the policy: its mean is KL, its spread small
    pi, other = torch.randn(2, 50).mul(0.3).softmax(1)
    d = other.log() - pi.log()
    exact = (pi * -d).sum()
    estimate = d.exp() - d - 1
    assert torch.isclose((pi * estimate).sum(), exact) and (estimate >= 0).all()
    assert (pi * (estimate - exact) ** 2).sum() < (pi * (-d - exact) ** 2).sum() / 2
