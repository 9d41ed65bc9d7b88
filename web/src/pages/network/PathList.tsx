import type { PathLine } from '../../api/types';
import { Text } from '../../parts/Name';
import { pathProofs } from '../../parts/PathView';
import type { Asked } from '../../parts/Evidence';
import type { Picture } from '../../picture/state';
import { words } from '../../words';
import { nameOf, percent, strength } from '../../words/shown';

interface Props {
  state: Picture;
  press: (index: number) => void;
  open: (asked: Asked) => void;
}

/** How much of the exposure the paths that bear points explain. */
function Remainder({ paths }: { paths: readonly PathLine[] }) {
  const covered = Math.min(
    1,
    paths.reduce((sum, path) => sum + path.covered, 0),
  );
  return <p class="quiet">{words().path.remainder(paths.length, percent(covered), percent(1 - covered))}</p>;
}

function Paths({ state, press, open, bearing }: Props & { bearing: boolean }) {
  const w = words();
  const entries = [...state.paths.entries()].filter(([, path]) => path.bears_points === bearing);
  if (entries.length === 0) return null;
  return (
    <>
      {bearing ? <Remainder paths={entries.map(([, path]) => path)} /> : <h3>{w.path.shown_title}</h3>}
      <ol class="path-list">
        {entries.map(([index, path]) => (
          <li key={index}>
            <button type="button" class="path" aria-pressed={state.path === index} onClick={() => press(index)}>
              <span>{path.sentence}</span>
              <span class="share" aria-hidden="true">
                <i style={{ width: `${Math.min(path.covered, 1) * 100}%` }} />
              </span>
              <span class="quiet">{w.path.share(percent(path.covered), strength(path.strength))}</span>
            </button>
            <button type="button" class="as-link" onClick={() => open(pathProofs(path))}>
              {w.path.records}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

/** The paths to listed parties. Pressing one dims the rest of the picture; pressing it again brings the rest back. */
export function PathList(props: Props) {
  const w = words();
  const focus = props.state.nodes.get(props.state.focus);
  return (
    <section aria-labelledby="paths">
      <h2 id="paths">{w.path.title}</h2>
      {focus && (
        <p class="quiet">
          <Text>{nameOf(focus)}</Text>
        </p>
      )}
      {props.state.paths.length === 0 && <p class="quiet">{w.path.none}</p>}
      <Paths {...props} bearing />
      <Paths {...props} bearing={false} />
    </section>
  );
}
