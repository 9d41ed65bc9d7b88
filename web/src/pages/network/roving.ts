import { useEffect, useRef } from 'preact/hooks';
import type { Asked } from '../../parts/Evidence';
import type { Visible } from '../../picture/state';
import type { Bench } from './state';

/** What every table of the page is given. */
export interface Props {
  bench: Bench;
  seen: Visible;
  open: (asked: Asked) => void;
}

/** One row of the table takes part in Tab; ↑ ↓ move and select, Enter expands, H hides. */
export function useRoving({ bench, rows }: { bench: Bench; rows: string[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { state, run, expand } = bench;
  const at = Math.max(0, rows.indexOf(state.selected ?? ''));
  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget && (event.target as HTMLElement).tagName !== 'TR') return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step ? rows[at + step] : undefined;
    if (next) {
      event.preventDefault();
      run({ do: 'select', id: next });
      body.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(next)}"]`)?.focus();
    } else if (event.key === 'Enter' && rows[at] && state.nodes.has(rows[at])) {
      event.preventDefault();
      expand(rows[at]);
    } else if (event.key.toLowerCase() === 'h' && rows[at]) run({ do: 'hide', id: rows[at] });
  };
  const chosen = state.selected;
  useEffect(() => {
    const row = chosen && body.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(chosen)}"]`);
    const box = body.current?.closest<HTMLElement>('.table-box');
    if (row && box && box.scrollHeight > box.clientHeight) box.scrollTop = row.offsetTop - 60;
  }, [chosen]);
  const rowOf = (id: string) => ({
    'data-id': id,
    tabIndex: rows[at] === id ? 0 : -1,
    'aria-current': state.selected === id ? ('true' as const) : undefined,
    onClick: () => run({ do: 'select', id }),
  });
  return { body, press, rowOf };
}
