# /// script
# dependencies = ["torch", "numpy"]
# ///
"""Zachary's karate club (1977): 34 members, 78 friendships, and the two clubs into which it split."""

import torch

# region data
NEIGHBOURS = {  # 每条边只写一次：编号小的在前
    0: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
    1: [2, 3, 7, 13, 17, 19, 21, 30],
    2: [3, 7, 8, 9, 13, 27, 28, 32],
    3: [7, 12, 13],
    4: [6, 10],
    5: [6, 10, 16],
    6: [16],
    8: [30, 32, 33],
    9: [33],
    13: [33],
    14: [32, 33],
    15: [32, 33],
    18: [32, 33],
    19: [33],
    20: [32, 33],
    22: [32, 33],
    23: [25, 27, 29, 32, 33],
    24: [25, 27, 31],
    25: [31],
    26: [29, 33],
    27: [33],
    28: [31, 33],
    29: [32, 33],
    30: [32, 33],
    31: [32, 33],
    32: [33],
}
TEACHER = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21]  # 跟教练走的人
# endregion data

people = 34
EDGES = [(i, j) for i, near in NEIGHBOURS.items() for j in near]
friendships = len(EDGES)
both = torch.tensor(EDGES).T
edge_index = torch.cat([both, both.flip(0)], dim=1)  # 每条边两个方向：(2, 156)
club = torch.ones(people, dtype=torch.long)
club[TEACHER] = 0  # 0：教练 (0 号) 一派；1：会长 (33 号) 一派


def adjacency():
    A = torch.zeros(people, people, dtype=torch.float64)
    A[edge_index[0], edge_index[1]] = 1
    return A


degrees = adjacency().sum(1).int().tolist()
largest_degree = max(degrees)
assert friendships == 78 and len(TEACHER) == 17 and edge_index.shape == (2, 156)
assert (degrees[0], degrees[33], degrees[32]) == (16, 17, 12) and adjacency().equal(adjacency().T)
