"""A draft as a page of YAML, commented: what to check, why it was guessed, what was left out, and which ties could be stated."""

from collections.abc import Iterator

from ontology.personal_ids import mask
from resolution.sources.drafts.draft_columns import Column
from resolution.sources.drafts.draft_parties import OF_FIRMS, SCHEMES, DraftParty
from resolution.sources.drafts.samples import quote_yaml
from resolution.sources.reading.xml_rows import ELEMENT

DAYS_ON = {"founded": "founded_on", "born": "born_on"}
CONTACTS = ("phone", "email", "website")
STRICT = ("uscc", "org_code", "reg_no", "lei")  # No person has one.
NEVER_KEPT = ("resident_id", "account")
NOBODY = "name_of_nobody"  # A column that no file has: a party must have a name somewhere.


def columns_page(columns: list[Column], parties: list[DraftParty]) -> Iterator[str]:
    """The columns of the page; parts of items stand with the party that is read from them."""
    yield "columns:           # our name: how the header may be spelled; add other spellings"
    yield from (column_line(column) for column in columns if not column.item)
    for party in parties:
        if party.list_name:
            yield f"  {party.list_name}: [{quote_yaml(party.list_of or '')}]   # a list: each item names one {party.title}"
    if not parties[0].names:
        yield f"  {NOBODY}: []   # CHECK: no column of this file names anybody"


def party_lines(parties: list[DraftParty]) -> Iterator[str]:
    """The parties of the page, and those of their columns that nobody should take for theirs."""
    main = parties[0]
    if main.names and required(main).fill >= 1 and required(main).list_of is None:
        yield f"required: [{required(main).name}]"
    yield "parties:"
    for party in parties:
        yield f"  {party.title}:" + (
            f"   # CHECK: a better name; {_why(party)}" if party is main else f"   # CHECK: {_why(party)}"
        )
        if party.list_name:
            yield f"    each: {_items(party)}"
        yield f"    kind: {party.kind}   # CHECK: firm, person, agency or by_name (by the words of the name)"
        yield f"    key: {_key(party, main)}   # CHECK: what tells two of them apart; {party.key_evidence or 'the first column'}"
        if not party.names:
            yield "    adds: true   # CHECK: its facts go to the party that another file of the data set names under this key"
        yield f"    names: [{', '.join(_names(party))}]"
        yield from (f"    {title}: {text}" for title, text in _details(party, _shares(parties)))
        for column in party.left_out:
            yield f"    # CHECK: {column.name} is left out, {_whose(column)}; name whom it belongs to as a party of its own"


def tail_lines(parties: list[DraftParty]) -> Iterator[str]:
    """Ties that headers state, ties that may be, and listings that may be."""
    main, further_parties = parties[0], parties[1:]
    tied_parties = [party for party in further_parties if party.tie]
    untied_parties = [party for party in further_parties if not party.tie]
    if tied_parties:
        yield "links:   # the header says what ties them"
        yield from (f"  - {_tie(party, parties)}" for party in tied_parties)
    facts = "".join(f", {title}: {columns[0]}" for title, columns in _facts(main) if columns)
    for party in untied_parties:
        source, target = (party.title, main.title) if party.title.startswith("supplier") else (main.title, party.title)
        yield "# CHECK: a tie between the two, such as OWNS, SUPPLIES (seller to buyer), GUARANTEES; take the # away to use it"
        yield "# links:" if not tied_parties else "#   (under links)"
        yield f"#   - {{kind: {{text: SUPPLIES}}, source: {source}, target: {target}{facts}}}"
    days = [column.name for column in main.columns if column.cell_type == "date" and column.topic not in DAYS_ON]
    if days and main.names:
        issuers = [column.name for column in main.of("authority")]
        issuer = issuers[0] if issuers else "{text: WHO}"
        yield "# CHECK: does the file list parties for something? Then say which list, who lists, and since when"
        yield "# listings:"
        yield f"#   - {{list_type: {{text: abnormal_operations}}, party: party, issuer: {issuer}, listed_on: {days[0]}}}"


def required(party: DraftParty) -> Column:
    """The column of its name that most rows fill; of a name split in two, that of the family."""
    if (name_columns := party.given_and_family) is not None and name_columns[1].fill >= name_columns[0].fill:
        return name_columns[1]
    return max(party.names, key=lambda column: len(column.cells))


def _why(party: DraftParty) -> str:
    """What speaks for the party, in a few words."""
    if not party.names:
        return "no column was found that names anybody"
    whose = f"the header speaks of a {party.title.rstrip('_0123456789').replace('_', ' ')}; " if party.subject else ""
    return f"{whose}{', '.join(column.name for column in party.names)}: {party.names[0].evidence}"


