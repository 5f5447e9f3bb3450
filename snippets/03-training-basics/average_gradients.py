# /// script
# dependencies = ["torch", "numpy"]
# [tool.deckwright]
# nproc = 2
# ///
"""Data parallelism: processes with the same model average their gradients.

Run it with: torchrun --standalone --nproc-per-node 2 average_gradients.py
"""

import os

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn

if "RANK" not in os.environ:    # python FILE: one process, which has all samples
    os.environ |= {"RANK": "0", "WORLD_SIZE": "1", "MASTER_ADDR": "localhost", "MASTER_PORT": "0"}
dist.init_process_group("gloo")    # on GPUs: "nccl"
rank, size = dist.get_rank(), dist.get_world_size()

x = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [2.0, 1.0]])
y = torch.tensor([[1.0], [2.0], [3.0], [4.0]])
model = nn.Linear(2, 1, bias=False)
nn.init.zeros_(model.weight)    # the same in all processes
(whole,) = torch.autograd.grad(F.mse_loss(model(x), y), model.weight)

# region average
mine = slice(rank, None, size)                 # 四个样本，每人两个
F.mse_loss(model(x[mine]), y[mine]).backward()
gradient = model.weight.grad
print(f"进程 {rank}：自己算的", gradient.tolist())
dist.all_reduce(gradient)                      # 求和，人人拿到同一份
gradient /= size                               # 再平均
print(f"进程 {rank}：平均之后", gradient.tolist())
# endregion average

difference = (gradient - whole).abs().max().item()
assert difference == 0
dist.destroy_process_group()
