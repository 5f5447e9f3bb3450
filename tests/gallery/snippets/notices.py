import logging
import sys
import warnings

# %% logging
logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
log = logging.getLogger("training")
log.info("epoch %d", 1)
log.warning("loss is not finite")

# %% warning
warnings.warn("this default will change", FutureWarning)

# %% streams
for step in range(2):
    print("step", step)
    print("note", step, file=sys.stderr)

# %% colours
print("\x1b[1;32mpassed\x1b[0m 3, \x1b[31mfailed\x1b[0m 1, \x1b[44;97m info \x1b[0m, \x1b[2mskipped 2\x1b[0m")

# %% timed
import time

start = time.perf_counter()
print("sum:", sum(range(1000)))
print(f"took {time.perf_counter() - start:.6f} s")

# %% letters
print("中文对齐|日本語|x\nabc     |abc   |x\nµ ß é → ✓ 😀")
