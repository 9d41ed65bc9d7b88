"""Settings, the key for personal ids, and the clock."""

import stat
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from api.settings import Settings
from api.wiring import id_key, settings_of, today_of
from ontology.errors import WrongCall


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    settings = Settings(id_key_file=tmp_path / "kept" / "id.key")
    first = id_key(settings)
    assert len(first) == 32
    assert id_key(settings) == first
    assert stat.S_IMODE(settings.id_key_file.stat().st_mode) == 0o600


def test_two_installations_do_not_share_a_key(tmp_path: Path) -> None:
    assert id_key(Settings(id_key_file=tmp_path / "a")) != id_key(Settings(id_key_file=tmp_path / "b"))


@pytest.mark.parametrize("content", ["00ff", "not hex at all"])
def test_a_key_that_cannot_protect_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "id.key").write_text(content)
    with pytest.raises(WrongCall, match=r"id\.key"):
        id_key(Settings(id_key_file=tmp_path / "id.key"))


def test_the_command_line_stands_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITH_STORE", "sqlite:///environment.db")
    monkeypatch.setenv("KITH_LANG", "zh")
    settings = settings_of("sqlite:///line.db", today=date(2026, 1, 2))
    assert settings.store.get_secret_value() == "sqlite:///line.db"
    assert (settings.lang, today_of(settings)) == ("zh", date(2026, 1, 2))


def test_a_password_in_the_store_address_is_not_in_the_repr() -> None:
    assert "hunter2" not in repr(Settings(store="neo4j://neo4j:hunter2@localhost:7687/neo4j"))


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().lang = "zh"  # type: ignore[misc]


def test_each_setting_is_taken_from_the_environment_in_either_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("kith_today", "2026-01-02")
    monkeypatch.setenv("KITH_BODY_BYTES_MAX", "17")
    monkeypatch.setenv("KITH_API_KEY", "a" * 16)
    settings = settings_of()
    assert (settings.today, settings.body_bytes_max) == (date(2026, 1, 2), 17)
    assert settings.is_operator("a" * 16)


@pytest.mark.parametrize(
    ("name", "text", "setting"),
    [
        ("KITH_PARTNER_KEYS", "Harbour Bank: secret-of-the-bank", "KITH_PARTNER_KEYS"),
        ("KITH_PARTNER_KEYS", '["secret-of-the-bank"]', "KITH_PARTNER_KEYS"),
        ("KITH_API_KEY", "short-secret", "KITH_API_KEY"),
        ("KITH_LANG", "fr", "KITH_LANG"),
        ("KITH_BODY_BYTES_MAX", "0", "KITH_BODY_BYTES_MAX"),
    ],
)
def test_a_setting_that_cannot_be_is_a_wrong_call_that_shows_no_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, setting: str
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(WrongCall, match=setting) as refusal:
        settings_of()
    assert "secret" not in str(refusal.value)
