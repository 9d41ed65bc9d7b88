"""Published lists of public bodies: defaulters, violations, abnormal operations, procurement, counterfeits, agencies."""

from collections.abc import Iterator
from datetime import date

from samples.codes import court_mask
from samples.facts import HOME, TODAY, Agency, Firm, Listing, Party, Person
from samples.files.source_writer import SourceWriter
from samples.formats import write_csv, write_json, write_json_lines, write_xlsx

HIDDEN_ID_SHARE = 0.5  # Courts publish some codes with four characters hidden.
SAMR_HEADER = (
    "企业名称",
    "统一社会信用代码",
    "类型",
    "列入原因",
    "列入日期",
    "作出决定机关（列入）",
    "移出原因",
    "移出日期",
    "作出决定机关（移出）",
)


def write_court(writer: SourceWriter) -> None:
    """Defaulters as courts publish them, one JSON object a line."""
    path = writer.file("court_defaulters.jsonl", "court_defaulters", "court list of judgment defaulters")
    write_json_lines(
        path, (_court_row(writer, position, entry) for position, entry in enumerate(writer.listings("court_defaulters")))
    )


def write_serious_violation(writer: SourceWriter) -> None:
    """The market regulator's list of serious violations, removals included."""
    _write_samr(writer, "serious_violation", "严重违法失信名单")


def write_abnormal_operations(writer: SourceWriter) -> None:
    """The market regulator's list of abnormal operations."""
    _write_samr(writer, "abnormal_operations", "经营异常名录")


def write_procurement(writer: SourceWriter) -> None:
    """Suppliers banned from public procurement."""
    header = (
        "企业名称",
        "统一社会信用代码",
        "企业地址",
        "严重违法失信行为的具体情形",
        "处罚结果",
        "处罚依据",
        "处罚日期",
        "公布日期",
        "公布截止日期",
        "执法单位",
    )
    path = writer.file("procurement_list.csv", "procurement_list", "suppliers banned from public procurement")
    write_csv(
        path,
        header,
        (_procurement_row(writer, listing, firm) for listing, firm in writer.firm_listings("procurement_list")),
    )


def write_counterfeit(writer: SourceWriter) -> None:
    """Makers and sellers of counterfeit goods."""
    header = ("当事人名称", "统一社会信用代码", "处罚决定书文号", "违法事实", "货值金额", "处罚机关", "列入日期")
    path = writer.file("counterfeit_goods.csv", "counterfeit_goods", "makers and sellers of counterfeit goods")
    write_csv(
        path,
        header,
        (_counterfeit_row(writer, listing, firm) for listing, firm in writer.firm_listings("counterfeit_goods")),
    )


def write_ip_penalties(writer: SourceWriter) -> None:
    """Serious violations of intellectual property rules, as JSON."""
    path = writer.file("ip_penalties.json", "ip_penalties", "serious violations of intellectual property rules")
    write_json(path, (_ip_row(writer, listing, firm) for listing, firm in writer.firm_listings("ip_penalties")))


def write_government_breach(writer: SourceWriter) -> None:
    """Agencies that did not keep their word; the file may hold no row."""
    header = ("机关名称", "统一社会信用代码", "失信事由", "涉及金额", "认定机关", "认定日期", "文号")
    path = writer.file("government_breach.csv", "government_breach", "agencies listed for breach of contract")
    entries = [(entry, entry.party) for entry in writer.listings("government_breach")]
    write_csv(path, header, (_breach_row(writer, entry, body) for entry, body in entries if isinstance(body, Agency)))


def write_credit_repair(writer: SourceWriter) -> None:
    """Decisions that took a party off a list."""
    header = ("企业名称", "统一社会信用代码", "原列入名单", "原列入日期", "修复决定日期", "修复原因", "决定机关")
    path = writer.file("credit_repair.csv", "credit_repair", "decisions that took parties off lists")
    sources = ("serious_violation", "abnormal_operations")
    removed_listings = [
        (listing, firm) for source in sources for listing, firm in writer.firm_listings(source) if listing.removed_on
    ]
    write_csv(path, header, (_repair_row(writer, listing, firm) for listing, firm in removed_listings))


