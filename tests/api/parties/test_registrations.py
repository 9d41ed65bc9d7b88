"""A registration that ended, from the files that tell it to every answer."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import build

RUN = CliRunner()
REGISTRY = """uscc,name,status,cancel_date,open_date
,温岭鹭洲电器有限公司,吊销,2019-04-02,2004-05-01
,温岭海棠电器有限公司,存续,,2004-05-01
"""
SUPPLIERS = """name
温岭鹭洲电器有限公司
温岭海棠电器有限公司
Curlew Shipping Ltd
Dotterel Shipping Ltd
Whimbrel Holdings BV
"""
FTM = [
    {"id": "f1", "schema": "Company", "properties": {"name": ["Curlew Shipping Ltd"], "status": ["Dissolved"]}},
    {"id": "f2", "schema": "Company", "properties": {"name": ["Dotterel Shipping Ltd"], "dissolutionDate": ["2018-03-01"]}},
]
BODS = [
    {
        "statementId": "s1",
        "recordId": "b1",
        "recordType": "entity",
        "recordDetails": {
            "entityType": {"type": "registeredEntity"},
            "name": "Whimbrel Holdings BV",
            "dissolutionDate": "2017-11-30",
        },
    }
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """Rows of `kith check` by name, after the files went the whole road."""
    folder = tmp_path_factory.mktemp("road")
    files = {
        "business_registry.csv": REGISTRY,
        "parties.ftm.jsonl": "".join(json.dumps(one) + "\n" for one in FTM),
        "owners.bods.jsonl": "".join(json.dumps(one) + "\n" for one in BODS),
        "suppliers.csv": SUPPLIERS,
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    loaded = [str(folder / name) for name in list(files)[:3]]
    _run(folder, "ingest", *loaded)
    _run(folder, "resolve")
    _run(folder, "propagate")
    answer = json.loads(_run(folder, "check", str(folder / "suppliers.csv"), "--json"))
    return {row["given"]["name"]: row for row in answer["rows"]}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("温岭鹭洲电器有限公司", "2019-04-02"),
        ("Curlew Shipping Ltd", "Dissolved"),
        ("Dotterel Shipping Ltd", "2018-03-01"),
        ("Whimbrel Holdings BV", "2017-11-30"),
    ],
)
def test_it_is_a_look_in_words(told: dict[str, dict[str, object]], name: str, words: str) -> None:
    assert told[name]["result"] == "look"
    assert words in json.dumps(told[name]["reasons"], ensure_ascii=False)


def test_one_in_order_is_none(told: dict[str, dict[str, object]]) -> None:
    assert told["温岭海棠电器有限公司"]["result"] != "look"


def _run(folder: Path, *words: str) -> str:
    given = ("--store", f"sqlite:///{folder / 'kith.db'}")
    done = RUN.invoke(build(), [*words, *given], env={"KITH_ID_KEY_FILE": str(folder / "id.key"), "KITH_TODAY": "2026-06-30"})
    assert done.exit_code == 0, done.output
    return done.stdout
