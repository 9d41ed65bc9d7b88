"""The business register: a GB18030 export with Chinese headers, one firm a row."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from samples.facts import Firm, Person, Post, Stake
from samples.files.ownership import filed
from samples.files.source_writer import SourceWriter
from samples.formats import write_csv

DATASET = "business_registry"
REAL_NAMES_SINCE = date(2019, 4, 1)  # Since then registers check who a representative is; the extract has these ids.
HEADER = (
    "统一社会信用代码",
    "企业名称",
    "曾用名",
    "企业类型",
    "法定代表人",
    "法定代表人证件号码",
    "注册资本",
    "成立日期",
    "登记状态",
    "注销日期",
    "登记机关",
    "住所",
    "联系电话",
    "所属行业",
    "股东",
    "主要人员",
    "前身名称",
)


def write(desk: SourceWriter) -> None:
    """Every firm once, a few twice, as exports do."""
    path = desk.file("business_registry.csv", "business_registry", "business register, GB18030")
    stakes: dict[str, list[Stake]] = defaultdict(list)
    elsewhere = filed(desk.world)
    for stake in desk.world.stakes:
        if stake.ended is None and stake.owned.cluster not in elsewhere:
            stakes[stake.owned.cluster].append(stake)
    posts: dict[str, list[Post]] = defaultdict(list)
    for post in desk.world.posts:
        posts[post.firm.cluster].append(post)
    write_csv(path, HEADER, _rows(desk, stakes, posts), encoding="gb18030")


def _rows(desk: SourceWriter, stakes: dict[str, list[Stake]], posts: dict[str, list[Post]]) -> Iterator[tuple[object, ...]]:
    for firm in desk.world.firms:
        row = _row(desk, firm, stakes[firm.cluster], posts[firm.cluster])
        yield row
        if desk.hand.rng.random() < 0.01:
            yield row


def _row(desk: SourceWriter, firm: Firm, stakes: list[Stake], posts: list[Post]) -> tuple[object, ...]:
    hand, truth = desk.hand, desk.truth
    truth.note(DATASET, firm.uscc, firm)
    people = [firm.head, *(stake.owner for stake in stakes if isinstance(stake.owner, Person))]
    for person in (*people, *(post.person for post in posts)):
        truth.note(DATASET, f"{firm.uscc}/{person.name}", person)
    for stake in stakes:
        if isinstance(stake.owner, Firm):
            truth.note(DATASET, f"{firm.uscc}/{stake.owner.name}", stake.owner)
    if firm.predecessor:
        truth.note(DATASET, f"{firm.uscc}/{firm.predecessor.name}", firm.predecessor)
    return (
        firm.uscc,
        firm.name,
        firm.former_name or "",
        "股份有限公司" if "股份" in firm.name else "有限责任公司",
        firm.head.name,
        firm.head.resident_id if firm.founded >= REAL_NAMES_SINCE else "",
        f"{firm.capital_wan}万元人民币",
        hand.day(firm.founded),
        firm.status,
        hand.day(firm.ended),
        f"{firm.region.zh}市场监督管理局",
        firm.address.zh,
        hand.phone(firm.phone),
        firm.industry.zh,
        "；".join(f"{stake.owner.name}:{stake.share * 100:g}%" for stake in stakes),
        "；".join([f"{firm.head.name}:执行董事", *(f"{post.person.name}:{post.title}" for post in posts)]),
        firm.predecessor.name if firm.predecessor else "",
    )
