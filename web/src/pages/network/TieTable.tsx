import { Text } from '../../parts/Name';
import { words } from '../../words';
import { money, nameOf, percent } from '../../words/shown';
import { period } from '../party/period';
import { useRoving, type Props } from './roving';

export function TieTable({ bench, seen, open }: Props) {
  const { body, press, rowOf } = useRoving({ bench, rows: seen.ties.map(({ id }) => id) });
  const name = (id: string) => {
    const node = bench.state.nodes.get(id);
    return node ? nameOf(node) : id;
  };
  const w = words();
  return (
    <table class="fold" data-table="ties">
      <caption class="hidden">{w.network.ties_shown(seen.ties.length)}</caption>
      <thead>
        <tr>
          <th scope="col">{w.network.from}</th>
          <th scope="col">{w.tie.kind}</th>
          <th scope="col">{w.network.to}</th>
          <th scope="col" class="right">
            {w.tie.measure}
          </th>
          <th scope="col">{w.tie.period}</th>
          <th scope="col">{w.record.row}</th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={press}>
        {seen.ties.map((tie) => (
          <tr key={tie.id} {...rowOf(tie.id)} class={tie.ended ? 'faded' : ''}>
            <th scope="row">
              <Text>{name(tie.source)}</Text>
            </th>
            <td data-l={w.tie.kind}>{tie.label}</td>
            <td data-l={w.network.to}>
              <Text>{name(tie.target)}</Text>
            </td>
            <td data-l={w.tie.measure} class="right">
              {tie.share !== null ? (
                percent(tie.share)
              ) : tie.amount !== null ? (
                money(tie.amount, tie.currency)
              ) : (
                <span class="quiet">{w.tie.not_told}</span>
              )}
            </td>
            <td data-l={w.tie.period}>{period(tie.began_on, tie.ended_on)}</td>
            <td data-l={w.record.row}>
              {tie.row_ids.length === 0 ? (
                <span class="quiet">{w.row.derived}</span>
              ) : (
                <button
                  type="button"
                  class="as-link"
                  onClick={() =>
                    open({
                      title: tie.label,
                      proofs: [
                        {
                          title: `${name(tie.source)} · ${tie.label} · ${name(tie.target)}`,
                          facts: [],
                          day: tie.began_on,
                          row_ids: tie.row_ids,
                        },
                      ],
                    })
                  }
                >
                  {w.score.evidence(tie.row_ids.length)}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
