import { useState } from 'preact/hooks';
import { words } from '../../words';
import { PartyTable } from './PartyTable';
import type { Props } from './roving';
import { TieTable } from './TieTable';

/** The same parties and ties as the picture, as tables; one selection for all. */
export function Tables(props: Props) {
  const [tab, turn] = useState<'parties' | 'ties'>('parties');
  const { nodes, ties } = props.seen;
  const w = words();
  const tabs = [
    ['parties', w.network.parties_tab, nodes.length],
    ['ties', w.network.ties, ties.length],
  ] as const;
  return (
    <section class="tables" aria-label={w.network.tables}>
      <div class="tabs" role="tablist" aria-label={w.network.tables}>
        {tabs.map(([name, label, number]) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={tab === name}
            aria-controls="table-box"
            tabIndex={tab === name ? 0 : -1}
            onClick={() => turn(name)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
              const other = name === 'parties' ? 'ties' : 'parties';
              turn(other);
              document.getElementById(`tab-${other}`)?.focus();
            }}
          >
            {label}{' '}
            <span class="number" data-count={name}>
              {number}
            </span>
          </button>
        ))}
        <span class="quiet end keys">{w.network.table_keys}</span>
      </div>
      <div class="table-box" id="table-box" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
        {tab === 'parties' ? <PartyTable {...props} /> : <TieTable {...props} />}
      </div>
    </section>
  );
}
