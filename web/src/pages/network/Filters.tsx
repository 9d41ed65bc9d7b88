import { useState } from 'preact/hooks';
import { kindsOf, type Visible } from '../../picture/state';
import { strokeOf } from '../../picture/ties';
import { words } from '../../words';
import { percent } from '../../words/shown';
import type { Bench } from './state';

const SHARES = [0, 0.05, 0.1, 0.25, 0.5];

/** A piece of the line a tie is drawn with. */
function Sample({ kind }: { kind: string }) {
  const { colour, line, dash, arrow } = strokeOf(kind);
  return (
    <svg class="sample" viewBox="0 0 34 10" aria-hidden="true" style={{ color: `var(--${colour})` }}>
      {line === 'double' ? (
        <path d="M1 3.4h30M1 6.6h30" stroke-width="1.2" />
      ) : (
        <path d={`M1 5h${arrow === 'none' ? 32 : 22}`} stroke-width={dash ? 1.6 : 2.4} stroke-dasharray={dash?.join(' ')} />
      )}
      {arrow === 'filled' && <path d="M23 1v8l9-4z" fill="currentColor" stroke="none" />}
      {arrow === 'hollow' && <path d="M23.5 1.5v7l8-3.5z" />}
      {arrow === 'vee' && <path d="m24 1.5 7 3.5-7 3.5" />}
    </svg>
  );
}

function Kinds({ bench }: { bench: Bench }) {
  const { state, run } = bench;
  const hidden = state.filters.hiddenKinds;
  const turn = (kind: string) =>
    run({
      do: 'filter',
      filters: { hiddenKinds: hidden.includes(kind) ? hidden.filter((each) => each !== kind) : [...hidden, kind] },
    });
  return (
    <fieldset>
      <legend>{words().network.ties}</legend>
      {kindsOf(state).map(({ kind, label, count }) => (
        <label key={kind} class="check">
          <input type="checkbox" name="kind" value={kind} checked={!hidden.includes(kind)} onChange={() => turn(kind)} />
          <Sample kind={kind} />
          <span class="grow">{label}</span>
          <span class="quiet">{count}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** What is shown. On small screens a button opens it. */
export function Filters({ bench, seen }: { bench: Bench; seen: Visible }) {
  const { state, run } = bench;
  const [open, turn] = useState(false);
  const w = words();
  return (
    <aside class={`filters ${open ? 'open' : ''}`} aria-label={w.network.filters}>
      <button type="button" class="opener" aria-expanded={open} onClick={() => turn(!open)}>
        {w.network.filters}
      </button>
      <div class="inside">
        <Kinds bench={bench} />
        <fieldset>
          <legend>{w.network.show_only}</legend>
          <label class="pair">
            {w.network.share_min}
            <select
              value={String(state.filters.shareMin)}
              onChange={({ currentTarget }) => run({ do: 'filter', filters: { shareMin: Number(currentTarget.value) } })}
            >
              {SHARES.map((share) => (
                <option key={share} value={String(share)}>
                  {percent(share)}
                </option>
              ))}
            </select>
          </label>
          <label class="check">
            <input
              type="checkbox"
              name="ended"
              checked={state.filters.ended}
              onChange={({ currentTarget }) => run({ do: 'filter', filters: { ended: currentTarget.checked } })}
            />
            {w.network.ended}
          </label>
        </fieldset>
        <p class="quiet" role="status">
          {w.network.shown(seen.nodes.length, Math.max(state.total, state.nodes.size))}
        </p>
      </div>
    </aside>
  );
}
