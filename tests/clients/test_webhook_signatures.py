"""Messages that the library of Standard Webhooks signs are taken; anything else is refused."""

import base64
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kith_client import WebhookNotGenuine, WrongUse, verify_webhook
from standardwebhooks import Webhook

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()
OTHER = "whsec_" + base64.b64encode(b"another secret of 24 byte").decode()
NOW = datetime(2026, 12, 1, 9, 0, 0, tzinfo=UTC)
NOW_S = NOW.timestamp()
BODY = '{"type":"listing.new","timestamp":"2026-12-01T09:00:00Z","data":{"name":"临海港湾"}}'


def signed(body: str = BODY, secret: str = SECRET, at: datetime = NOW) -> dict[str, str]:
    signature = Webhook(secret).sign("ev_1", at, body)
    return {"Webhook-Id": "ev_1", "Webhook-Timestamp": str(int(at.timestamp())), "Webhook-Signature": signature}


def test_a_message_that_the_other_side_signed_is_taken() -> None:
    message = verify_webhook(signed(), BODY.encode(), SECRET, now_s=NOW_S)
    assert (message.id, message.type, message.data) == ("ev_1", "listing.new", {"name": "临海港湾"})
    assert verify_webhook(signed(), BODY, SECRET.removeprefix("whsec_"), now_s=NOW_S) == message


def test_one_of_several_signatures_is_enough_while_a_secret_is_changed() -> None:
    headers = signed() | {
        "Webhook-Signature": f"v1a,xyz {signed(secret=OTHER)['Webhook-Signature']} {signed()['Webhook-Signature']}"
    }
    assert verify_webhook(headers, BODY, SECRET, now_s=NOW_S)
    assert verify_webhook(signed(), BODY, [OTHER, SECRET], now_s=NOW_S)


@pytest.mark.parametrize("off_s", [-301, 301])
def test_a_message_of_another_time_is_refused(off_s: int) -> None:
    with pytest.raises(WebhookNotGenuine, match="not of this time"):
        verify_webhook(signed(), BODY, SECRET, now_s=NOW_S + off_s)
    assert verify_webhook(signed(), BODY, SECRET, now_s=NOW_S + off_s, tolerance_s=400)


@pytest.mark.parametrize("name", ["Webhook-Id", "Webhook-Timestamp", "Webhook-Signature"])
def test_a_header_that_is_missing_or_another_is_refused(name: str) -> None:
    headers = signed()
    with pytest.raises(WebhookNotGenuine):
        verify_webhook({key: value for key, value in headers.items() if key != name}, BODY, SECRET, now_s=NOW_S)
    for value in ("x", "1", "v1,é", "v1", "", "v1,"):
        with pytest.raises(WebhookNotGenuine):
            verify_webhook(headers | {name: value}, BODY, SECRET, now_s=NOW_S)


@given(st.binary(max_size=200))
def test_a_body_that_was_not_signed_is_refused(body: bytes) -> None:
    with pytest.raises(WebhookNotGenuine):
        verify_webhook(signed(), body, SECRET, now_s=NOW_S)


def test_another_secret_is_refused_and_one_that_is_none_is_told() -> None:
    with pytest.raises(WebhookNotGenuine, match="no signature"):
        verify_webhook(signed(), BODY, OTHER, now_s=NOW_S)
    with pytest.raises(WrongUse):
        verify_webhook(signed(), BODY, "whsec_!!", now_s=NOW_S)


@pytest.mark.parametrize("body", ["[]", "{}", "no json", json.dumps({"type": "x"})])
def test_a_signed_body_that_is_no_message_is_refused(body: str) -> None:
    with pytest.raises(WebhookNotGenuine, match="no message"):
        verify_webhook(signed(body), body, SECRET, now_s=NOW_S)
