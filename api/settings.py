"""What an operator may set; made once, in api/wiring.py, from the environment (KITH_…) and the command line."""

import hmac
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from api.schemas.days import Day
from ontology.documents import read_json
from ontology.rulebook_parts import Language

Level = Literal["debug", "info", "warning", "error"]
ENVIRONMENT_PREFIX = "kith_"
CONFIG_FOLDER = Path("~/.config/kith")
Partner = Annotated[str, Field(min_length=1, max_length=200)]
Key = Annotated[SecretStr, Field(min_length=16)]


class Settings(BaseModel):
    """Frozen: a running kith does not change its mind. Each field is KITH_<NAME> in the environment."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=True)

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
    today: Day | None = Field(None, description="Stands for today, so that a run can be repeated.")
    lang: Language = Field("en", description="Language of sentences: en or zh.")
    account: str | None = Field(
        None, min_length=1, max_length=100, description="Name that verdicts are signed with; left out: the account's."
    )
    api_key: Key | None = Field(None, description="Bearer token that callers of the API must show.")
    partner_keys: dict[Partner, Key] = Field(
        {}, description="Tokens of partners by name, as JSON: each reads under its own name only, and never source rows."
    )
    body_bytes_max: int = Field(20_000_000, gt=0, description="Largest request body the API reads.")
    upload_bytes_max: int = Field(1 << 30, gt=0, description="Largest upload of files for a job (`POST /v1/jobs`).")
    inbox: Path | None = Field(
        None, description="Folder whose files `POST /v1/jobs` may name by their paths; left out: files are only uploaded."
    )
    jobs_folder: Path | None = Field(
        None, description="Private folder of the files sent for jobs, until these end; left out: in the user's cache."
    )
    jobs_kept_h: float = Field(24.0, gt=0, description="Hours after its end for which a job and its result are kept.")
    screening_rows_at_once: int = Field(10_000, gt=0, description="Most rows of a supplier list that is answered at once.")
    screening_rows_max: int = Field(100_000, gt=0, description="Most rows of one supplier list, checked in a job.")
    put_over_sources: bool = Field(
        False, description="Whether a record put or taken out over HTTP may stand over what loaded files tell."
    )
    fetch_bytes_max: int = Field(1 << 34, gt=0, description="Largest file that `kith update` fetches.")
    fetch_private: bool = Field(
        False, description="Whether `kith update` may ask addresses of this machine and of private networks, and plain http."
    )
    log: Level = Field("warning", description="From which level on the log is written to stderr: debug, info, warning or error.")
    request_timeout_s: float = Field(60.0, gt=0, description="After this a request is answered with 503 and undone.")

    @model_validator(mode="after")
    def _partners_beside_an_operator(self) -> Self:
        keys = [key.get_secret_value() for key in (self.api_key, *self.partner_keys.values()) if key is not None]
        if self.partner_keys and self.api_key is None:
            raise ValueError("partner keys need KITH_API_KEY beside them: without it, this machine is answered without any key")
        if len(set(keys)) < len(keys):
            raise ValueError("each partner needs a key of its own")
        return self

    def partner_of(self, authorization: str) -> str | None:
        """The partner whose key an Authorization header shows, None for no partner."""
        # Every key is compared, so that the time taken says nothing of them.
        matching_partners = [name for name, key in self.partner_keys.items() if _shows(authorization, key)]
        return matching_partners[0] if matching_partners else None

    def is_operator(self, authorization: str) -> bool:
        """Whether an Authorization header shows the operator's key; False where there is none."""
        return self.api_key is not None and _shows(authorization, self.api_key)


def settings_in(environment: Mapping[str, str]) -> dict[str, Any]:
    """The settings that environment variables name, in either case, not validated yet; partners' keys are read as JSON.

    Raises json.JSONDecodeError where those are none.
    """
    variables = {name.lower(): text for name, text in environment.items()}
    named = {field: text for field in Settings.model_fields if (text := variables.get(ENVIRONMENT_PREFIX + field)) is not None}
    return named | ({"partner_keys": read_json(named["partner_keys"])} if "partner_keys" in named else {})


def _shows(authorization: str, key: SecretStr) -> bool:
    return hmac.compare_digest(authorization.encode(), f"Bearer {key.get_secret_value()}".encode())
