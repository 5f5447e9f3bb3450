"""How many operations one step of decoding does for each byte of weights that it reads."""

# region intensity
def per_byte(batch, size=2):                 # bfloat16：2 字节
    d = 8192
    operations = 2 * batch * d * d           # 乘和加
    read = size * d * d                      # 权重只读一遍
    return operations / read

for batch in (1, 4, 16, 64, 256):
    print(f"batch {batch:3}: {per_byte(batch):4.0f} per byte")
# endregion intensity
one = per_byte(1)
assert one == 1
