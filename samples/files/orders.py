"""Orders on a platform, one JSON object a line; buyers are pseudonyms, devices and payers are clusters."""

from samples.facts import Order
from samples.files.source_writer import SourceWriter
from samples.formats import write_json_lines


def write(writer: SourceWriter) -> None:
    """Every order, oldest first."""
    path = writer.file("ecommerce_orders.jsonl", "ecommerce_orders", "orders on a platform")
    platform = writer.first_of("网络平台")
    writer.truth.note("ecommerce_orders", f"platform/{platform.name}", platform)
    orders = sorted(writer.world.orders, key=lambda order: (order.created_on, order.number))
    write_json_lines(path, (_row(writer, order, platform.name) for order in orders))


def _row(writer: SourceWriter, order: Order, platform: str) -> dict[str, object]:
    name, code = writer.firm("ecommerce_orders", order.shop)
    row: dict[str, object] = {
        "platform": platform,
        "shop_id": order.shop.shop,
        "seller_name": name,
        "seller_uscc": code,
        "order_id": order.number,
        "buyer_pseudonym": order.buyer,
        "created": order.created_on.isoformat(),
        "amount": order.amount,
        "currency": "CNY",
        "category": order.shop.industry.goods,
        "logistics_no": order.parcel,
        "refund": order.refund,
        "dispute": order.dispute,
        "rating": order.rating,
        "device_cluster": order.device,
        "payer_account_cluster": order.payer,
    }
    if order.buyer_firm:
        row["buyer_name"], row["buyer_uscc"] = writer.firm("ecommerce_orders", order.buyer_firm)
    return row
