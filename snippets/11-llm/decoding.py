# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Temperature, top-k and top-p: what they do to a distribution."""

import torch

torch.set_default_dtype(torch.float64)


# region temperature
def temperature(logits, T):
    return (logits / T).softmax(-1)
# endregion temperature


# region top_k
def top_k(p, k):
    kept = p.topk(k).indices
    q = torch.zeros_like(p)
    q[kept] = p[kept]
    return q / q.sum()          # 剩下的归一
# endregion top_k


# region top_p
def top_p(p, top):
    big_first, order = p.sort(descending=True)
    before = big_first.cumsum(0) - big_first
    kept = order[before < top]  # 越线的也留
    q = torch.zeros_like(p)
    q[kept] = p[kept]
    return q / q.sum()          # 剩下的归一
# endregion top_p


def entropy(p):
    return -(p * p.log()).sum().item()


if __name__ == "__main__":
    # region warm
    logits = torch.tensor([2.0, 1.0, 0.0])
    for T in (0.5, 1, 2):
        p = temperature(logits, T)
        shown = " ".join(f"{v:.3f}" for v in p)
        print(f"{T:3} {shown} H={entropy(p):.2f}")
    # endregion warm
    cold, hot = temperature(logits, 0.5)[0].item(), temperature(logits, 2)[0].item()
    assert temperature(logits, 0.01)[0] > 0.999
    # region keep
    p = torch.tensor([0.5, 0.3, 0.15, 0.05])
    for cut, n in ((top_k, 1), (top_k, 4),
                   (top_p, 0.7), (top_p, 0.4)):
        q = " ".join(f"{v:.3f}" for v in cut(p, n))
        print(f"{cut.__name__} {n:<3} {q}")
    # endregion keep
    assert torch.allclose(top_p(p, 0.7), torch.tensor([0.625, 0.375, 0, 0]))
    assert torch.equal(top_p(p, 1.0), p) and top_p(p, 0.0001).tolist() == [1, 0, 0, 0]
    torch.manual_seed(0)
    assert torch.multinomial(top_k(p, 2), 10_000, replacement=True).max() == 1
