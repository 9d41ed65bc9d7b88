"""The business register: a GB18030 export with Chinese headers, one firm a row."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from samples.facts import Firm, Person, Post, Stake
from samples.files.ownership import filing_clusters
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


def write(writer: SourceWriter) -> None:
    """Every firm once, a few twice, as exports do."""
    path = writer.file("business_registry.csv", "business_registry", "business register, GB18030")
    stakes: dict[str, list[Stake]] = defaultdict(list)
    filing_firms = filing_clusters(writer.world)
    for stake in writer.world.stakes:
        if stake.ended_on is None and stake.owned.cluster not in filing_firms:
            stakes[stake.owned.cluster].append(stake)
    posts: dict[str, list[Post]] = defaultdict(list)
    for post in writer.world.posts:
        posts[post.firm.cluster].append(post)
    write_csv(path, HEADER, _rows(writer, stakes, posts), encoding="gb18030")


def _rows(writer: SourceWriter, stakes: dict[str, list[Stake]], posts: dict[str, list[Post]]) -> Iterator[tuple[object, ...]]:
    for firm in writer.world.firms:
        row = _row(writer, firm, stakes[firm.cluster], posts[firm.cluster])
        yield row
        if writer.clerk.rng.random() < 0.01:
            yield row


def _row(writer: SourceWriter, firm: Firm, stakes: list[Stake], posts: list[Post]) -> tuple[object, ...]:
    clerk, truth = writer.clerk, writer.truth
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
        writer.resident_id(firm.head) if firm.founded_on >= REAL_NAMES_SINCE else "",
        f"{firm.capital_wan}万元人民币",
        clerk.day(firm.founded_on),
        firm.status,
        clerk.day(firm.ended_on),
        f"{firm.region.zh}市场监督管理局",
        firm.address.zh,
        clerk.phone(firm.phone),
        firm.industry.zh,
        "；".join(f"{stake.owner.name}:{stake.share * 100:g}%" for stake in stakes),
        "；".join([f"{firm.head.name}:执行董事", *(f"{post.person.name}:{post.title}" for post in posts)]),
        firm.predecessor.name if firm.predecessor else "",
    )
