import { address, useRemote } from '../../api/client';
import type { DealingLine, DealingLines } from '../../api/types';
import type { Asked } from '../../parts/Evidence';
import { Disputed } from '../../parts/Mark';
import { Names } from '../../parts/Name';
import { Part } from '../../parts/Problem';
import { words } from '../../words';
import { date, money, nameOf } from '../../words/shown';

const SHOWN_MAX = 200;

function Row({ told, open }: { told: DealingLine; open: (asked: Asked) => void }) {
  const w = words();
  const reporter = { name: told.reporter, name_other: told.reporter_other };
  const title = nameOf(reporter);
  const asked = {
    title,
    proofs: [{ title, facts: [], day: told.happened_on, row_ids: [told.row_id] }],
  };
  return (
    <tr>
      <th scope="row">
        <Names party={reporter} />
      </th>
      <td data-l={w.dealings.dealing}>{w.dealing(told.dealing)}</td>
      <td data-l={w.dealings.outcome}>
        {w.outcome(told.outcome)}
        {told.rating !== null && <> {told.rating}</>} {told.disputed && <Disputed />}
      </td>
      <td data-l={w.tie.amount} class="right">
        {told.amount === null ? <span class="quiet">{w.tie.not_told}</span> : money(told.amount, told.currency)}
      </td>
      <td data-l={w.dealings.day}>{date(told.happened_on)}</td>
      <td data-l={w.record.row}>
        <button type="button" class="as-link" data-row={told.row_id} onClick={() => open(asked)}>
          {w.row.open(Number(told.row_id.split('#')[1]))}
        </button>
      </td>
    </tr>
  );
}

/** What those who dealt with the party report, the latest first, each with its row. */
export function DealingsTab({ id, open }: { id: string; open: (asked: Asked) => void }) {
  const dealings = useRemote<DealingLines>(address(`/entities/${encodeURIComponent(id)}/dealings`, { limit: SHOWN_MAX }));
  const w = words();
  return (
    <section class="card scroll" aria-label={w.party.tab.dealings}>
      <Part from={dealings} lines={8}>
        {(answer) =>
          answer.total === 0 ? (
            <p class="body">{w.dealings.none}</p>
          ) : (
            <table class="fold">
              <caption>{w.find.shown(answer.dealings.length, answer.total)}</caption>
              <thead>
                <tr>
                  <th scope="col">{w.dealings.reporter}</th>
                  <th scope="col">{w.dealings.dealing}</th>
                  <th scope="col">{w.dealings.outcome}</th>
                  <th scope="col" class="right">
                    {w.tie.amount}
                  </th>
                  <th scope="col">{w.dealings.day}</th>
                  <th scope="col">{w.record.row}</th>
                </tr>
              </thead>
              <tbody>
                {answer.dealings.map((told) => (
                  <Row key={told.id} told={told} open={open} />
                ))}
              </tbody>
            </table>
          )
        }
      </Part>
    </section>
  );
}
