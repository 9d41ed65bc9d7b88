"""The two sides of a record of unknown kind: it is compared with firms under its own id, and with persons under another.

So a record whose source tells no kind may be one with a firm or with a person, and everything that compares two records still
compares two of one kind. Which of the two it became is settled when all parts are known (resolution/entities/side_assignment.py).
"""

from ontology.base import PartyKind
from ontology.record import NameRole, Record
from resolution.records.kinds import kind_by_name

COMPARED_KINDS = (PartyKind.FIRM, PartyKind.PERSON, PartyKind.AGENCY)  # Every record is compared as one of these.
PERSON_SIDE = "\x1fperson"  # Behind a record's id; no id of a source holds this control character.


def as_person(record_id: str) -> str:
    """The id under which a record of unknown kind is compared with persons."""
    return f"{record_id}{PERSON_SIDE}"


def record_of(side_id: str) -> str:
    """The record's own id, of either side."""
    return side_id.removesuffix(PERSON_SIDE)


def is_person_side(side_id: str) -> bool:
    """Whether this is the side that is compared with persons."""
    return side_id.endswith(PERSON_SIDE)


def side_ids(record: Record) -> tuple[str, ...]:
    """The ids under which a record is compared: its own where its kind is known, else one for each side.

    A record of unknown kind that has a person's name and nothing else is compared with persons only: that a firm is called
    like somebody is no ground to take the two for one.
    """
    if record.kind is not PartyKind.UNKNOWN:
        return (record.id,)
    details = record.identifiers or record.addresses or record.contacts or record.founded_on
    own_side = () if not details and _is_named_like_a_person(record) else (record.id,)
    return (*own_side, as_person(record.id))


def side_kind(record: Record, side_id: str) -> PartyKind:
    """The kind of party that a side is compared as."""
    if record.kind is not PartyKind.UNKNOWN:
        return record.kind
    return PartyKind.PERSON if is_person_side(side_id) else PartyKind.FIRM


def _is_named_like_a_person(record: Record) -> bool:
    return any(kind_by_name(name.text) is PartyKind.PERSON for name in record.names if name.role is NameRole.PRIMARY)
