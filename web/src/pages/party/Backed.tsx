import type { ScoreLine } from '../../api/types';
import { partyLink } from '../../parts/address';
import { words } from '../../words';
import { backingOf } from './evidence';
import type { Opens } from './Overview';

/** The way from a line of the score to its records: a drawer with rows, or the tab that lists them. */
export function Backed({ line, title, given }: { line: ScoreLine; title: string; given: Opens }) {
  const w = words();
  const { proofs, part } = backingOf(line, given.profile, given.evidence);
  if (proofs)
    return (
      <button type="button" class="as-link" onClick={() => given.open({ title, proofs })}>
        {w.score.evidence(proofs.length)}
      </button>
    );
  return part && <a href={partyLink(given.profile.party.id, part)}>{w.score.backed[part]}</a>;
}
