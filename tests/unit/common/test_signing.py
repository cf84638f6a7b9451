import pytest

from bot.common import signing


def test_a_conversation_token_comes_back_and_is_opaque() -> None:
    token = signing.sign_conversation("conv1")
    assert token != "conv1"
    assert signing.read_conversation(token) == "conv1"


@pytest.mark.parametrize(
    "forged", [None, 7, {}, [], "", "conv1", "x" * 10_000, "\ud800.x", signing.sign_conversation("a")[:-1] + "!"]
)
def test_anything_else_is_no_conversation(forged: object) -> None:
    assert signing.read_conversation(forged) is None


def test_an_identity_is_bound_to_its_conversation() -> None:
    token = signing.sign_identity("c1", "k1", "sign_in", "conv1")
    assert signing.read_identity(token, "conv1") == {
        "contact": "c1", "customer": "k1", "proved": "sign_in", "conversation": "conv1",
    }  # fmt: skip
    assert signing.read_identity(token, "conv2") is None


def test_an_identity_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    token = signing.sign_identity("c1", "k1", "sign_in", "conv1")
    monkeypatch.setattr(signing, "IDENTITY_SECONDS", -1)
    assert signing.read_identity(token, "conv1") is None


def test_a_conversation_token_is_no_identity() -> None:
    assert signing.read_identity(signing.sign_conversation("conv1"), "conv1") is None
