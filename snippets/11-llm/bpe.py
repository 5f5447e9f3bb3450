"""Byte pair encoding by hand: merge the commonest pair, again and again."""

from collections import Counter

import poems

lines = [part + "，" for poem in poems.train for part in poem[:-1].replace("。", "，").split("，")]


# region merge
def merge(ids, a, b, new):
    out = []
    for i in ids:
        if out and (out[-1], i) == (a, b):
            out[-1] = new            # 一对变一个
        else:
            out.append(i)
    return out
# endregion merge


# region learn
def learn(lines, merges):
    texts = [list(x.encode()) for x in lines]
    vocab = [bytes([k]) for k in range(256)]
    rules = {}
    for new in range(256, 256 + merges):
        pairs = Counter()
        for ids in texts:
            pairs.update(zip(ids, ids[1:]))
        a, b = pairs.most_common(1)[0][0]
        rules[a, b] = new
        vocab.append(vocab[a] + vocab[b])
        texts = [merge(x, a, b, new)
                 for x in texts]
        sizes.append(sum(map(len, texts)))
    return rules, vocab
# endregion learn


# region use
def encode(text, rules):
    ids = list(text.encode())
    for (a, b), new in rules.items():    # 按学到的次序
        ids = merge(ids, a, b, new)
    return ids


sizes = []
rules, vocab = learn(lines, merges=400)
text = "明月出天山，苍茫云海间。"           # 没学过的句子
ids = encode(text, rules)
print(len(text), "chars,", len(text.encode()), "bytes")
print(len(ids), "tokens")
assert b"".join(vocab[i] for i in ids).decode() == text
# endregion use

# %% pieces
sizes.insert(0, sum(len(line.encode()) for line in lines))


def shown(token):
    try:
        return token.decode()
    except UnicodeDecodeError:
        return "".join(f"<{byte:02X}>" for byte in token)


# region words
for k in (256, 257, 258):
    print(k, shown(vocab[k]))
words = [w for w in map(shown, vocab) if len(w) > 1 and "<" not in w and "，" not in w]
print(*words[:6])
# endregion words
pieces = [shown(vocab[i]) for i in ids]
characters, size, tokens = len(text), len(text.encode()), len(ids)
before, after = sizes[0], sizes[-1]
assert tokens < size and sizes == sorted(sizes, reverse=True)