def _court_row(writer: SourceWriter, position: int, entry: Listing) -> dict[str, object]:
    party, hidden = entry.party, writer.clerk.rng.random() < HIDDEN_ID_SHARE
    is_person = isinstance(party, Person)
    # Where the code is hidden the name is as registered: with neither nobody could tell whom the court means.
    name = writer.clerk.name(party) if isinstance(party, Firm) and not hidden else party.name
    writer.truth.note("court_defaulters", f"{entry.case_no}/{name}", party)
    head = party.head.name if isinstance(party, Firm) else ""
    return {
        "id": 700000000 + position,
        "iname": name,
        "caseCode": entry.case_no,
        "cardNum": _card_number(writer, party, hidden),
        "businessEntity": head,
        "sexy": _sex(party) if isinstance(party, Person) else "",
        "age": str(TODAY.year - party.born_on.year) if isinstance(party, Person) else "0",
        "areaName": HOME.zh,
        "courtName": entry.issuer,
        "regDate": writer.clerk.day(date(entry.listed_on.year, entry.listed_on.month, 1)),
        "gistId": entry.case_no.replace("岚", "岚民初"),
        "gistUnit": entry.issuer,
        "duty": f"支付货款{writer.clerk.sum_wan(entry.amount or 0)}及利息",
        "performance": "全部未履行",
        "disruptTypeName": entry.reason,
        "publishDate": writer.clerk.day(entry.listed_on),
        "partyTypeName": "0" if is_person else "1",
    }


def _card_number(writer: SourceWriter, party: Party, hidden: bool) -> str:
    if isinstance(party, Person):  # Some courts publish ids in full; here those of persons who own a firm.
        owners = {stake.owner.cluster for stake in writer.world.stakes}
        return party.resident_id if party.cluster in owners and not writer.variant.masked_ids else court_mask(party.resident_id)
    return f"{party.uscc[:8]}****{party.uscc[12:]}" if hidden else party.uscc


def _sex(person: Person) -> str:
    return "男" if int(person.resident_id[16]) % 2 else "女"


def _write_samr(writer: SourceWriter, source: str, title: str) -> None:
    path = writer.file(f"{source}.xlsx", source, f"list of the market regulator: {title}")
    write_xlsx(path, title, SAMR_HEADER, _samr_rows(writer, source, title))


def _samr_rows(writer: SourceWriter, source: str, title: str) -> Iterator[tuple[object, ...]]:
    for entry, firm in writer.firm_listings(source):
        name, code = writer.firm(source, firm, missing_chance=0.1)
        removal = (entry.ground, writer.clerk.day(entry.removed_on), entry.issuer) if entry.removed_on else ("", "", "")
        yield (name, code, f"列入{title}", entry.reason, entry.listed_on, entry.issuer, *removal)


def _procurement_row(writer: SourceWriter, entry: Listing, firm: Firm) -> tuple[object, ...]:
    name, code = writer.firm("procurement_list", firm, missing_chance=0.2)
    result, basis = "列入不良行为记录名单，一年内禁止参加政府采购活动", "《中华人民共和国政府采购法》第七十七条"
    return (
        name,
        code,
        writer.clerk.address(firm.address),
        entry.reason,
        result,
        basis,
        writer.clerk.day(entry.listed_on),
        writer.clerk.day(entry.listed_on),
        writer.clerk.day(entry.ends_on),
        entry.issuer,
    )


def _counterfeit_row(writer: SourceWriter, entry: Listing, firm: Firm) -> tuple[object, ...]:
    name, code = writer.firm("counterfeit_goods", firm)
    amount = writer.clerk.sum_wan(entry.amount or 0)
    return name, code, entry.case_no, entry.reason, amount, entry.issuer, writer.clerk.day(entry.listed_on)


def _ip_row(writer: SourceWriter, entry: Listing, firm: Firm) -> dict[str, object]:
    name = writer.clerk.name(firm)
    writer.truth.note("ip_penalties", f"{entry.case_no}/{name}", firm)
    return {
        "name": name,
        "uscc": firm.uscc,
        "conduct": entry.reason,
        "doc_no": entry.case_no,
        "authority": entry.issuer,
        "listed_on": writer.clerk.day(entry.listed_on),
        "until": writer.clerk.day(entry.ends_on),
    }


def _breach_row(writer: SourceWriter, entry: Listing, agency: Agency) -> tuple[object, ...]:
    name, code = writer.agency("government_breach", agency)
    amount = writer.clerk.sum_wan(entry.amount or 0)
    return name, code, entry.reason, amount, entry.issuer, writer.clerk.day(entry.listed_on), entry.case_no


def _repair_row(writer: SourceWriter, entry: Listing, firm: Firm) -> tuple[object, ...]:
    name, code = writer.firm("credit_repair", firm)
    lists = {"serious_violation": "严重违法失信名单", "abnormal_operations": "经营异常名录"}
    return name, code, lists[entry.source], entry.listed_on, writer.clerk.day(entry.removed_on), entry.ground, entry.issuer
