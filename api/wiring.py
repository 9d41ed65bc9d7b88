"""The only place that chooses: settings, engine, rulebook, clock, key. Everything else is handed its parts."""

import getpass
import os
import secrets
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError

from api.settings import Settings
from ontology.errors import WrongCall
from ontology.rulebook import Rulebook, default_rulebook, load_rulebook
from store.port import Store

KEY_BYTES_MIN = 16


def settings_of(store: str | None = None, **chosen: object) -> Settings:
    """Settings from the environment; what the command line chose (and is not None) stands over it."""
    said = {name: value for name, value in {"store": store, **chosen}.items() if value is not None}
    try:
        return Settings.model_validate(Settings().model_dump() | said)
    except ValidationError as cause:
        first = cause.errors(include_input=False)[0]
        name = "_".join(str(part) for part in first["loc"] or ("partner_keys",)).upper()
        raise WrongCall(setting=f"KITH_{name}", problem=first["msg"]) from None
    except SettingsError:  # Its words hold the value, and a value may be a key.
        raise WrongCall(setting="KITH_PARTNER_KEYS", problem="not JSON", remedy='Write {"Name of partner": "key", …}.') from None


def version() -> str:
    """Version of the installed program."""
    try:
        return installed("kith")
    except PackageNotFoundError:
        return "0+source"


def today_of(settings: Settings) -> date:
    """The one look at the clock's day (UTC), unless the settings say which day it is."""
    return settings.today or datetime.now(UTC).date()


def now_of(settings: Settings) -> datetime:
    """The one look at the clock; midnight of the day the settings stand for, where they name one."""
    return datetime.combine(settings.today, datetime.min.time(), UTC) if settings.today else datetime.now(UTC)


def account_of(settings: Settings, by: str | None = None) -> str:
    """Who signs a verdict: the name given, else that of the settings, else of the account. Raises WrongCall without any."""
    try:
        return by or settings.account or getpass.getuser()
    except (OSError, KeyError) as cause:  # A container may run under a number that has no name.
        raise WrongCall(reason="nobody signs", remedy="Say who you are with --by NAME or KITH_ACCOUNT.") from cause


def id_key(settings: Settings) -> bytes:
    """The key that hashes personal ids; made with mode 0600 on first use. WrongCall where it is too short to protect."""
    file = settings.id_key_file.expanduser()
    if not file.exists():
        _make_key(file)
    try:
        key = bytes.fromhex(file.read_text("utf-8").strip())
    except ValueError:
        key = b""
    if len(key) < KEY_BYTES_MIN:
        remedy = "Put back the right file: with another key, persons loaded before are not joined."
        raise WrongCall(file=file.name, reason=f"no key of at least {KEY_BYTES_MIN} bytes in hexadecimal", remedy=remedy)
    return key


def _make_key(file: Path) -> None:
    """Two first uses at once end with one key: the file appears whole or not at all, and the first one wins."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(secrets.token_hex(32))
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def open_store(settings: Settings, *, create: bool = False) -> Store:
    """The store the settings name; the caller closes it. Raises StoreTrouble, also where it is not there unless `create`."""
    from store.open import open_store as opened

    return opened(settings.store.get_secret_value(), create=create)


def rulebook(settings: Settings) -> Rulebook:
    """The operator's rulebook, or the one that comes with kith. Raises RulebookInvalid."""
    return load_rulebook(settings.rulebook) if settings.rulebook else default_rulebook()
