# /// script
# dependencies = ["torch", "numpy"]
# ///
"""练习一：min-p 采样：只留概率不小于“最大概率的几分之几”的字。"""

import torch

torch.set_default_dtype(torch.float64)


# region task
def min_p(p, share):
    """留下 p >= share * p.max() 的，其余为 0，再归一。"""
    # endregion task
    # BEGIN SOLUTION
    q = torch.where(p >= share * p.max(), p, torch.zeros_like(p))
    return q / q.sum()
    # END SOLUTION


# region test
sure = torch.tensor([0.90, 0.04, 0.03, 0.02, 0.01])
torn = torch.tensor([0.24, 0.22, 0.20, 0.18, 0.16])
assert (min_p(sure, 0.1) > 0).sum() == 1     # 有把握：留一个
assert (min_p(torn, 0.1) > 0).sum() == 5     # 没把握：全留
assert torch.allclose(min_p(torn, 0), torn)
assert min_p(torn, 1).tolist() == [1, 0, 0, 0, 0]
# endregion test
print("通过")
