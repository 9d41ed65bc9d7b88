import type { RefObject } from 'preact';
import { useLocation } from 'preact-iso';
import { saveBlob } from '../../parts/save';
import type { Drawing } from '../../picture/draw';
import { words } from '../../words';
import { nameOf } from '../../words/shown';
import { canExpand, type Bench } from './state';

export function Tools({ bench, drawing }: { bench: Bench; drawing: RefObject<Drawing | null> }) {
  const { state, run, expand } = bench;
  const { query } = useLocation();
  const w = words();
  const { selected, focus } = state;
  const node = selected === null ? undefined : state.nodes.get(selected);
  const party = node !== undefined;
  const opens = node !== undefined && canExpand(node);
  const shown = state.nodes.get(focus);
  const save = async () => {
    const blob = await drawing.current?.png([shown ? nameOf(shown) : focus, query.as_of].filter(Boolean).join(' · '));
    if (blob) saveBlob(`${focus}.png`, blob);
  };
  return (
    <div class="tools" role="toolbar" aria-label={w.network.tools}>
      <button type="button" onClick={() => drawing.current?.fit()}>
        {w.network.fit}
      </button>
      <button type="button" onClick={() => drawing.current?.arrange()}>
        {w.network.arrange}
      </button>
      <hr />
      <button type="button" disabled={!opens} onClick={() => selected && expand(selected)}>
        {w.network.expand}
      </button>
      <button type="button" disabled={!party || selected === focus} onClick={() => selected && run({ do: 'hide', id: selected })}>
        {w.network.hide}
      </button>
      <hr />
      <button type="button" disabled={state.past.length === 0} onClick={() => run({ do: 'undo' })}>
        {w.network.undo}
      </button>
      <button type="button" disabled={state.future.length === 0} onClick={() => run({ do: 'redo' })}>
        {w.network.redo}
      </button>
      <hr />
      <button type="button" onClick={save}>
        {w.network.save_picture}
      </button>
    </div>
  );
}
