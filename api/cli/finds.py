"""`kith find`, `kith network`: who answers, and who is around a party."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.call import Call
from api.cli.lists import print_parties
from api.cli.output import print_content
from api.cli.parties import PANEL, PARTY
from api.cli.verbs import verb

if TYPE_CHECKING:
    from rich.console import Console


def register(app: typer.Typer) -> None:
    """Add the verbs of this file."""
    verb(app, "find", example='kith find --address "18 Quay Road, Dover"', panel=PANEL)(find)
    verb(app, "network", example='kith network "Ruida Logistics" --format graphml -o ruida.graphml', panel=PANEL)(network)


def find(
    call: Call,
    name: Annotated[str | None, typer.Argument(help="A name in any script, or a public code.", show_default=False)] = None,
    *,
    code: Annotated[str | None, typer.Option(help="A public code and nothing else.", show_default=False)] = None,
    address: Annotated[str | None, typer.Option(help="An address with its house number.", show_default=False)] = None,
    phone: Annotated[str | None, typer.Option(help="A phone, best with its area code.", show_default=False)] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Most parties to list.")] = 20,
) -> None:
    """Find parties by one of a name, a code, an address or a phone, each with the reason it answers."""
    from api.context.pages import PageRequest
    from api.parties.contact_search import SearchTerms, find_parties

    with call.store() as store:
        answer = find_parties(call.context(store), SearchTerms(name, code, address, phone), PageRequest(limit))

    def write_text(out: "Console") -> None:
        print_parties(out, answer.results, call.say, empty=call.say("find.none"))
        for line in answer.results:
            out.print(f"{line.id}  {line.why}")

    call.give(answer, write_text)


def network(
    call: Call,
    party: PARTY,
    *,
    depth: Annotated[int, typer.Option(min=1, max=3, help="Steps from the party.")] = 1,
    limit: Annotated[int, typer.Option(min=1, max=400, help="Most nodes.")] = 100,
    form: Annotated[str, typer.Option("--format", help="json, graphml (for graph tools) or csv (the ties).")] = "json",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write a file.", show_default=False)] = None,
) -> None:
    """Write the network around a party, the strongest ties first, as JSON, GraphML or CSV."""
    from api.parties.network_files import NetworkFormat, network_file
    from api.parties.networks import network as network_of
    from api.parties.search import find_party
    from ontology.errors import WrongCall
    from store.private_files import write_private

    if form not in list(NetworkFormat):
        raise WrongCall(format=form, remedy=f"Formats are: {', '.join(NetworkFormat)}.")
    with call.store() as store:
        picture = network_of(call.context(store), find_party(store, party), depth=depth, limit=limit)
    content = network_file(picture, NetworkFormat(form))
    if output is not None:
        write_private(output, content)
    elif call.as_json or form == NetworkFormat.JSON:
        call.give(picture, lambda out: out.print_json(picture.model_dump_json()))
    else:
        print_content(content)
