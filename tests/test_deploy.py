"""The files under deploy/ hold together with the program: paths, ports, users, commands and names of settings.

They are not run here: that takes a container runtime and systemd.
"""

import re
import shlex
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from api.cli import build
from api.settings import Settings
from hatch_build import HOUSE
from tests.conftest import PROJECT

DEPLOY = PROJECT / "deploy"
FILES = sorted(path for path in DEPLOY.iterdir() if path.is_file())
UNITS = sorted(DEPLOY.glob("*.service"))
CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
USER = "10001:10001"


def unit(path: Path) -> dict[str, list[str]]:
    """Every word of a unit with its values: a word may stand several times."""
    values: dict[str, list[str]] = {}
    for name, value in re.findall(r"^([A-Za-z]+)=(.*)$", path.read_text("utf-8"), re.MULTILINE):
        values.setdefault(name, []).append(value)
    return values


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    known = {name.upper() for name in Settings.model_fields}
    assert {*re.findall(r"KITH_([A-Z][A-Z0-9_]*)", path.read_text("utf-8"))} <= known


def test_the_example_of_settings_is_taken_but_for_the_key_that_is_to_be_filled_in() -> None:
    lines = [line for line in (DEPLOY / "environment.example").read_text("utf-8").splitlines() if not line.startswith("#")]
    values = dict(line.split("=", 1) for line in lines)
    assert [name for name, value in values.items() if not value] == ["KITH_API_KEY"]
    values["KITH_API_KEY"] = "a-key-of-many-letters"
    Settings.model_validate({name.removeprefix("KITH_").lower(): value for name, value in values.items()})


def command_exists(words: list[str]) -> None:
    """A call of `kith` names a command and options of it."""
    command: Any = typer.main.get_command(build())
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]
    options = {option for param in command.params for option in param.opts}
    assert {word for word in words if word.startswith("--")} <= options, words


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_a_command_as_a_user_of_its_own_with_little_it_may_do(path: Path) -> None:
    RawConfigParser(strict=False).read_string(path.read_text("utf-8"))
    values = unit(path)
    program, *words = shlex.split(values["ExecStart"][0])
    assert program == "/opt/kith/bin/kith"
    command_exists(words)
    assert (values["User"], values["Group"]) == (["kith"], ["kith"])
    assert values["ProtectSystem"] == ["strict"]
    assert values["CapabilityBoundingSet"] == [""]
    for word in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices"):
        assert values[word] == ["yes"], word
    for variable in values["Environment"]:
        assert re.match(r"[A-Z_]+=(sqlite:///)?/var/(lib|cache)/kith", variable), "only its own folders may be written to"


def test_a_unit_is_given_more_time_to_end_than_the_server_takes() -> None:
    example = dict(re.findall(r"^KITH_(\w+)=(.+)$", (DEPLOY / "environment.example").read_text("utf-8"), re.MULTILINE))
    needed_s = float(example["DRAIN_S"]) + float(example["SHUTDOWN_S"]) + 10
    assert float(unit(DEPLOY / "kith.service")["TimeoutStopSec"][0]) > needed_s
    assert float(COMPOSE["services"]["kith"]["stop_grace_period"].removesuffix("s")) > needed_s


def test_the_image_is_built_in_stages_and_runs_without_rights() -> None:
    stages = re.findall(r"^FROM (\S+)(?: AS (\w+))?$", CONTAINERFILE, re.MULTILINE)
    assert [name for _, name in stages] == ["pages", "build", ""]
    last = CONTAINERFILE[CONTAINERFILE.rindex("\nFROM ") :]
    assert f"\nUSER {USER}\n" in last
    assert "HEALTHCHECK" in last
    assert "pip install" not in last, "nothing is built in what runs"
    assert "--require-hashes" in CONTAINERFILE


def test_the_image_serves_at_the_port_that_is_exposed_checked_and_published() -> None:
    (command,) = re.findall(r"^CMD \[(.+)\]$", CONTAINERFILE, re.MULTILINE)
    words = [word.strip().strip('"') for word in command.split(",")]
    command_exists(list(words))
    port = words[words.index("--port") + 1]
    assert f"\nEXPOSE {port}\n" in CONTAINERFILE
    assert f"http://127.0.0.1:{port}/healthz" in CONTAINERFILE
    assert COMPOSE["services"]["kith"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert f"--port {port}" in unit(DEPLOY / "kith.service")["ExecStart"][0]


def test_what_the_image_copies_exists_and_is_not_ignored_and_every_package_is_copied() -> None:
    copied = [word for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINERFILE, re.MULTILINE) for word in line.split()[:-1]]
    ignored = (PROJECT / ".dockerignore").read_text("utf-8").splitlines()
    for name in copied:
        assert (PROJECT / name).exists(), name
        assert f"!{name.strip('/')}" in ignored, name
    assert {*HOUSE, "kith"} <= {name.strip("/") for name in copied}


def test_the_services_have_no_rights_and_the_database_no_way_out() -> None:
    services = COMPOSE["services"]
    for service in services.values():
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    kith = services["kith"]
    assert (kith["user"], kith["read_only"]) == (USER, True)
    assert (PROJECT / "deploy" / kith["build"]["context"] / kith["build"]["dockerfile"]).is_file()
    assert services["neo4j"]["networks"] == ["back"]
    assert COMPOSE["networks"]["back"]["internal"] is True
    assert "ports" not in services["neo4j"]
    assert {volume.partition(":")[0] for service in services.values() for volume in service["volumes"]} == {*COMPOSE["volumes"]}


SECRET_LINE = re.compile(r"^\s*(?:Environment=)?(\w*(?:PASSWORD|_KEY|SECRET|TOKEN|AUTH))[ ]*[=:][ ]*(.*)$", re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_secret_stands_in_the_files(path: Path) -> None:
    for name, value in SECRET_LINE.findall(path.read_text("utf-8")):
        assert not value or "${" in value, name
