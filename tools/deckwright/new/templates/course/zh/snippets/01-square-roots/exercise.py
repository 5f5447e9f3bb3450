"""立方根：一道练习。"""


# region task
def cube_root(a, steps=10):
    x = a
    for _ in range(steps):
        # BEGIN SOLUTION
        x = (2 * x + a / x**2) / 3
        # END SOLUTION
    return x


print(cube_root(8))
# endregion task

assert abs(cube_root(8) - 2) < 1e-9
