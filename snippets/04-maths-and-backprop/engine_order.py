# /// script
# dependencies = ["torch", "numpy"]
# ///
"""How PyTorch's engine walks the graph: count dependencies, then take the youngest that is ready."""

import heapq
from collections import Counter

import torch

# region graph
x = torch.tensor([0.5], requires_grad=True)
a = x * 2
b, c = a.exp(), a.sin()          # a 用了两次
L = (b * c).sum()
# endregion graph


def sources(node):
    """The nodes to which a node hands its gradients."""
    return [p for p, _ in node.next_functions if p is not None]


def every(node):
    """The node and all nodes that it leads to."""
    found, todo = [], [node]
    while todo:
        node = todo.pop()
        if node not in found:
            found.append(node)
            todo += sources(node)
    return found


def short(node):
    return node.name().split("::")[-1].split("Backward")[0]


# region engine
def walk(root):
    waiting = Counter(p for node in every(root)   # 还差几份梯度
                      for p in sources(node))
    ready, order = [(0, root)], []
    while ready:
        _, node = heapq.heappop(ready)            # 最晚记下的先走
        order.append(short(node))
        for p in sources(node):
            waiting[p] -= 1
            if waiting[p] == 0:                   # 到齐了
                heapq.heappush(ready, (-p._sequence_nr(), p))
    return order
# endregion engine

# region observe
seen = []
for node in every(L.grad_fn):
    node.register_prehook(lambda grads, n=node: seen.append(short(n)))
L.backward()
print("真引擎", *seen)
print("模拟  ", *walk(L.grad_fn))
# endregion observe

steps = len(seen)
assert seen == walk(L.grad_fn)
assert torch.allclose(x.grad, 2 * (torch.exp(a) * torch.sin(a) + torch.exp(a) * torch.cos(a)))
