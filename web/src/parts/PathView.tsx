import type { PathLine } from '../api/types';
import { words } from '../words';
import { percent, strength } from '../words/shown';
import type { Asked, Proof } from './Evidence';

/** One proof a hop, with the rows that state its tie. */
export const proofsOfPath = (path: PathLine): Proof[] =>
  path.hops.map((hop) => ({
    title: `${hop.from.name} · ${hop.label} · ${hop.to.name}`,
    facts: hop.via ? [hop.via.name] : [],
    day: hop.began_on,
    row_ids: hop.row_ids,
  }));

export const pathProofs = (path: PathLine): Asked => ({ title: path.sentence, proofs: proofsOfPath(path) });

/** One way from a listed party: the server's sentence, the share of the exposure it explains, and its records. */
export function PathView({ path, open }: { path: PathLine; open: (asked: Asked) => void }) {
  const w = words();
  return (
    <>
      <p>{path.sentence}</p>
      <div class="share" aria-hidden="true">
        <i style={{ width: `${Math.min(path.covered, 1) * 100}%` }} />
      </div>
      <p class="quiet">
        {w.path.share(percent(path.covered), strength(path.strength))}
        {!path.bears_points && <> · {w.path.shown_only}</>}
        {' · '}
        <button type="button" class="as-link" onClick={() => open(pathProofs(path))}>
          {w.path.records}
        </button>
      </p>
    </>
  );
}
