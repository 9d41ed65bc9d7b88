import { isShared, type NodeKind } from '../api/types';
import { words } from '../words';

interface Scored {
  kind: NodeKind;
  score: number | null;
  state_sentence?: string | null;
}

/** The number, or the words of the state in its place: never nought, never a dash. */
export function Score({ party }: { party: Scored }) {
  if (party.score !== null) return <strong class="number">{party.score}</strong>;
  if (party.kind === 'person') return <span class="quiet">{words().score.persons}</span>;
  if (isShared(party.kind)) return <span class="quiet">{words().score.shared}</span>;
  return (
    <span class="quiet" title={party.state_sentence ?? undefined}>
      {words().score.none}
    </span>
  );
}