def _items(party: DraftParty) -> str:
    parts: dict[str, list[str]] = {}
    for column in (*party.names, *party.columns, *party.also_named):
        part = column.header.removeprefix(party.list_of or "").strip(".")
        parts.setdefault(column.item.partition(".")[2], []).append(part or "#text")
    fields = ", ".join(f"{field}: [{', '.join(map(quote_yaml, paths))}]" for field, paths in parts.items())
    return f"{{column: {party.list_name}, fields: {{{fields}}}}}"


def _names(party: DraftParty) -> Iterator[str]:
    if any(column.list_of for column in party.alternatives):
        yield from (f'{{value: {column.reference}, split: ";"}}' for column in (*party.names, *party.alternatives))
        return
    yield _name(party) if party.names else NOBODY
    yield from (column.reference for column in (party.alternatives if len(party.names) > 1 else ()))
    for column in party.also_named:
        yield f"{{value: {column.reference}, role: {column.meaning.variant}}}"


def _name(party: DraftParty) -> str:
    if (name_columns := party.given_and_family) is not None:
        given_column, family_column = name_columns
        return f"{{value: {quote_yaml(_whole_name(party))}, given: {given_column.reference}, family: {family_column.reference}}}"
    if len(party.names) > 1:
        return quote_yaml(_whole_name(party))
    column = party.names[0]
    if party.alternatives:
        return quote_yaml(f"{{{_one_of(party)}}}")
    return f'{{value: {column.name}, split: ";"}}' if column.list_of is not None and not column.item else column.reference


def _one_of(party: DraftParty) -> str:
    return "|".join(column.reference for column in (party.names[0], *party.alternatives))


def _whole_name(party: DraftParty) -> str:
    main_column = required(party)
    always = (main_column.fill >= 1 or party.given_and_family is not None or bool(party.list_name)) and not party.alternatives
    marks = {id(column): "" if always and column is main_column else "?" for column in party.names}
    return " ".join(f"{{{column.reference}{marks[id(column)]}}}" for column in party.names)


def _key(party: DraftParty, main: DraftParty) -> str:
    if not party.names:
        code = party.key_columns[0] if party.key_columns else party.columns[0] if party.columns else None
        return quote_yaml(f"{{{code.name if code else NOBODY}}}")
    name = f"{{{_one_of(party)}}}" if len(party.names) == 1 else _whole_name(party)
    name += "".join(f" {{{column.reference}?}}" for column in (party.alternatives if len(party.names) > 1 else ()))
    born = [column.reference for column in party.columns if _day_on(column, party) == "born_on"]
    named = f"{name}/{{{born[0]}?}}" if born else name  # Namesakes are not one.
    if party.tie or party.list_name:
        return quote_yaml(f"{{@{main.title}}}/{named}")
    codes = [column.name for column in party.key_columns]
    if codes and party.key_columns[0].fill >= 1:
        return quote_yaml(f"{{{codes[0]}}}")
    if len(party.names) > 1:
        return quote_yaml(named)
    return quote_yaml(f"{{{'|'.join([*codes, _one_of(party)])}}}" if codes or not born else named)


def _details(party: DraftParty, share_columns: list[Column]) -> Iterator[tuple[str, str]]:
    codes = [f"{{value: {column.reference}, {_scheme(column, party)}}}" for column in party.of("resident_id", *SCHEMES)]
    contacts = [
        f"{{value: {column.reference}, kind: {column.cell_type}}}" for column in party.columns if column.cell_type in CONTACTS
    ]
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
    for title, entries in (("identifiers", codes), ("addresses", _references(addresses)), ("contacts", contacts)):
        if entries:
            yield title, f"[{', '.join(entries)}]"
    first_days = {_day_on(column, party) or "": column for column in reversed(days)}
    yield from ((title, column.reference) for title, column in first_days.items())
    if lands:
        yield "countries", f"[{lands[0].reference}]"
    attributes = [
        f"{column.name}: {column.reference}"
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
    share = f", share: {stake[0].reference}" if stake else ""
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


def _references(columns: list[Column]) -> list[str]:
    return [column.reference for column in columns]


def column_line(column: Column) -> str:
    """One column of the page with what its cells look like and a few of them, masked."""
    examples = " | ".join(_on_one_line(mask(cell)[:40]) for cell in column.examples)
    headers = ", ".join(map(quote_yaml, (column.header, *column.spellings)))
    return f"  {column.name}: [{headers}]   # {column.cell_type}: {examples}".rstrip(" :")


def _on_one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
