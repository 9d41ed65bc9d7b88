"""Money: invoices, bank guarantees and public contracts."""

from collections.abc import Iterator

from samples.facts import Contract, Guarantee, Invoice
from samples.files.source_writer import SourceWriter, release_of
from samples.formats import write_csv

STATUS = {"normal": "正常", "red": "红字", "void": "作废"}


def write_invoices(desk: SourceWriter) -> None:
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
    path = desk.file("invoices.csv", "invoices", "invoices, red and void ones included")
    write_csv(path, header, _invoice_rows(desk))


def write_guarantees(desk: SourceWriter) -> None:
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
    path = desk.file("bank_guarantees.csv", "bank_guarantees", "guarantees towards banks, released by the guarantors")
    write_csv(path, header, (_guarantee_row(desk, given) for given in desk.world.guarantees))


def write_contracts(desk: SourceWriter) -> None:
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
    path = desk.file("government_contracts.csv", "government_contracts", "public contracts and their payment")
    contracts = sorted(desk.world.contracts, key=lambda contract: (contract.signed, contract.number))
    write_csv(path, header, (_contract_row(desk, contract) for contract in contracts))


def _invoice_rows(desk: SourceWriter) -> Iterator[tuple[object, ...]]:
    for made in desk.world.invoices:
        row = _invoice_row(desk, made)
        yield row
        if desk.hand.rng.random() < 0.004:
            yield row


def _invoice_row(desk: SourceWriter, made: Invoice) -> tuple[object, ...]:
    hand = desk.hand
    told = made.status != "void"
    seller, seller_code = desk.firm("invoices", made.seller, noted=told)
    buyer, buyer_code = desk.firm("invoices", made.buyer, missing=0.01, wrong=0.002, noted=told)
    return (
        made.number,
        hand.day(made.issued),
        seller,
        seller_code,
        buyer,
        buyer_code,
        f"*{made.seller.industry.zh}*{made.seller.industry.goods}",
        f"{made.amount:.2f}",
        STATUS[made.status],
        made.red_of,
        hand.day(made.due),
        hand.day(made.paid),
        release_of(made.seller),
    )


def _guarantee_row(desk: SourceWriter, given: Guarantee) -> tuple[object, ...]:
    hand = desk.hand
    guarantor, guarantor_code = desk.firm("bank_guarantees", given.guarantor)
    debtor, debtor_code = desk.firm("bank_guarantees", given.debtor)
    desk.truth.note("bank_guarantees", given.bank.name, given.bank)
    return (
        given.number,
        guarantor,
        guarantor_code,
        debtor,
        debtor_code,
        given.bank.name,
        hand.sum_wan(given.amount),
        hand.day(given.began),
        hand.day(given.until),
        hand.day(given.released),
        release_of(given.guarantor),
    )


def _contract_row(desk: SourceWriter, contract: Contract) -> tuple[object, ...]:
    hand = desk.hand
    agency, agency_code = desk.agency("government_contracts", contract.agency, coded=hand.rng.random() < 0.8)
    supplier, supplier_code = desk.firm("government_contracts", contract.supplier, missing=0.1, wrong=0.02)
    return (
        contract.number,
        contract.title,
        agency,
        agency_code,
        supplier,
        supplier_code,
        hand.sum_wan(contract.amount),
        hand.day(contract.signed),
        hand.day(contract.accepted),
        hand.day(contract.due),
        hand.day(contract.paid),
        "是" if contract.disputed else "否",
    )
