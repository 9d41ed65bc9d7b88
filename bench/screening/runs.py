"""What the fitting and the page share: the memory of a store, and a line of a list as the record that is screened."""

import json

from bench.screening.errors import ListedParty
from ontology.record import Record
from resolution.live.memory import Memories, Memory
from resolution.sources.graphs.follow_the_money import FOLLOW_THE_MONEY
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.reading import RawRow
from store.port import Store

KEY = b"bench key of made parties"


def read_memory(store: Store) -> Memory:
    """The memory of the last full run."""
    return Memories().of(store)


def record_of_line(line: ListedParty) -> Record:
    """A line as the record that it is screened as."""
    mapper = FOLLOW_THE_MONEY.make("line", "line", KEY, CrossFileIndex())
    values = {"id": "line", "schema": line.entity["schema"], "properties": json.dumps(line.entity["properties"])}
    (record,) = mapper.map_row(RawRow(1, values)).statements
    assert isinstance(record, Record)  # A party is a record.
    return record
