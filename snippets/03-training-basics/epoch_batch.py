"""Epochs, batches and iterations: how often are the parameters updated?"""

import math


# region count
def iterations(samples, batch_size, epochs=1):
    return epochs * math.ceil(samples / batch_size)
# endregion count


one_epoch = iterations(1000, 100)
five_epochs = iterations(1000, 100, epochs=5)
uneven = iterations(1050, 100)
last_batch = 1050 - 100 * (uneven - 1)
print(one_epoch, five_epochs, uneven, last_batch)

assert (one_epoch, five_epochs, uneven, last_batch) == (10, 50, 11, 50)
