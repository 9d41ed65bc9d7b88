"""Firms by whole columns: what is said of very many pairs is what is said of each pair by itself."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.base import PartyKind, SourceClass
from ontology.record import Address, Contact, Identifier, Name, NameRole, Record
from resolution.comparisons.columnar import FIELD_COLUMNS
from resolution.comparisons.declarations import FIRM, Comparison
from resolution.comparisons.evidence import prepare
from resolution.comparisons.fields import Busy
from resolution.comparisons.run_statistics import freeze
from resolution.records.analysed import analyse

NAMES = (
    "上海华为技术有限公司",
    "华为技术有限公司",
    "北京华为技术股份有限公司",
    "华为（上海）有限公司",
    "华威网络有限公司",
    "上海华为",
    "华为技术有限公司第二分公司",
    "华为技术有限公司苏州分公司",
    "恒泰兴隆达商贸有限公司",
    "恒泰兴隆发商贸有限公司",
    "恒泰第2商贸有限公司",
    "Huawei Technology Co., Ltd.",
    "Hua Wei",
    "Shanghai Huawei Trading",
    "Universal Exports",
    "Univrsl Export Inc",
    "Universal Exports LLC",
    "Universal Exports USA",
    "Universal Exports India",
    "Universal Exports Holdings LLC",
    "Universal Exports GmbH",
    "Universal Exports GmbH & Co. KG",
    "华为技术集团有限公司",
    "Export 44 Branch",
    "Export 45",
    "Heng Tai",
    "上海华为技术",
    "鹤汀璟墨环保设备有限公司",
    "鹤汀璟墨环保设备",
    "Heting Jingmo Environmental Equipment Co., Ltd.",
    "Jingmo Heting Equipment Ltd",
    "Shanghai Huawei Technology Co., Ltd.",
    "·",
)
STREETS = (
    ("上海市浦东新区世纪大道1号", None),
    ("上海市浦东新区世纪大道1号1203室", None),
    ("世纪大道1204号", None),
    ("上海市长宁区延安路1203弄7号2幢12室30层", None),
    ("1 Shiji Dadao", "200120"),
    ("1515 Adela Lane", "89111"),
    ("1516 Adela Ln", "89111"),
    ("1515 Adella Lane", None),
    ("Adela Lane", None),
    ("PO Box 1203 1515", "89111"),
    ("Unit 7", None),
)
DAYS = (None, "2001", "2001-02", "2001-02-03", "2001-03-02", "2001-02-04", "2001-12-03", "2001-02-30", "2010-02-03", "1999-11-11")
CONTACTS = (
    ("phone", "021-55512345"),
    ("phone", "+86 21 5551 2345"),
    ("phone", "55512345"),
    ("phone", "0055512"),
    ("phone", "13800000000"),
    ("email", "info@hw.cn"),
    ("email", "li@hw.cn"),
    ("website", "www.hw.cn"),
    ("website", "other.cn"),
)
CODES = (
    ("org_code", "A"),
    ("org_code", "B"),
    ("lei", "A"),
    ("lei", "C"),
    ("reg_no", "CN:7"),
    ("reg_no", "CN:8"),
    ("reg_no", "7"),
    ("reg_no", "US:7"),
    ("shop_id", "1"),
    ("shop_id", "2"),
    ("customs_no", "1"),
)

names = st.builds(lambda text, role: Name(text=text, role=role), st.sampled_from(NAMES), st.sampled_from(NameRole))
addresses = st.sampled_from([Address(text=text, postcode=code) for text, code in STREETS])
contacts = st.sampled_from([Contact(kind=kind, value=value) for kind, value in CONTACTS])
identifiers = st.sampled_from([Identifier(scheme=scheme, value=value, valid=True) for scheme, value in CODES])


def several(one: st.SearchStrategy, most: int) -> st.SearchStrategy:
    return st.lists(one, max_size=most, unique=True).map(tuple)


firms = st.builds(
    Record,
    id=st.uuids().map(str),
    dataset=st.just("d"),
    source_class=st.just(SourceClass("3")),
    row_id=st.just("f#1"),
    kind=st.just(PartyKind.FIRM),
    names=several(names, 4),
    addresses=several(addresses, 2),
    contacts=several(contacts, 3),
    identifiers=several(identifiers, 3),
    founded_on=st.sampled_from(DAYS),
)


COLUMNAR = [comparison for comparison in FIRM if comparison.agree is not None]


@pytest.mark.parametrize("told", COLUMNAR, ids=lambda told: told.name)
@given(records=st.lists(firms, min_size=2, max_size=9))
def test_a_column_says_of_every_pair_what_the_pair_says_by_itself(told: Comparison, records: list[Record]) -> None:
    units = [analyse(record) for record in records]
    frozen = freeze(PartyKind.FIRM, units)
    prepared = prepare(PartyKind.FIRM, units, frozen)
    rows = np.flatnonzero(prepared.has(told))
    ends = np.array(list(product(rows.tolist(), repeat=2)), dtype=np.int64).reshape(-1, 2)
    found = FIELD_COLUMNS[told.name](units, busy_or(frozen.is_busy)).agree(ends[:, 0], ends[:, 1])
    assert told.agree is not None
    one_by_one = [told.agree(units[left], units[right], busy_or(frozen.is_busy)) for left, right in ends.tolist()]
    np.testing.assert_array_equal(found, np.array(one_by_one, dtype=np.float64))


def busy_or(busy: Busy) -> Busy:
    """Few firms make no value busy: one of each kind is."""
    return lambda value: busy(value) or value in {"13800000000", "adela 1515", "info@hw.cn"}
