from dataclasses import replace
from pathlib import Path

import pytest

from formbuilder.config import (
    PeerSettings,
    Settings,
    SettingsRefused,
    Tenant,
    load,
    refusals,
)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {
        "FORMBUILDER_HOME": str(tmp_path / "home"),
        "FORMBUILDER_KEYS": str(tmp_path / "keys"),
        "FORMBUILDER_TENANTS": "ekvalla.example.se=ekvalla:/etc/ekvalla.toml",
        "PATH": "/usr/bin",
    }


def test_the_environment_is_production_unless_said_otherwise(
    environ: dict[str, str],
) -> None:
    assert load(environ).environment == "production"
    environ["FORMBUILDER_ENV"] = "development"
    assert load(environ).environment == "development"


def test_a_tenant_is_found_by_its_host_alone(environ: dict[str, str]) -> None:
    settings = load(environ)

    found = settings.tenant_of("EKVALLA.example.se:8443")
    assert found is not None
    assert found.key == "ekvalla"
    assert settings.tenant_of("other.example.se") is None


def test_an_unknown_setting_is_refused_by_name_with_the_nearest(
    environ: dict[str, str],
) -> None:
    environ["FORMBUILDER_DATABSE_URL"] = "sqlite://"

    with pytest.raises(SettingsRefused, match=r"“databse_url”.*“database_url”"):
        load(environ)


def test_one_file_says_the_same_as_the_variables(tmp_path: Path) -> None:
    file = tmp_path / "formbuilder.toml"
    file.write_text(
        f"""
        home = "{tmp_path}/home"
        keys = "{tmp_path}/keys"
        trusted_proxies = ["10.0.0.1"]
        [tenants.ekvalla]
        hosts = ["a.example.se", "b.example.se"]
        directory = "/etc/ekvalla.toml"
        [bankid]
        base_url = "https://bankid.example.se"
        signing_roots = ["/etc/root.pem"]
        fingerprints = ["ab"]
        """
    )

    settings = load({"FORMBUILDER_CONFIG": str(file)})

    assert settings == Settings(
        home=tmp_path / "home",
        keys=tmp_path / "keys",
        trusted_proxies=("10.0.0.1",),
        tenants=(
            Tenant(
                key="ekvalla",
                hosts=("a.example.se", "b.example.se"),
                directory=Path("/etc/ekvalla.toml"),
            ),
        ),
        bankid=PeerSettings(
            base_url="https://bankid.example.se",
            signing_roots=(Path("/etc/root.pem"),),
            fingerprints=("ab",),
        ),
    )


def test_a_variable_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "f.toml"
    file.write_text(f'home = "/a"\nkeys = "{tmp_path}/k"\nbind = "127.0.0.1:1"')

    settings = load(
        {"FORMBUILDER_CONFIG": str(file), "FORMBUILDER_BIND": "127.0.0.1:2"}
    )

    assert settings.bind == "127.0.0.1:2"


@pytest.mark.parametrize(
    ("variable", "value", "advice"),
    [
        ("FORMBUILDER_ENV", "prod", "Write one of production"),
        ("FORMBUILDER_TENANTS", "ekvalla", "host=key:directory"),
        ("FORMBUILDER_SIMULATORS", "maybe", "Write true or false"),
        ("FORMBUILDER_HOME", "", "FORMBUILDER_HOME"),
        ("FORMBUILDER_CONFIG", "/no/such.toml", "Name a TOML file"),
        ("FORMBUILDER_BIND", "8000", "127.0.0.1:8000"),
        ("FORMBUILDER_BIND", "127.0.0.1:web", "127.0.0.1:8000"),
        ("FORMBUILDER_BIND", "127.0.0.1:70000", "127.0.0.1:8000"),
        ("FORMBUILDER_METRICS_FROM", "prometheus", "addresses or networks"),
        ("FORMBUILDER_TRUSTED_PROXIES", "10.0.0.0/99", "addresses or networks"),
    ],
)
def test_a_wrong_setting_says_what_to_write(
    environ: dict[str, str], variable: str, value: str, advice: str
) -> None:
    environ[variable] = value

    with pytest.raises(SettingsRefused, match=advice):
        load(environ)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", keys=tmp_path / "keys")


def test_sound_production_settings_are_let_through(settings: Settings) -> None:
    assert refusals(settings) == []


def test_production_refuses_keys_inside_home(settings: Settings) -> None:
    [problem] = refusals(replace(settings, keys=settings.home / "keys"))

    assert "inside home" in problem


def test_production_refuses_keys_that_others_may_read(settings: Settings) -> None:
    settings.keys.mkdir(mode=0o700)
    (settings.keys / "master.json").write_text("{}")
    (settings.keys / "master.json").chmod(0o640)

    [problem] = refusals(settings)

    assert "chmod -R go-rwx" in problem


def test_production_refuses_simulators(settings: Settings) -> None:
    peer = PeerSettings(base_url="https://127.0.0.1:8443")

    problems = refusals(replace(settings, simulators=True, bankid=peer))

    assert len(problems) == 2


@pytest.mark.parametrize("bind", ["0.0.0.0:8000", "10.1.2.3:80", "[::]:80"])
def test_development_answers_on_loopback_only(settings: Settings, bind: str) -> None:
    development = replace(settings, environment="development", bind=bind)

    [problem] = refusals(development)
    assert "loopback" in problem


@pytest.mark.parametrize("bind", ["127.0.0.1:8000", "[::1]:8000", "localhost:1"])
def test_development_runs_on_loopback(settings: Settings, bind: str) -> None:
    assert refusals(replace(settings, environment="development", bind=bind)) == []


def test_two_tenants_cannot_share_a_host(settings: Settings) -> None:
    tenants = tuple(
        Tenant(key=key, hosts=("x.example.se",), directory=Path("/d")) for key in "ab"
    )

    [problem] = refusals(replace(settings, tenants=tenants))
    assert "x.example.se" in problem
