import type { NodeKind, StandingWord } from '../api/types';
import { words } from '../words';
import { Icon } from './Icon';

export const Listed = () => (
  <span class="mark listed">
    <Icon name="flag" class="solid" />
    {words().mark.listed}
  </span>
);
export const ByAssociation = () => <span class="mark association">{words().mark.association}</span>;
export const Look = () => <span class="mark look">{words().mark.look}</span>;
export const Disputed = () => <span class="mark disputed">{words().mark.disputed}</span>;

interface Marked {
  kind: NodeKind;
  standing: StandingWord | null;
  disputed?: boolean;
}

/** Standing by law first, then association or own dealings, then dispute. Persons carry no mark of association. */
export function Marks({ party }: { party: Marked }) {
  return (
    <span class="marks">
      {party.standing === 'listed' && <Listed />}
      {party.standing === 'by_association' && party.kind !== 'person' && <ByAssociation />}
      {party.standing === 'look' && <Look />}
      {party.disputed && <Disputed />}
    </span>
  );
}
