"""Money: invoices, bank guarantees and public contracts."""

from collections.abc import Iterator

from samples.facts import Contract, Guarantee, Invoice
from samples.files.source_writer import SourceWriter, release_of
from samples.formats import write_csv

STATUS = {"normal": "正常", "red": "红字", "void": "作废"}


def write_invoices(writer: SourceWriter) -> None:
    """Electronic invoices of the region's firms, with the day they fell due and the day they were paid."""
    header = (
        "发票号码",
        "开票日期",
        "销售方名称",
        "销售方税号",
        "购买方名称",
        "购买方税号",
        "货物名称",
        "价税合计",
        "发票状态",
        "原蓝字发票号码",
        "到期日",
        "付款日期",
        "授权编号",
    )
    path = writer.file("invoices.csv", "invoices", "invoices, red and void ones included")
    write_csv(path, header, _invoice_rows(writer))


def write_guarantees(writer: SourceWriter) -> None:
    """Guarantees towards banks."""
    header = (
        "保证合同号",
        "保证人",
        "保证人信用代码",
        "被保证人",
        "被保证人信用代码",
        "债权人",
        "保证金额",
        "起始日",
        "到期日",
        "解除日",
        "授权编号",
    )
    path = writer.file("bank_guarantees.csv", "bank_guarantees", "guarantees towards banks, released by the guarantors")
    write_csv(path, header, (_guarantee_row(writer, guarantee) for guarantee in writer.world.guarantees))


def write_contracts(writer: SourceWriter) -> None:
    """Public contracts, with what the agencies paid and when."""
    header = (
        "合同编号",
        "合同名称",
        "采购人",
        "采购人信用代码",
        "供应商",
        "供应商信用代码",
        "合同金额",
        "签订日期",
        "验收日期",
        "应付日期",
        "支付日期",
        "争议",
    )
    path = writer.file("government_contracts.csv", "government_contracts", "public contracts and their payment")
    contracts = sorted(writer.world.contracts, key=lambda contract: (contract.signed_on, contract.number))
    write_csv(path, header, (_contract_row(writer, contract) for contract in contracts))


def _invoice_rows(writer: SourceWriter) -> Iterator[tuple[object, ...]]:
    for invoice in writer.world.invoices:
        row = _invoice_row(writer, invoice)
        yield row
        if writer.clerk.rng.random() < 0.004:
            yield row


def _invoice_row(writer: SourceWriter, invoice: Invoice) -> tuple[object, ...]:
    clerk = writer.clerk
    states_something = invoice.status != "void"
    seller, seller_code = writer.firm("invoices", invoice.seller, is_noted=states_something)
    buyer, buyer_code = writer.firm("invoices", invoice.buyer, missing_chance=0.01, wrong_chance=0.002, is_noted=states_something)
    return (
        invoice.number,
        clerk.day(invoice.issued_on),
        seller,
        seller_code,
        buyer,
        buyer_code,
        f"*{invoice.seller.industry.zh}*{invoice.seller.industry.goods}",
        f"{invoice.amount:.2f}",
        STATUS[invoice.status],
        invoice.red_of,
        clerk.day(invoice.due_on),
        clerk.day(invoice.paid_on),
        release_of(invoice.seller),
    )


def _guarantee_row(writer: SourceWriter, guarantee: Guarantee) -> tuple[object, ...]:
    clerk = writer.clerk
    guarantor, guarantor_code = writer.firm("bank_guarantees", guarantee.guarantor)
    debtor, debtor_code = writer.firm("bank_guarantees", guarantee.debtor)
    writer.truth.note("bank_guarantees", guarantee.bank.name, guarantee.bank)
    return (
        guarantee.number,
        guarantor,
        guarantor_code,
        debtor,
        debtor_code,
        guarantee.bank.name,
        clerk.sum_wan(guarantee.amount),
        clerk.day(guarantee.began_on),
        clerk.day(guarantee.until),
        clerk.day(guarantee.released_on),
        release_of(guarantee.guarantor),
    )


def _contract_row(writer: SourceWriter, contract: Contract) -> tuple[object, ...]:
    clerk = writer.clerk
    agency, agency_code = writer.agency("government_contracts", contract.agency, with_code=clerk.rng.random() < 0.8)
    supplier, supplier_code = writer.firm("government_contracts", contract.supplier, missing_chance=0.1, wrong_chance=0.02)
    return (
        contract.number,
        contract.title,
        agency,
        agency_code,
        supplier,
        supplier_code,
        clerk.sum_wan(contract.amount),
        clerk.day(contract.signed_on),
        clerk.day(contract.accepted_on),
        clerk.day(contract.due_on),
        clerk.day(contract.paid_on),
        "是" if contract.disputed else "否",
    )
