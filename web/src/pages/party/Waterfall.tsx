import type { Profile, ScoreLine } from '../../api/types';
import { harmless } from '../../parts/formulas';
import { saveText } from '../../parts/save';
import { Disputed } from '../../parts/Mark';
import { words } from '../../words';
import { nameOf, signed } from '../../words/shown';
import { Backed } from './Backed';
import type { Opens } from './Overview';
import { axisOf, stepsOf, sumOf, type Step } from './steps';

function barKind({ kind, points, disputed }: ScoreLine): string {
  if (kind === 'base') return 'base';
  if (disputed) return 'disputed';
  if (kind === 'exposure') return 'association';
  if (kind === 'ceiling' || kind === 'cap' || kind === 'floor') return 'ceiling';
  return points >= 0 ? 'up' : 'down';
}

function toCsv({ party, score, rulebook }: Profile): string {
  const cell = (value: string | number) => `"${harmless(value).replaceAll('"', '""')}"`;
  const rows = score.lines.map(({ rule_id, reason_code, area, title, detail, points, disputed, evidence_ids }) => [
    rule_id,
    reason_code,
    area ?? '',
    title,
    detail,
    points,
    disputed ? 'disputed' : '',
    evidence_ids.join(' '),
  ]);
  const head = ['rule_id', 'reason_code', 'area', 'title', 'detail', 'points', 'disputed', 'evidence_ids'];
  const about = ['', '', '', `${party.id} ${nameOf(party)}`, `${rulebook} ${score.as_of}`, score.value ?? '', 'total', ''];
  return [head, ...rows, about].map((row) => row.map(cell).join(',')).join('\r\n');
}

function Item({ step, axis, given }: { step: Step; axis: ReturnType<typeof axisOf>; given: Opens }) {
  const { line, from, to } = step;
  const at = (points: number) => ((points - axis.min) / (axis.max - axis.min)) * 100;
  const start = line.kind === 'base' ? 0 : at(Math.min(from, to));
  const end = at(Math.max(from, to));
  return (
    <tr>
      <th scope="row">
        {line.title} {line.disputed && <Disputed />}
        <small>
          {line.reason_code && <code translate={false}>{line.reason_code}</code>}
          <Backed line={line} title={line.title} given={given} />
          {line.detail && <span>{line.detail}</span>}
        </small>
      </th>
      <td class="bar-cell" aria-hidden="true">
        {axis.ticks.map((tick) => (
          <u key={tick} style={{ left: `${at(tick)}%` }} />
        ))}
        {line.kind !== 'base' && <s style={{ left: `${at(from)}%` }} />}
        <i class={barKind(line)} style={{ left: `${start}%`, width: `${Math.max(end - start, 0.4)}%` }} />
      </td>
      <td class="right number">
        <strong>{line.kind === 'base' ? line.points : signed(line.points)}</strong>
      </td>
    </tr>
  );
}

/** How the score came about, line by line; says so when the lines do not add up to it. */
export function Waterfall(given: Opens) {
  const { score, party } = given.profile;
  const w = words();
  const steps = stepsOf(score);
  const axis = axisOf(steps);
  const sum = sumOf(score);
  const exact = score.value === null || sum === score.value;
  const at = (points: number) => ((points - axis.min) / (axis.max - axis.min)) * 100;
  return (
    <section class="card" aria-labelledby="waterfall">
      <header>
        <h2 id="waterfall">{score.value === null ? w.score.lines : w.score.came_about(score.value)}</h2>
        <button type="button" class="small end" onClick={() => saveText(`${party.id}.csv`, toCsv(given.profile))}>
          {w.score.save_csv}
        </button>
      </header>
      {!exact && (
        <p class="problem" role="alert" data-sum={sum}>
          {w.score.not_exact(sum, score.value ?? 0)}
        </p>
      )}
      <table class="waterfall">
        <thead>
          <tr>
            <th scope="col">{w.score.item}</th>
            <th class="bar-cell" aria-hidden="true">
              {axis.ticks.map((tick) => (
                <span key={tick} style={{ left: `${at(tick)}%` }}>
                  {tick}
                </span>
              ))}
            </th>
            <th scope="col" class="right">
              {w.score.points}
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, n) => (
            <Item key={`${step.line.rule_id} ${n}`} step={step} axis={axis} given={given} />
          ))}
        </tbody>
        {score.value !== null && (
          <tfoot>
            <tr>
              <th scope="row">
                {w.score.total} {exact && <small>{w.score.exact}</small>}
              </th>
              <td class="bar-cell" aria-hidden="true" />
              <td class="right number">
                <strong data-total>{score.value}</strong>
              </td>
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
