"""The only place that chooses: settings, engine, rulebook, clock, key. Everything else is handed its parts."""

import getpass
import os
import secrets
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import ValidationError

from api.settings import Settings, settings_in
from ontology.errors import IdKeyDiffers, WrongCall
from ontology.field_errors import describe_field_error
from ontology.personal_ids import mask
from ontology.rulebook import Rulebook, default_rulebook, load_rulebook
from store.port import Store
from store.private_files import make_private_folder, refuse_special_file, tighten

KEY_BYTES_MIN = 16


def settings_of(store: str | None = None, **overrides: object) -> Settings:
    """Settings from the environment; what the command line chose (and is not None) stands over it."""
    set_values = {name: value for name, value in {"store": store, **overrides}.items() if value is not None}
    try:
        return Settings.model_validate(settings_in(os.environ) | set_values)
    except ValidationError as cause:
        first = cause.errors(include_input=False)[0]
        name = str(first["loc"][0] if first["loc"] else "oidc_issuer").upper()
        raise WrongCall(setting=f"KITH_{name}", problem=describe_field_error(first)) from None


def version() -> str:
    """Version of the installed program."""
    from importlib.metadata import PackageNotFoundError  # A reader of mail headers comes with it.
    from importlib.metadata import version as installed

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


def wall_clock() -> datetime:
    """The time of this machine (UTC), whatever day the settings stand for: for what others compare with their own clocks."""
    return datetime.now(UTC)


def account_of(settings: Settings, by: str | None = None) -> str:
    """Who signs a verdict: the name given, else that of the settings, else of the account. Raises WrongCall without any."""
    try:
        return mask(by or settings.account or getpass.getuser())
    except (OSError, KeyError) as cause:  # A container may run under a number that has no name.
        raise WrongCall(reason="nobody signs", remedy="Say who you are with --by NAME or KITH_ACCOUNT.") from cause


def id_key(settings: Settings) -> bytes:
    """The key that hashes personal ids; made with mode 0600 on first use. WrongCall where it is too short to protect."""
    file = settings.id_key_file.expanduser()
    if not file.exists():
        make_key(file)
    return key_in(file)


def store_key(store: Store, settings: Settings) -> bytes:
    """The key, used on this store: made with it, or known to be its own.

    Raises IdKeyDiffers, also where the store was made with a key and there is none here; KeysOutdated, WrongCall.
    """
    from resolution.sources.id_keys import bind_key, fingerprint_of

    if not settings.id_key_file.expanduser().exists() and (store_fingerprint := fingerprint_of(store)):
        raise IdKeyDiffers(store_key=store_fingerprint, reason=f"there is no key in {settings.id_key_file.name}")
    key = id_key(settings)
    bind_key(store, key)
    return key


def key_in(file: Path) -> bytes:
    """The key in a file, which only its owner may read. Raises WrongCall where it is too short to protect."""
    tighten(file)
    try:
        key = bytes.fromhex(file.read_text("utf-8").strip())
    except ValueError:
        key = b""
    if len(key) < KEY_BYTES_MIN:
        remedy = "Put back the right file: with another key, persons loaded before are not joined."
        raise WrongCall(file=file.name, reason=f"no key of at least {KEY_BYTES_MIN} bytes in hexadecimal", remedy=remedy)
    return key


def make_key(file: Path) -> None:
    """A new key. Two first uses at once end with one key: the file appears whole or not at all, and the first one wins."""
    make_private_folder(file.parent)
    refuse_special_file(file)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(secrets.token_hex(32))
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def open_store(settings: Settings, *, create: bool = False, any_key: bool = False) -> Store:
    """The store the settings name; the caller closes it.

    Raises StoreTrouble, also where it is not there unless `create`; IdKeyDiffers where it was made with another key.
    """
    from store.open import open_store as open_engine

    store = open_engine(settings.store.get_secret_value(), create=create)
    try:
        if not any_key:
            _check_key(store, settings)
    except BaseException:
        store.close()
        raise
    return store


def _check_key(store: Store, settings: Settings) -> None:
    """Without a key here the store can be read all the same: nothing is made with it."""
    from resolution.sources.id_keys import check_key

    file = settings.id_key_file.expanduser()
    if file.exists():
        check_key(store, key_in(file))


def rulebook(settings: Settings) -> Rulebook:
    """The operator's rulebook, or the one that comes with kith. Raises RulebookInvalid."""
    return load_rulebook(settings.rulebook) if settings.rulebook else default_rulebook()
