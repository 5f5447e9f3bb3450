# /// script
# dependencies = ["torch", "numpy"]
# ///
"""The parameters of a model are those of its layers."""

from lenet import LeNet

# region count
model = LeNet()
total = 0
for name, layer in model.named_children():
    parameters = layer.parameters()
    n = sum(p.numel() for p in parameters)
    total += n
    print(f"{name:6}{n:>7}")
print(f"total {total:>7}")
# endregion count

linear_share = sum(
    p.numel() for name, p in model.named_parameters() if name.startswith("fc")
) / total

assert total == 156 + 2416 + 30840 + 10164 + 850 == 44426
