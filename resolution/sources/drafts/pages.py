"""A draft as a page of YAML, commented: what to check, what was left out and why, and which ties could be stated."""

from collections.abc import Iterator

from ontology.personal_ids import mask
from resolution.sources.drafts.draft_columns import Column
from resolution.sources.drafts.draft_parties import KEYS, OF_FIRMS, SCHEMES, DraftParty
from resolution.sources.drafts.samples import quote_yaml
from resolution.sources.reading.xml_rows import ELEMENT

DAYS_ON = {"founded": "founded_on", "born": "born_on"}
CONTACTS = ("phone", "email", "website")
STRICT = ("uscc", "reg_no", "lei")  # No person has one.
NEVER_KEPT = ("resident_id", "account")


def party_lines(parties: list[DraftParty]) -> Iterator[str]:
    """The parties of the page, and those of their columns that nobody should take for theirs."""
    main = parties[0]
    yield f"required: [{required(main).name}]"
    yield "parties:"
    for party in parties:
        yield f"  {party.title}:" + ("   # CHECK: a better name" if party is main else "")
        yield f"    kind: {party.kind}   # CHECK: firm, person, agency or by_name (by the words of the name)"
        yield f"    key: {_key(party, main)}   # CHECK: what tells two of them apart"
        yield f"    names: [{_name(party)}]"
        yield from (f"    {title}: {text}" for title, text in _details(party, _shares(parties)))
        for column in party.left_out:
            yield f"    # CHECK: {column.name} is left out, {_whose(column)}; name whom it belongs to as a party of its own"


def tail_lines(parties: list[DraftParty]) -> Iterator[str]:
    """Ties that headers state, ties that may be, and listings that may be."""
    main, further_parties = parties[0], parties[1:]
    tied_parties, untied_parties = (
        [party for party in further_parties if party.tie],
        [party for party in further_parties if not party.tie],
    )
    if tied_parties:
        yield "links:"
        yield from (f"  - {_tie(party, parties)}" for party in tied_parties)
    facts = "".join(f", {title}: {columns[0]}" for title, columns in _facts(main) if columns)
    for party in untied_parties:
        source, target = (party.title, main.title) if party.title == "supplier" else (main.title, party.title)
        yield "# CHECK: a tie between the two, such as OWNS, SUPPLIES (seller to buyer), GUARANTEES; take the # away to use it"
        yield "# links:" if not tied_parties else "#   (under links)"
        yield f"#   - {{kind: {{text: SUPPLIES}}, source: {source}, target: {target}{facts}}}"
    days = [column.name for column in main.columns if column.cell_type == "date" and column.topic not in DAYS_ON]
    if days:
        yield "# CHECK: does the file list parties for something? Then say which list, who lists, and since when"
        yield "# listings:"
        yield f"#   - {{list_type: {{text: abnormal_operations}}, party: party, issuer: {{text: WHO}}, listed_on: {days[0]}}}"


def required(party: DraftParty) -> Column:
    """The column of its name that most rows fill; of a name split in two, that of the family."""
    if (name_columns := party.given_and_family) is not None:
        return name_columns[1]
    return max(party.names, key=lambda column: len(column.cells))


def _name(party: DraftParty) -> str:
    if (name_columns := party.given_and_family) is not None:
        given_column, family_column = name_columns
        first, last = given_column.name, family_column.name
        return f'{{value: "{{{first}?}} {{{last}}}", given: {first}, family: {last}}}'
    return party.names[0].name if len(party.names) == 1 else quote_yaml(_whole_name(party))


def _whole_name(party: DraftParty) -> str:
    main_column = required(party)
    return " ".join(f"{{{column.name}{'' if column is main_column else '?'}}}" for column in party.names)


def _key(party: DraftParty, main: DraftParty) -> str:
    name = f"{{{party.names[0].name}}}" if len(party.names) == 1 else _whole_name(party)
    born = [column.name for column in party.columns if _day_on(column, party) == "born_on"]
    name = f"{name}/{{{born[0]}?}}" if born else name  # Namesakes are not one.
    if party.tie:
        return quote_yaml(f"{{@{main.title}}}/{name}")
    codes = [column.name for topic in KEYS for column in party.of(topic)] + _own_number(party)
    if len(party.names) > 1:
        return quote_yaml(f"{{{codes[0]}}}" if codes and codes[0] in _own_number(party) else name)
    return quote_yaml(f"{{{'|'.join([*codes, party.names[0].name])}}}" if codes or not born else name)


