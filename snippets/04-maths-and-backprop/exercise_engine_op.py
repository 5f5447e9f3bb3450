# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Exercise: teach the engine exp and log, and get softmax with cross-entropy for free."""

import math

import torch

from engine import Value


# region task
def exp(v):
    """e 的 v 次方：返回一个 Value，带上局部导数。"""
# endregion task
    # BEGIN SOLUTION
    e = math.exp(v.data)
    return Value(e, (v,), (e,))
    # END SOLUTION


# region task_log
def log(v):
    """v 的自然对数。"""
# endregion task_log
    # BEGIN SOLUTION
    return Value(math.log(v.data), (v,), (1 / v.data,))
    # END SOLUTION


# region check
z = [Value(1.0), Value(2.0), Value(3.0)]     # 三个分数
J = log(exp(z[0]) + exp(z[1]) + exp(z[2])) - z[2]
J.backward()                                 # 标签是最后一类
p = torch.tensor([1.0, 2.0, 3.0]).softmax(0).tolist()
target = [p[0], p[1], p[2] - 1]              # p − y
for v, t in zip(z, target):
    assert math.isclose(v.grad, t, rel_tol=1e-5)
# endregion check
