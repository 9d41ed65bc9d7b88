"""Statements that one person let a bank, a payment provider and a platform release, for a named purpose."""

from datetime import timedelta

from samples.facts import TODAY, Firm, Person
from samples.files.source_writer import SourceWriter
from samples.formats import write_json, write_json_lines

CONSENT = "C-2026-0017"


def write_loans(writer: SourceWriter) -> None:
    """Loans of the head of the sample's firm and how they were repaid."""
    path = writer.file("loan_statement.json", "loan_statement", "one person's loans, released with consent")
    person, lender = writer.our_firm.head, writer.first_of("村镇银行")
    writer.truth.note("loan_statement", f"{CONSENT}/borrower", person)
    writer.truth.note("loan_statement", lender.uscc, lender)
    rows = []
    for month in range(1, 13):
        due_on = TODAY - timedelta(days=30 * month)
        rows.append(
            {
                "consent_id": CONSENT,
                "report_no": "R2026-1104",
                "query_reason": "supplier due diligence",
                "borrower_name": person.name,
                "borrower_id": person.resident_id,
                "lender_name": lender.name,
                "lender_uscc": lender.uscc,
                "loan_no": f"L{person.cluster}-{month:02d}",
                "loan_type": "经营贷款",
                "amount": 60_000,
                "due_date": due_on.isoformat(),
                "paid_date": (due_on - timedelta(days=month % 3)).isoformat(),
                "overdue_days": 0,
            }
        )
    write_json(path, rows)


def write_bills(writer: SourceWriter) -> None:
    """Monthly bills of the same person."""
    path = writer.file("bill_statement.jsonl", "bill_statement", "one person's bills, released with consent")
    person = writer.our_firm.head
    provider = writer.first_of("自来水")
    writer.truth.note("bill_statement", f"{CONSENT}/payer", person)
    writer.truth.note("bill_statement", provider.uscc, provider)
    write_json_lines(path, (_bill(person, provider, month) for month in range(1, 15)))


def write_platform(writer: SourceWriter) -> None:
    """What the same person agreed to on a platform, and whether it was kept."""
    path = writer.file(
        "platform_statement.jsonl", "platform_statement", "one person's contracts on a platform, released with consent"
    )
    person = writer.our_firm.head
    writer.truth.note("platform_statement", f"{CONSENT}/member", person)
    platform = writer.first_of("网络平台")
    writer.truth.note("platform_statement", platform.uscc, platform)
    write_json_lines(path, (_agreement(person, platform, month) for month in range(1, 9)))


def _agreement(person: Person, platform: Firm, month: int) -> dict[str, object]:
    due_on = TODAY - timedelta(days=40 * month)
    return {
        "consent_id": CONSENT,
        "platform": platform.name,
        "platform_uscc": platform.uscc,
        "member_name": person.name,
        "member_id": person.resident_id,
        "contract_no": f"T{due_on:%Y%m%d}{month:03d}",
        "contract_type": "租赁",
        "amount": 300 + 20 * month,
        "due_date": due_on.isoformat(),
        "completed_on": due_on.isoformat(),
        "outcome": "broken" if month == 7 else "kept",
    }


def _bill(person: Person, provider: Firm, month: int) -> dict[str, object]:
    due_on = TODAY - timedelta(days=30 * month)
    late = 4 if month == 9 else -1
    return {
        "consent_id": CONSENT,
        "provider": provider.name,
        "provider_uscc": provider.uscc,
        "bill_no": f"W{due_on:%Y%m}{month:04d}",
        "payer_name": person.name,
        "payer_id": person.resident_id,
        "amount": 84.5 + month,
        "due_date": due_on.isoformat(),
        "paid_date": (due_on + timedelta(days=late)).isoformat(),
    }
