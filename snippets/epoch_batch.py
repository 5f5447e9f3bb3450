"""Epochs, batches and iterations: how often are the parameters updated?"""

import math

# region count
def iterations(samples, batch_size, epochs=1):
    return epochs * math.ceil(samples / batch_size)

print(iterations(1000, 100))
print(iterations(1000, 100, epochs=5))
print(iterations(1050, 100))
# endregion count

assert [iterations(1000, 100), iterations(1000, 100, 5), iterations(1050, 100)] == [10, 50, 11]
