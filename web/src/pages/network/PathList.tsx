import type { PathLine } from '../../api/types';
import { pathProofs } from '../../parts/PathView';
import type { Asked } from '../../parts/Evidence';
import type { Picture } from '../../picture/state';
import { words } from '../../words';
import { percent } from '../../words/shown';

interface Props { state: Picture; press: (index: number) => void; open: (asked: Asked) => void }

/** How much of the exposure the shown paths explain, one line a way of spreading. */
function Remainder({ paths }: { paths: readonly PathLine[] }) {
  const w = words();
  const groups = new Map<string, PathLine[]>();
  for (const path of paths) groups.set(path.profile, [...(groups.get(path.profile) ?? []), path]);
  return (
    <>
      {[...groups].map(([profile, members]) => {
        const covered = Math.min(1, members.reduce((sum, path) => sum + path.covered, 0));
        const bears = members.some((path) => path.bears_points);
        return <p key={profile} class="quiet">{w.path.remainder(members.length, percent(covered), percent(1 - covered), bears)}</p>;
      })}
    </>
  );
}

/** The paths to listed parties. Pressing one dims the rest of the picture; pressing it again brings the rest back. */
export function PathList({ state, press, open }: Props) {
  const w = words();
  return (
    <section aria-labelledby="paths">
      <h2 id="paths">{w.path.title}</h2>
      {state.paths.length === 0 ? <p class="quiet">{w.path.none}</p> : (
        <>
          <Remainder paths={state.paths} />
          <ol class="path-list">
            {state.paths.map((path, index) => (
              <li key={path.hops.map((hop) => hop.tie_id).join() + path.profile}>
                <button type="button" class="path" aria-pressed={state.path === index} onClick={() => press(index)}>
                  <span>{path.sentence}</span>
                  <span class="share" aria-hidden="true"><i style={{ width: `${Math.min(path.covered, 1) * 100}%` }} /></span>
                  <span class="quiet">{w.path.share(percent(path.covered), path.strength.toFixed(3))}{!path.bears_points && <> · {w.path.shown_only}</>}</span>
                </button>
                <button type="button" class="as-link" onClick={() => open(pathProofs(path))}>{w.path.records}</button>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
