"""Fences hold any body."""

from hypothesis import given
from hypothesis import strategies as st

from deckwright.compose.fences import fence_rows
from deckwright.parse.markdown import markdown


@given(st.text("`~a \n-", max_size=30), st.sampled_from(["```", "~~~", "`````"]))
def test_a_fence_holds_any_body(body: str, marker: str) -> None:
    tokens = markdown().parse("\n".join(fence_rows("text", body, marker)))
    assert [token.type for token in tokens] == ["fence"]
    assert tokens[0].content == (body + "\n" if body else "")


def test_a_fence_is_no_longer_than_it_must_be() -> None:
    assert fence_rows("text", "a ``` b", "```")[0] == "````text"
    assert fence_rows("text", "a ``` b", "~~~")[0] == "~~~text"
