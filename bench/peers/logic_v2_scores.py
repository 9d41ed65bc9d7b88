"""Run by the environment that has nomenklatura: scores of every pair of a CSV file, as JSON on standard output."""

import csv
import json
import sys
import time
from importlib.metadata import version

from followthemoney import model
from nomenklatura.matching.logic_v2.model import LogicV2


def main(file: str) -> None:
    """Both orders of a pair are the same question; the one of the file is asked, once to warm up and once to measure."""
    with open(file, encoding="utf-8", newline="") as lines:
        pairs = [(entity(row, "name1"), entity(row, "name2")) for row in csv.DictReader(lines)]
    config = LogicV2.default_config()
    scores = [LogicV2.compare(left, right, config).score for left, right in pairs]
    started = time.process_time()
    for left, right in pairs:
        LogicV2.compare(left, right, config)
    us = (time.process_time() - started) / len(pairs) * 1e6
    print(json.dumps({"scores": scores, "us": us, "version": version("nomenklatura")}))


def entity(row: dict[str, str], column: str) -> object:
    """One name as an entity that has nothing else."""
    return model.get_proxy({"id": column, "schema": row["schema"], "properties": {"name": [row[column]]}})


if __name__ == "__main__":
    main(sys.argv[1])
