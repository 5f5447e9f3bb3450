"""Environment variables among what a run read: their values reach no disk, only salted digests of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from deckwright.files.digests import ABSENT, DIGITS
from deckwright.model import VARIABLE_MARK

_SALT_MARK = "="
"""Between the name of a variable and a salt: no variable has it in its name."""

_SECRET = re.compile(
    r"(?:^|_)(?:(?:API|ACCESS|PRIVATE)?KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL)S?(?:_|$)", re.I
)
_LIKE_A_SECRET = re.compile(r"^(?=.*[0-9])(?=.*[A-Za-z])[^\s/\\]{8,}$")
"""No path, no number and no word, which texts may have for other reasons."""

_ROUNDS, _SECRET_ROUNDS = 1, 10_000
"""Who has a digest can try values: of what may be a password, each try costs some milliseconds."""


def salted(path: str, salt: str) -> str:
    """Return a path as the question for a digest with a salt, if it is that of an environment variable.

    With the key of a job as salt, digests can be compared on every machine; equal values of two jobs differ.
    """
    return f"{path}{_SALT_MARK}{salt}" if path.startswith(VARIABLE_MARK) else path


def variable_digest(path: str, environ: Mapping[str, str]) -> str:
    """Return the digest of a variable, given as `$NAME`, perhaps `salted`; `ABSENT` if it is not set."""
    name, _, salt = path.removeprefix(VARIABLE_MARK).partition(_SALT_MARK)
    value = environ.get(name)
    return ABSENT if value is None else _digest(name, value, salt)


def secrets_in(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that hold a secret, as name and value say: no word of a language is one."""
    return {
        name: value for name, value in environ.items() if may_be_secret(name) and _LIKE_A_SECRET.search(value)
    }


def names_in(texts: Iterable[str], secrets: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of those secrets whose values are in some texts."""
    texts = tuple(texts)
    return tuple(name for name, value in secrets.items() if any(value in text for text in texts))


def may_be_secret(name: str) -> bool:
    """Whether a variable of this name may hold a password or a key."""
    return bool(_SECRET.search(name))


@lru_cache(maxsize=256)
def _digest(name: str, value: str, salt: str) -> str:
    rounds = _SECRET_ROUNDS if may_be_secret(name) else _ROUNDS
    secret, own_salt = (text.encode("utf-8", "surrogatepass") for text in (value, f"{name}={salt}"))
    return hashlib.pbkdf2_hmac("sha256", secret, own_salt, rounds).hex()[:DIGITS]
