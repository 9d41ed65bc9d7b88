"""Statements that one person let a bank and a payment provider release, for a named purpose."""

from datetime import timedelta

from api.samples.facts import TODAY, Firm, Person
from api.samples.files.desk import Desk
from api.samples.formats import write_json, write_json_lines

CONSENT = "C-2026-0017"


def write_loans(desk: Desk) -> None:
    """Loans of the head of the sample's firm and how they were repaid."""
    path = desk.file("loan_statement.json", "loan_statement", "one person's loans, released with consent")
    person, lender = desk.us.head, _firm_of(desk, "村镇银行")
    desk.truth.note("loan_statement", f"{CONSENT}/borrower", person)
    desk.truth.note("loan_statement", lender.uscc, lender)
    rows = []
    for month in range(1, 13):
        due = TODAY - timedelta(days=30 * month)
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
                "due_date": due.isoformat(),
                "paid_date": (due - timedelta(days=month % 3)).isoformat(),
                "overdue_days": 0,
            }
        )
    write_json(path, rows)


def write_bills(desk: Desk) -> None:
    """Monthly bills of the same person."""
    path = desk.file("bill_statement.jsonl", "bill_statement", "one person's bills, released with consent")
    person = desk.us.head
    provider = _firm_of(desk, "自来水")
    desk.truth.note("bill_statement", f"{CONSENT}/payer", person)
    desk.truth.note("bill_statement", provider.uscc, provider)
    write_json_lines(path, (_bill(person, provider, month) for month in range(1, 15)))


def _bill(person: Person, provider: Firm, month: int) -> dict[str, object]:
    due = TODAY - timedelta(days=30 * month)
    late = 4 if month == 9 else -1
    return {
        "consent_id": CONSENT,
        "provider": provider.name,
        "provider_uscc": provider.uscc,
        "bill_no": f"W{due:%Y%m}{month:04d}",
        "payer_name": person.name,
        "payer_id": person.resident_id,
        "amount": 84.5 + month,
        "due_date": due.isoformat(),
        "paid_date": (due + timedelta(days=late)).isoformat(),
    }


def _firm_of(desk: Desk, industry: str) -> Firm:
    return next(firm for firm in desk.world.firms if firm.industry.zh == industry)
