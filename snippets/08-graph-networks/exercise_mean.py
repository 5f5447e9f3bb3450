# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Exercise 1: the mean over the neighbours, without a loop, and without surprises at lonely nodes."""

import torch

torch.set_default_dtype(torch.float64)


# region task
def neighbour_mean(H, edge_index):
    """H (N, d)，edge_index (2, E) -> (N, d)

    邻居的平均，不许循环；没有邻居的节点得 0。
    """
    # BEGIN SOLUTION
    src, dst = edge_index
    total = torch.zeros_like(H).index_add(0, dst, H[src])
    count = torch.bincount(dst, minlength=len(H)).clamp(min=1)
    return total / count[:, None]
    # END SOLUTION
# endregion task


# region test
H = torch.tensor([[2., 4], [6, 8], [1, 1], [9, 9]])
edge_index = torch.tensor([[0, 1, 2, 2],
                           [2, 2, 0, 1]])   # 3 号没有邻居
out = neighbour_mean(H, edge_index)
assert out[2].tolist() == [4, 6]            # 0、1 的平均
assert out[3].tolist() == [0, 0]            # 不是 nan
assert out.shape == H.shape
print("通过")
# endregion test
