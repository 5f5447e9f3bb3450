"""What is remembered of environment variables."""

import hashlib

import pytest

from deckwright.files.digests import ABSENT, DIGITS
from deckwright.files.variables import may_be_secret, salted, secrets_in, variable_digest

CANARY = "sk-canary-0123456789"


@pytest.mark.parametrize("name", ["API_KEY", "DATA"])
def test_a_digest_says_whether_a_variable_changed(name: str) -> None:
    question = salted(f"${name}", "key of a job")
    assert variable_digest(question, {}) == ABSENT
    seen = []
    for value in (CANARY, "", f"{CANARY}\udc80", CANARY):
        seen.append(variable_digest(question, {name: value}))
    assert seen[0] == seen[3]
    assert len({*seen, ABSENT}) == 4
    assert {len(each) for each in seen} == {DIGITS}


@pytest.mark.parametrize("name", ["API_KEY", "DATA"])
def test_equal_values_have_other_digests_elsewhere(name: str) -> None:
    environ = {name: CANARY, f"{name}_2": CANARY}
    questions = [f"${name}", salted(f"${name}", "a"), salted(f"${name}", "b"), salted(f"${name}_2", "a")]
    digests = {variable_digest(question, environ) for question in questions}
    assert len(digests) == 4
    assert not any(each in hashlib.sha256(CANARY.encode()).hexdigest() for each in digests)


@pytest.mark.parametrize("path", ["data/a.csv", "data/", "data/.", "/etc/localtime"])
def test_only_variables_have_salts(path: str) -> None:
    assert salted(path, "key") == path


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        *((name, True) for name in ("API_KEY", "APIKEY", "GITHUB_TOKEN", "TOKEN", "db_password", "SECRET_X")),
        *((name, True) for name in ("AWS_SECRET_ACCESS_KEY", "SSH_PASSPHRASE", "KEYS", "MY_CREDENTIALS")),
        *((name, False) for name in ("HOME", "TOKENIZERS_PARALLELISM", "KEYBOARD", "MONKEY_SEE", "PATH")),
    ],
)
def test_names_of_secrets(name: str, secret: bool) -> None:
    assert may_be_secret(name) is secret


def test_what_is_looked_for_in_outputs() -> None:
    good = {"API_KEY": CANARY, "DB_PASSWORD": "hunter22", "GH_TOKEN": "ghp_0123456789"}
    others = {
        "KEY_FILE": "/home/me/key1.pem",
        "PASSWORD": "password",
        "X_TOKEN": "12345678",
        "TOKEN": "a1",
        "SECRET": "",
        "MY_SECRET": "two words 2",
        "DATA": CANARY,
    }
    assert secrets_in({**good, **others}) == good
