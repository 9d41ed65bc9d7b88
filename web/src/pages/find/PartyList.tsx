import type { PartyLine } from '../../api/types';
import { partyLink } from '../../parts/address';
import { Marks } from '../../parts/Mark';
import { Names, Shape } from '../../parts/Name';
import { Score } from '../../parts/Score';
import { words } from '../../words';

/** ↑ ↓ walk over the links of a list; Enter follows one, as everywhere. */
function walk(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const links = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('a.row')];
  const next = links[links.indexOf(document.activeElement as HTMLElement) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}

function Row({ party, why }: { party: PartyLine; why: boolean }) {
  const w = words();
  const facts = [party.place, why && party.why ? w.find.why(party.why) : null, w.find.ties(party.ties)].filter(Boolean);
  return (
    <li>
      <a class="row" href={partyLink(party.id)}>
        <Shape kind={party.kind} />
        <span class="grow">
          <span class="name">
            <Names party={party} />
          </span>
          <small>{facts.join(' · ')}</small>
          {!why && party.sentence && <small class="two-lines">{party.sentence}</small>}
          {party.score === null && party.state_sentence && <small>{party.state_sentence}</small>}
        </span>
        <Marks party={party} />
        <Score party={party} />
      </a>
    </li>
  );
}

export function PartyList({ parties, why = false }: { parties: PartyLine[]; why?: boolean }) {
  return (
    <ol class="parties" onKeyDown={walk}>
      {parties.map((party) => (
        <Row key={party.id} party={party} why={why} />
      ))}
    </ol>
  );
}
