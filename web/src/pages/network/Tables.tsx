import { useEffect, useRef, useState } from 'preact/hooks';
import type { NetworkNode } from '../../api/types';
import type { Asked } from '../../parts/Evidence';
import { Marks } from '../../parts/Mark';
import { Shape, Text } from '../../parts/Name';
import { Score } from '../../parts/Score';
import type { Stub, Visible } from '../../picture/state';
import { words } from '../../words';
import { money, namesOf, percent } from '../../words/shown';
import { period } from '../party/period';
import { canExpand, type Bench } from './state';

interface Props { bench: Bench; seen: Visible; open: (asked: Asked) => void }

/** One row of the table takes part in Tab; ↑ ↓ move and select, Enter expands, H hides. */
function useRoving({ bench, rows }: { bench: Bench; rows: string[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { state, run, expand } = bench;
  const at = Math.max(0, rows.indexOf(state.selected ?? ''));
  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget && (event.target as HTMLElement).tagName !== 'TR') return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step ? rows[at + step] : undefined;
    if (next) { event.preventDefault(); run({ do: 'select', id: next }); body.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(next)}"]`)?.focus(); }
    else if (event.key === 'Enter' && rows[at] && state.nodes.has(rows[at])) { event.preventDefault(); expand(rows[at]); }
    else if (event.key.toLowerCase() === 'h' && rows[at]) run({ do: 'hide', id: rows[at] });
  };
  const chosen = state.selected;
  useEffect(() => {
    const row = chosen && body.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(chosen)}"]`);
    const box = body.current?.closest<HTMLElement>('.table-box');
    if (row && box && box.scrollHeight > box.clientHeight) box.scrollTop = row.offsetTop - 60;
  }, [chosen]);
  const rowOf = (id: string) => ({
    'data-id': id, tabIndex: rows[at] === id ? 0 : -1, 'aria-current': state.selected === id ? ('true' as const) : undefined,
    onClick: () => run({ do: 'select', id }),
  });
  return { body, press, rowOf };
}

const ranked = (nodes: NetworkNode[], focus: string) => [...nodes].sort((a, b) => Number(b.id === focus) - Number(a.id === focus));

function MoreRow({ stub, name, opens, expand }: { stub: Stub; name: string; opens: boolean; expand: (id: string) => void }) {
  const w = words();
  return (
    <tr class="more-row">
      <td colSpan={6}>{w.network.more_of(stub.count, name)} {opens && <button type="button" class="small" data-more={stub.of} onClick={() => expand(stub.of)}>{w.network.ask_more}</button>}</td>
    </tr>
  );
}

function Parties({ bench, seen }: Props) {
  const nodes = ranked(seen.nodes, bench.state.focus);
  const { body, press, rowOf } = useRoving({ bench, rows: nodes.map(({ id }) => id) });
  const ties = (id: string) => seen.ties.filter(({ source, target }) => source === id || target === id).length;
  const w = words();
  return (
    <table class="fold" data-table="parties">
      <caption class="hidden">{w.network.parties(nodes.length)}</caption>
      <thead><tr>
        <th scope="col">{w.network.party}</th><th scope="col">{w.network.kind}</th><th scope="col" class="right">{w.record.score}</th>
        <th scope="col">{w.listing.standing}</th><th scope="col" class="right">{w.network.ties}</th><th scope="col">{w.network.place}</th>
      </tr></thead>
      <tbody ref={body} onKeyDown={press}>
        {nodes.map((node) => (
          <tr key={node.id} {...rowOf(node.id)}>
            <th scope="row"><Shape kind={node.kind} /> <Text>{namesOf(node)[0]}</Text></th>
            <td data-l={w.network.kind}>{w.kind[node.kind]}</td>
            <td data-l={w.record.score} class="right"><Score party={node} /></td>
            <td data-l={w.listing.standing}><Marks party={node} /></td>
            <td data-l={w.network.ties} class="right">{ties(node.id)}</td>
            <td data-l={w.network.place}>{node.place ?? <span class="quiet">{w.network.unknown_place}</span>}</td>
          </tr>
        ))}
        {seen.more.map((stub) => {
          const of = bench.state.nodes.get(stub.of);
          return <MoreRow key={stub.id} stub={stub} name={of ? namesOf(of)[0] : stub.of} opens={of !== undefined && canExpand(of)} expand={bench.expand} />;
        })}
      </tbody>
    </table>
  );
}

function TieTable({ bench, seen, open }: Props) {
  const { body, press, rowOf } = useRoving({ bench, rows: seen.ties.map(({ id }) => id) });
  const name = (id: string) => { const node = bench.state.nodes.get(id); return node ? namesOf(node)[0] : id; };
  const w = words();
  return (
    <table class="fold" data-table="ties">
      <caption class="hidden">{w.network.ties_shown(seen.ties.length)}</caption>
      <thead><tr>
        <th scope="col">{w.network.from}</th><th scope="col">{w.tie.kind}</th><th scope="col">{w.network.to}</th>
        <th scope="col" class="right">{w.tie.measure}</th><th scope="col">{w.tie.period}</th><th scope="col">{w.record.row}</th>
      </tr></thead>
      <tbody ref={body} onKeyDown={press}>
        {seen.ties.map((tie) => (
          <tr key={tie.id} {...rowOf(tie.id)} class={tie.ended ? 'faded' : ''}>
            <th scope="row"><Text>{name(tie.source)}</Text></th>
            <td data-l={w.tie.kind}>{tie.label}</td>
            <td data-l={w.network.to}><Text>{name(tie.target)}</Text></td>
            <td data-l={w.tie.measure} class="right">{tie.share !== null ? percent(tie.share) : tie.amount !== null ? money(tie.amount, tie.currency) : <span class="quiet">{w.tie.not_told}</span>}</td>
            <td data-l={w.tie.period}>{period(tie.began_on, tie.ended_on)}</td>
            <td data-l={w.record.row}>{tie.row_ids.length === 0 ? <span class="quiet">{w.row.derived}</span> : (
              <button type="button" class="as-link" onClick={() => open({ title: tie.label, proofs: [{ title: `${name(tie.source)} · ${tie.label} · ${name(tie.target)}`, facts: [], day: tie.began_on, row_ids: tie.row_ids }] })}>{w.score.evidence(tie.row_ids.length)}</button>
            )}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The same parties and ties as the picture, as tables; one selection for all. */
export function Tables(props: Props) {
  const [tab, turn] = useState<'parties' | 'ties'>('parties');
  const { nodes, ties } = props.seen;
  const w = words();
  const tabs = [['parties', w.network.parties_tab, nodes.length], ['ties', w.network.ties, ties.length]] as const;
  return (
    <section class="tables" aria-label={w.network.tables}>
      <div class="tabs" role="tablist" aria-label={w.network.tables}>
        {tabs.map(([name, label, number]) => (
          <button
            key={name} type="button" role="tab" id={`tab-${name}`} aria-selected={tab === name} aria-controls="table-box" tabIndex={tab === name ? 0 : -1}
            onClick={() => turn(name)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
              const other = name === 'parties' ? 'ties' : 'parties';
              turn(other);
              document.getElementById(`tab-${other}`)?.focus();
            }}
          >
            {label} <span class="number" data-count={name}>{number}</span>
          </button>
        ))}
        <span class="quiet end keys">{w.network.table_keys}</span>
      </div>
      <div class="table-box" id="table-box" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
        {tab === 'parties' ? <Parties {...props} /> : <TieTable {...props} />}
      </div>
    </section>
  );
}
