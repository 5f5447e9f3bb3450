# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Message passing: aggregate over the neighbours, then update; sum, mean and max."""

import torch

from adjacency_small import A, edge_index

torch.set_default_dtype(torch.float64)


# region passing
def aggregate(H, edge_index, how):
    src, dst = edge_index
    to = dst[:, None].expand(-1, H.shape[1])
    M = torch.zeros_like(H)
    return M.scatter_reduce(
        0, to, H[src], how,
        include_self=False)

def update(H, M):
    return 0.5 * H + 0.5 * M
# endregion passing


# region use
H = torch.tensor([[1.], [2], [3], [4], [5]])
for how in ("sum", "mean", "amax"):
    M = aggregate(H, edge_index, how)
    h = update(H, M)
    print(f"{how:4} m {M[2, 0]:.2f}  h {h[2, 0]:.2f}")
# endregion use
total = aggregate(H, edge_index, "sum")
assert torch.allclose(total, A @ H)
order = torch.tensor([3, 0, 4, 1, 2])
moved = order.argsort()[edge_index]  # node order[k] becomes node k
for how in ("sum", "mean", "amax"):
    assert torch.allclose(aggregate(H[order], moved, how), aggregate(H, edge_index, how)[order])
