import type { NetworkNode } from '../../api/types';
import { Marks } from '../../parts/Mark';
import { Names, Shape } from '../../parts/Name';
import { Score } from '../../parts/Score';
import type { Stub } from '../../picture/state';
import { words } from '../../words';
import { nameOf } from '../../words/shown';
import { useRoving, type Props } from './roving';
import { canExpand } from './state';

const ranked = (nodes: NetworkNode[], focus: string) =>
  [...nodes].sort((a, b) => Number(b.id === focus) - Number(a.id === focus));

function MoreRow({ stub, name, opens, expand }: { stub: Stub; name: string; opens: boolean; expand: (id: string) => void }) {
  const w = words();
  return (
    <tr class="more-row">
      <td colSpan={6}>
        {w.network.more_of(stub.count, name)}{' '}
        {opens && (
          <button type="button" class="small" data-more={stub.of} onClick={() => expand(stub.of)}>
            {w.network.ask_more}
          </button>
        )}
      </td>
    </tr>
  );
}

export function PartyTable({ bench, seen }: Props) {
  const nodes = ranked(seen.nodes, bench.state.focus);
  const { body, press, rowOf } = useRoving({ bench, rows: nodes.map(({ id }) => id) });
  const ties = (id: string) => seen.ties.filter(({ source, target }) => source === id || target === id).length;
  const w = words();
  return (
    <table class="fold" data-table="parties">
      <caption class="hidden">{w.network.parties(nodes.length)}</caption>
      <thead>
        <tr>
          <th scope="col">{w.network.party}</th>
          <th scope="col">{w.network.kind}</th>
          <th scope="col" class="right">
            {w.record.score}
          </th>
          <th scope="col">{w.listing.standing}</th>
          <th scope="col" class="right">
            {w.network.ties}
          </th>
          <th scope="col">{w.network.place}</th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={press}>
        {nodes.map((node) => (
          <tr key={node.id} {...rowOf(node.id)}>
            <th scope="row">
              <Shape kind={node.kind} /> <Names party={node} />
            </th>
            <td data-l={w.network.kind}>{w.kind[node.kind]}</td>
            <td data-l={w.record.score} class="right">
              <Score party={node} />
            </td>
            <td data-l={w.listing.standing}>
              <Marks party={node} />
            </td>
            <td data-l={w.network.ties} class="right">
              {ties(node.id)}
            </td>
            <td data-l={w.network.place}>{node.place ?? <span class="quiet">{w.network.unknown_place}</span>}</td>
          </tr>
        ))}
        {seen.more.map((stub) => {
          const of = bench.state.nodes.get(stub.of);
          return (
            <MoreRow
              key={stub.id}
              stub={stub}
              name={of ? nameOf(of) : stub.of}
              opens={of !== undefined && canExpand(of)}
              expand={bench.expand}
            />
          );
        })}
      </tbody>
    </table>
  );
}
