# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Exercise 2: the neighbours along a meta-path that there and back is the same."""

import torch

from academic import AP, PV


# region task
def neighbours(*half):
    """half：元路径前一半的邻接矩阵，如 AP, PV

    返回布尔矩阵：沿“去了再原路类型回来”，
    谁能走到谁；不算自己。
    """
    # BEGIN SOLUTION
    there = half[0]
    for step in half[1:]:
        there = there @ step
    reached = there @ there.T > 0
    return reached & ~torch.eye(len(reached)).bool()
    # END SOLUTION
# endregion task


# region test
coauthors = neighbours(AP)              # 作者-论文-作者
assert coauthors.sum(1).tolist() == [1, 2, 2, 1]
venue = neighbours(AP, PV)              # 作者-论文-会议-论文-作者
assert venue.sum(1).tolist() == [1, 3, 2, 2]
assert venue[0].tolist() == [False, True, False, False]
assert not venue.diag().any()
print("通过")
# endregion test
