import pytest
from pydantic import SecretStr

from bot.common.settings import ROOT, Settings, SettingsError


def _variables() -> list[str]:
    return [next(iter(field.field_info.extra["env_names"])).upper() for field in Settings.__fields__.values()]


def test_every_setting_is_documented_and_nothing_else() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    table = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert table == _variables()


def test_a_laptop_starts_without_any_setting() -> None:
    Settings(mode="demo").check_production()


PRODUCTION = {
    "mode": "production",
    "secret": SecretStr("x" * 40),
    "production_url": "postgresql+psycopg://erp/plant",
    "jwt_secret": SecretStr("y" * 40),
    "public_url": "https://chat.foundry.example",
}


def test_production_starts_when_everything_is_set() -> None:
    Settings(**PRODUCTION).check_production()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"secret": SecretStr("short")}, "SMELT_SECRET"),
        ({"secret": Settings(mode="demo").secret}, "SMELT_SECRET"),
        ({"production_url": None}, "SMELT_PRODUCTION_URL"),
        ({"today": "2027-03-01"}, "SMELT_TODAY"),
        ({"jwt_secret": None}, "SMELT_JWT"),
        ({"oidc_issuer": "https://id.foundry.no"}, "SMELT_OIDC"),
        ({"oidc_issuer": "http://x", "oidc_client_id": "x", "oidc_client_secret": "x"}, "SMELT_OIDC"),
        ({"public_url": None}, "SMELT_PUBLIC_URL"),
        ({"public_url": "http://chat.foundry.example"}, "SMELT_PUBLIC_URL"),
    ],
)
def test_production_refuses_an_unsafe_setting_by_name(change: dict[str, object], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        Settings(**PRODUCTION | change).check_production()


@pytest.mark.parametrize("bad", ["*", "proxy", "10.0.0.5/8", "10.0.0.5; 10.0.0.6"])
def test_a_trusted_proxy_is_an_address_or_a_network(bad: str) -> None:
    assert Settings(trusted_proxies="10.0.0.5, 172.18.0.0/16, fd00::/8").trusted_proxies
    with pytest.raises(ValueError, match="SMELT_TRUSTED_PROXIES"):
        Settings(trusted_proxies=bad)


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="demo or production"):
        Settings(mode="prod")
