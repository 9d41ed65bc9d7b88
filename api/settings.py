"""What an operator may set; made once, in api/wiring.py, from the environment (KITH_…) and the command line."""

from datetime import date
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from ontology.rulebook_parts import Language

CONFIG_FOLDER = Path("~/.config/kith")


class Settings(BaseSettings):
    """Frozen: a running kith does not change its mind. Each field is KITH_<NAME> in the environment."""

    model_config = SettingsConfigDict(env_prefix="KITH_", frozen=True, extra="ignore")

    store: SecretStr = Field(
        SecretStr("sqlite:///kith.db"),
        description="`sqlite:///PATH` or `neo4j://user:password@host:port/database`; secret because of the password.",
    )
    rulebook: Path | None = Field(None, description="Rulebook file; left out: the one that comes with kith.")
    person_model: Path | None = Field(None, description="Model file of persons, as `kith train` writes it; else the shipped one.")
    firm_model: Path | None = Field(None, description="Model file of firms and agencies; left out: the one that comes with kith.")
    id_key_file: Path = Field(
        CONFIG_FOLDER / "id.key", description="Key that hashes personal ids. Made on first use; keep it: no key, no joining."
    )
    today: date | None = Field(None, description="Stands for today, so that a run can be repeated.")
    lang: Language = Field("en", description="Language of sentences: en or zh.")
    account: str | None = Field(
        None, min_length=1, max_length=100, description="Name that verdicts are signed with; left out: the account's."
    )
    api_key: SecretStr | None = Field(None, min_length=16, description="Bearer token that callers of the API must show.")
    body_bytes_max: int = Field(20_000_000, gt=0, description="Largest request body the API reads.")
    screening_rows_max: int = Field(10_000, gt=0, description="Most rows of one supplier list.")
    request_timeout_s: float = Field(60.0, gt=0, description="After this a request is answered with 503.")
