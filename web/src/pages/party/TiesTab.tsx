import { useRemote, wholeList } from '../../api/client';
import type { TieLine, Ties } from '../../api/types';
import type { Asked } from '../../parts/Evidence';
import { Marks } from '../../parts/Mark';
import { PartyName, Shape } from '../../parts/Name';
import { Part } from '../../parts/Problem';
import { Score } from '../../parts/Score';
import { words } from '../../words';
import { money, nameOf, percent } from '../../words/shown';
import { period } from './period';

function measure({ share, amount, currency, role }: TieLine): string {
  return [share !== null && percent(share), amount !== null && money(amount, currency), role].filter(Boolean).join(' · ');
}

function TieRow({ tie, marked, open }: { tie: TieLine; marked: boolean; open: (asked: Asked) => void }) {
  const w = words();
  const title = `${tie.label} · ${nameOf(tie.other)}`;
  return (
    <tr class={tie.ended_on ? 'faded' : ''}>
      <th scope="row">
        <Shape kind={tie.other.kind} /> <PartyName party={tie.other} />{' '}
        {marked && tie.other.kind !== 'person' && <Marks party={tie.other} />}
      </th>
      <td data-l={w.tie.kind}>
        {tie.label} <span class="quiet">{w.tie.direction[tie.direction]}</span>
      </td>
      <td data-l={w.tie.measure}>
        {measure(tie) || w.tie.not_told}
        {tie.flags.map((flag) => (
          <>
            {' '}
            <span key={flag} class="tag">
              {w.flag(flag)}
            </span>
          </>
        ))}
      </td>
      <td data-l={w.tie.period}>{period(tie.began_on, tie.ended_on)}</td>
      <td data-l={w.record.score} class="right">
        <Score party={{ ...tie.other, state_sentence: null }} />
      </td>
      <td data-l={w.record.row}>
        {tie.row_ids.length === 0 ? (
          w.row.derived
        ) : (
          <button
            type="button"
            class="as-link"
            onClick={() => open({ title, proofs: [{ title, facts: [], day: tie.began_on, row_ids: tie.row_ids }] })}
          >
            {w.score.evidence(tie.row_ids.length)}
          </button>
        )}
      </td>
    </tr>
  );
}

/** Every tie of the party; ended ones are kept and faded. A person's page repeats no listing of a firm. */
export function TiesTab({ id, marked, open }: { id: string; marked: boolean; open: (asked: Asked) => void }) {
  const ties = useRemote(...wholeList<Ties>(`/entities/${encodeURIComponent(id)}/ties`, 'ties'));
  const w = words();
  return (
    <section class="card scroll" aria-label={w.party.tab.ties}>
      <Part from={ties} lines={8}>
        {(answer) =>
          answer.ties.length === 0 ? (
            <p class="body">{w.tie.none}</p>
          ) : (
            <table class="fold">
              <thead>
                <tr>
                  <th scope="col">{w.tie.other}</th>
                  <th scope="col">{w.tie.kind}</th>
                  <th scope="col">{w.tie.measure}</th>
                  <th scope="col">{w.tie.period}</th>
                  <th scope="col" class="right">
                    {w.record.score}
                  </th>
                  <th scope="col">{w.record.row}</th>
                </tr>
              </thead>
              <tbody>
                {answer.ties.map((tie) => (
                  <TieRow key={tie.id + tie.direction} tie={tie} marked={marked} open={open} />
                ))}
              </tbody>
            </table>
          )
        }
      </Part>
    </section>
  );
}
