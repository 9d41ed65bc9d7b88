"""What an operator may set; made once, in api/wiring.py, from the environment (KITH_…) and the command line."""

import hmac
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, field_validator, model_validator

from api.schemas.days import Day
from ontology.api_key import Role
from ontology.documents import read_json
from ontology.errors import WrongCall
from ontology.rulebook_parts import Language

Level = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["text", "json"]
ENVIRONMENT_PREFIX = "kith_"
CONFIG_FOLDER = Path("~/.config/kith")
GONE = {
    "partner_keys": "Unset it, and make each partner a key in the store: kith keys create NAME --role partner --partner PARTNER "
    "--purpose PURPOSE."
}
"""Settings of former versions, and what stands in their place: one that is set is told, never passed over."""
Key = Annotated[SecretStr, Field(min_length=16)]
StaffRole = Literal[Role.OPERATOR, Role.REVIEWER, Role.INVESTIGATOR, Role.AUDITOR, Role.READER]


Origin = Annotated[str, Field(pattern=r"^https?://[a-z0-9.:\[\]-]+$")]
"""Scheme, host and port; no wildcard: who may ask is named."""


def _split(text: object) -> object:
    return [part.strip() for part in text.split(",") if part.strip()] if isinstance(text, str) else text


class Settings(BaseModel):
    """Frozen: a running kith does not change its mind. Each field is KITH_<NAME> in the environment."""

    model_config = ConfigDict(frozen=True, extra="ignore", validate_default=True)

    store: SecretStr = Field(
        SecretStr("sqlite:///kith.db"),
        description="`sqlite:///PATH` or `neo4j://user:password@host:port/database`; secret because of the password.",
    )
    rulebook: Path | None = Field(None, description="Rulebook file; left out: the one that comes with kith.")
    collections: Path | None = Field(None, description="Page of named collections of data sets, for the screening contract.")
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
    update_token: Key | None = Field(None, description="Token that `POST /updatez` asks for; without one nobody may call it.")
    key_days: int = Field(365, gt=0, le=3650, description="Days that a new key of the API holds, where it names no end.")
    requests_per_minute: int = Field(6000, gt=0, description="Requests a minute of one key, where it has no limit of its own.")
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^/?#\s]+$",
        description="Address under which browsers reach this kith, as https://kith.example.org.",
    )
    oidc_issuer: str | None = Field(
        None,
        pattern=r"^(https://|http://(localhost|127\.0\.0\.1|\[::1\])[:/])",
        description="Issuer of the identity provider that people sign in with (OpenID Connect); needs the settings below, too.",
    )
    oidc_client_id: str | None = Field(None, min_length=1, description="What the provider knows this kith as.")
    oidc_client_secret: SecretStr | None = Field(None, description="Its secret with the provider; left out: none.")
    oidc_role_claim: str = Field("roles", min_length=1, description="Claim with a person's roles; dots lead into others.")
    oidc_roles: dict[str, StaffRole] = Field(
        {}, description="Which word of the claim gives which role, as JSON; who has none is not let in."
    )
    oidc_audience: str | None = Field(
        None, min_length=1, description="Audience of access tokens that the API takes from the issuer; left out: it takes none."
    )
    cors_origins: Annotated[tuple[Origin, ...], BeforeValidator(_split)] = Field(
        (),
        description="Addresses of pages, with commas between, that may ask from a browser with a key: `https://desk.example.org`.",
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
    events_kept_days: int = Field(90, ge=1, le=3650, description="Days after which events of watch lists are forgotten.")
    webhook_private: bool = Field(
        False, description="Whether events may be sent to addresses of this machine and of private networks, and over plain http."
    )
    log: Level = Field("warning", description="From which level on the log is written to stderr: debug, info, warning or error.")
    log_format: LogFormat = Field("text", description="Form of the log's lines: text, or json with one object a line.")
    metrics: bool = Field(False, description="Whether `GET /metrics` answers, in Prometheus' text format.")
    metrics_bind: str | None = Field(
        None,
        pattern=r"^(\[[0-9a-fA-F:.]+\]|[\w.-]+):[1-9]\d{0,4}$",
        description="HOST:PORT of their own for the metrics, which leave the API's port; beyond this machine only with a key.",
    )
    metrics_key: Key | None = Field(
        None, description="Bearer token that readers of the metrics show; left out: that of the operator, where there is one."
    )
    drain_s: float = Field(
        0.0,
        ge=0,
        description="Seconds from SIGTERM, with `/readyz` at 503, until no new connection is taken: for load balancers.",
    )
    shutdown_s: float = Field(10.0, gt=0, description="Seconds that requests at work have to end, once no new ones are taken.")
    request_timeout_s: float = Field(60.0, gt=0, description="After this a request is answered with 503 and undone.")

    @property
    def metrics_address(self) -> tuple[str, int] | None:
        """Host and port of the metrics' own address."""
        host, _, port = (self.metrics_bind or "").rpartition(":")
        return (host, int(port)) if host else None

    @field_validator("oidc_roles", mode="before")
    @classmethod
    def _read_json(cls, value: object) -> object:
        try:
            return read_json(value) if isinstance(value, str) else value
        except ValueError:  # Its words hold the value.
            raise ValueError("not JSON") from None

    @model_validator(mode="after")
    def _check_sign_in(self) -> Self:
        if self.oidc_issuer:
            needed = ("oidc_client_id", "public_url", "oidc_roles", "api_key")
            if missing_settings := [f"KITH_{name.upper()}" for name in needed if not getattr(self, name)]:
                raise ValueError(f"KITH_OIDC_ISSUER needs {', '.join(missing_settings)} beside it")
            if self.oidc_audience == self.oidc_client_id:
                raise ValueError("KITH_OIDC_AUDIENCE is another than the client: a token of a sign-in is none for the API")
        return self

    def is_operator(self, key: str) -> bool:
        """Whether this is the operator's key; False where there is none."""
        return self.api_key is not None and hmac.compare_digest(key.encode(), self.api_key.get_secret_value().encode())


def settings_in(environment: Mapping[str, str]) -> dict[str, Any]:
    """The settings that environment variables name, in either case, not validated yet. Raises WrongCall for one that is gone."""
    variables = {name.lower(): text for name, text in environment.items()}
    for name, remedy in GONE.items():
        if ENVIRONMENT_PREFIX + name in variables:
            raise WrongCall(setting=f"KITH_{name.upper()}", problem="there is no such setting any more", remedy=remedy)
    return {field: text for field in Settings.model_fields if (text := variables.get(ENVIRONMENT_PREFIX + field)) is not None}