def _own_number(party: DraftParty) -> list[str]:
    """The column that numbers the parties of a list: another number in each row, in a file that tells no amounts."""
    if party.subject or any(column.cell_type == "amount" and column.topic == "amount" for column in party.columns):
        return []
    rows = max(len(column.cells) for column in (*party.names, *party.columns))
    numbers = [column for column in party.of("number") if len(column.cells) == rows == len(set(column.cells))]
    return [column.name for column in numbers[:1] if rows > 1]


def _details(party: DraftParty, share_columns: list[Column]) -> Iterator[tuple[str, str]]:
    codes = [f"{{value: {column.name}, {_scheme(column, party)}}}" for column in party.of("resident_id", *SCHEMES)]
    contacts = [f"{{value: {column.name}, kind: {column.cell_type}}}" for column in party.columns if column.cell_type in CONTACTS]
    days = [column for column in party.columns if _day_on(column, party)]
    lands = [column for column in party.of("country") if column.cell_type == "country"]
    addresses = [
        column
        for column in party.columns
        if column.cell_type == "address" or (column.topic, column.cell_type) == ("address", "text")
    ]
    placed_columns = [*party.of("resident_id", *SCHEMES), *days, *lands, *addresses, *share_columns]
    remaining = [
        column
        for column in party.columns
        if not any(column is placed_column for placed_column in placed_columns) and column.cell_type not in CONTACTS
    ]
    for title, entries in (("identifiers", codes), ("addresses", _names_of(addresses)), ("contacts", contacts)):
        if entries:
            yield title, f"[{', '.join(entries)}]"
    yield from ((_day_on(column, party) or "", column.name) for column in days)
    if lands:
        yield "countries", f"[{lands[0].name}]"
    attributes = [
        f"{column.name}: {column.name}"
        for column in remaining
        if column.topic not in NEVER_KEPT and column.cell_type != "resident_id" and column.header != ELEMENT
    ]
    if attributes:
        yield "attributes", f"{{{', '.join(attributes)}}}   # CHECK: keep what somebody will want to see"


def _day_on(column: Column, party: DraftParty) -> str | None:
    """The day of a life that a column of days tells of a party of that kind."""
    if column.cell_type != "date":
        return None
    day_field = DAYS_ON.get(column.topic or "")
    return day_field if day_field and (day_field == "born_on") == (party.kind == "person") else None


def _scheme(column: Column, party: DraftParty) -> str:
    if column.topic == "resident_id":
        return "scheme: resident_id" if party.kind == "person" else "schemes: {person: resident_id}"
    scheme = SCHEMES[column.topic or ""]
    return (
        f"schemes: {{firm: {scheme}, agency: {scheme}}}" if party.kind == "by_name" and scheme in STRICT else f"scheme: {scheme}"
    )


def _shares(parties: list[DraftParty]) -> list[Column]:
    """The column of stakes, where somebody holds them."""
    if not any(party.tie and party.tie["kind"] == "OWNS" for party in parties):
        return []
    return [column for party in parties for column in party.of("share") if column.cell_type in ("share", "amount")][:1]


def _tie(party: DraftParty, parties: list[DraftParty]) -> str:
    tie = party.tie or {}
    role = f", role: {{text: {tie['role']}}}" if "role" in tie else ""
    stake = _shares(parties) if tie["kind"] == "OWNS" else []
    share = f", share: {stake[0].name}" if stake else ""
    return f"{{kind: {{text: {tie['kind']}}}, source: {party.title}, target: {parties[0].title}{role}{share}}}"


def _facts(main: DraftParty) -> list[tuple[str, list[str]]]:
    by_looks = (("share", "share", "share"), ("amount", "amount", "amount"), ("began_on", "date", "day"))
    return [
        (title, [column.name for column in main.columns if column.cell_type == cell_type and column.topic in (None, topic)])
        for title, cell_type, topic in by_looks
    ]


def _whose(column: Column) -> str:
    if column.meaning.subject:
        return f"it is of its {column.meaning.subject}"
    return "a code of firms, and this is a person" if column.topic in OF_FIRMS else "a personal id, and this is a firm"


def _names_of(columns: list[Column]) -> list[str]:
    return [column.name for column in columns]


def column_line(column: Column) -> str:
    """One column of the page with what its cells look like and a few of them, masked."""
    examples = " | ".join(_on_one_line(mask(cell)[:40]) for cell in column.examples)
    return f"  {column.name}: [{quote_yaml(column.header)}]   # {column.cell_type}: {examples}".rstrip(" :")


def _on_one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
