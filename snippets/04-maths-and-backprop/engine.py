"""A scalar autograd engine: values record where they came from, backward walks the record."""

import math


# region value
class Value:
    def __init__(self, data, parents=(), local=()):
        self.data = data        # 前向的值
        self.grad = 0.0         # 反向的梯度
        self.parents = parents  # 由谁算来
        self.local = local      # 对每个来源的局部导数
    # endregion value

    # region operations
    def __add__(self, other):
        other = wrap(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = wrap(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), (1 - t * t,))
    # endregion operations

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -wrap(other)

    def __repr__(self):
        return f"Value({self.data:.4f}, grad={self.grad:.4f})"

    # region backward
    def backward(self):
        order, seen = [], set()
        def visit(v):
            if v not in seen:
                seen.add(v)
                for p in v.parents:
                    visit(p)
                order.append(v)     # 来源在前
        visit(self)
        self.grad = 1.0
        for v in reversed(order):   # 从结果往回走
            for p, d in zip(v.parents, v.local):
                p.grad += d * v.grad  # 累加！
    # endregion backward


def wrap(x):
    return x if isinstance(x, Value) else Value(x)
