"""Greedy and beam search on a table made by hand: the best first word does not begin the best sentence."""

from math import exp, log

# region table
table = {                                # 前缀 -> 下一个词的概率
    "": {"今": 0.5, "明": 0.4, "后": 0.1},
    "今": {"天": 0.6, "晚": 0.4},
    "明": {"天": 0.9, "晚": 0.1},
    "后": {"天": 1.0},
}
# endregion table


# region beam
def beam(width, steps=2):
    beams = [("", 0.0)]        # 文字，log P
    for _ in range(steps):
        longer = []
        for text, s in beams:
            words = table[text].items()
            longer += [(text + w, s + log(p))
                       for w, p in words]
        longer.sort(key=lambda b: -b[1])
        beams = longer[:width] # 留最好的几个
    return beams
# endregion beam


# region compare
for width in (1, 2, 3):
    text, score = beam(width)[0]
    print(width, text, f"{exp(score):.2f}")
# endregion compare


def greedy():
    text, p = "", 1.0
    for _ in range(2):
        word = max(table[text], key=table[text].get)
        p, text = p * table[text][word], text + word
    return text, p


def exhaustive():
    both = ((a + b, p * q) for a, p in table[""].items() for b, q in table[a].items())
    return max(both, key=lambda s: s[1])


greedy_p, beam_p = greedy()[1], exp(beam(2)[0][1])
assert greedy() == (beam(1)[0][0], greedy_p) and abs(greedy_p - 0.30) < 1e-9
assert beam(2)[0][0] == beam(9)[0][0] == exhaustive()[0] and abs(beam_p - 0.36) < 1e-9
