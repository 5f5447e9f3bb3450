"""Static against continuous batching: the same ten requests on the same four seats."""

import random

random.seed(3)
requests = [random.randint(2, 12) for _ in range(10)]    # tokens each of them writes
seats = 4


# region static
def static(requests):
    rows = []                        # (座位, 开始, 结束, 请求)
    start = 0
    for k in range(0, len(requests), seats):
        batch = requests[k:k + seats]
        for seat, n in enumerate(batch):
            rows.append((seat, start, start + n, k + seat))
        start += max(batch)          # 等最慢的一个
    return rows, start
# endregion static


# region continuous
def continuous(requests):
    free = [0] * seats               # 每个座位几时空出来
    rows = []
    for k, n in enumerate(requests):
        seat = free.index(min(free))  # 谁先空，谁接下一个
        rows.append((seat, free[seat], free[seat] + n, k))
        free[seat] += n
    return rows, max(free)
# endregion continuous


if __name__ == "__main__":
    # region compare
    for schedule in (static, continuous):
        rows, steps = schedule(requests)
        busy = sum(requests) / (seats * steps)
        print(f"{schedule.__name__:10} {steps} steps, {busy:.0%} busy")
    # endregion compare
    slow, fast = static(requests)[1], continuous(requests)[1]
    count, written = len(requests), sum(requests)
    assert fast < slow
