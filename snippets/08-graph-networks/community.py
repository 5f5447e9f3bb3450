# /// script
# dependencies = ["torch", "numpy"]
# ///
"""A graph that a script makes: communities, many edges inside, few between, features full of noise."""

import torch

torch.set_default_dtype(torch.float64)


# region make
def make(groups=4, size=50, inside=0.16, across=0.01,
         noise=1.0, seed=0):
    data = torch.Generator().manual_seed(seed)
    y = torch.arange(groups).repeat_interleave(size)
    same = y[:, None] == y
    chance = torch.where(same, inside, across)
    upper = torch.rand(len(y), len(y), generator=data)
    i, j = (upper < chance).triu(1).nonzero().T
    edge_index = torch.stack([torch.cat([i, j]),
                              torch.cat([j, i])])
    middle = torch.eye(groups).repeat(1, 4)     # 各组的中心
    X = middle[y] + noise * torch.randn(
        len(y), 4 * groups, generator=data)
    return X, y, edge_index
# endregion make


X, y, edge_index = make()
nodes, edges = len(y), edge_index.shape[1] // 2
inner = (y[edge_index[0]] == y[edge_index[1]]).double().mean().item()
known = [50 * group + k for group in range(4) for k in (0, 1)]  # 每组两个标签
hidden = torch.ones(nodes, dtype=torch.bool)
hidden[known] = False
assert (edge_index[0] != edge_index[1]).all() and 0.7 < inner < 0.95
