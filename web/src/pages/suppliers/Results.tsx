import { useState } from 'preact/hooks';
import type { ResultWord, Screening, ScreeningRow } from '../../api/types';
import { partyLink } from '../../parts/address';
import { Listed } from '../../parts/Mark';
import { Names, Text } from '../../parts/Name';
import { Score } from '../../parts/Score';
import { words } from '../../words';
import { count, date } from '../../words/shown';

const ORDER: ResultWord[] = ['stop', 'look', 'unknown', 'fine'];
const SHAPES = { stop: '■', look: '▲', unknown: '◌', fine: '●' } as const;

function ResultMark({ result }: { result: ResultWord }) {
  return (
    <span class={`result ${result}`}>
      <span aria-hidden="true">{SHAPES[result]}</span> {words().suppliers.result[result]}
    </span>
  );
}

const givenText = (given: ScreeningRow['given']): string => Object.values(given).filter(Boolean).join(' · ');

/** Every party that may be meant but is not taken as found, or that fits as well as the one that decides. */
function Candidates({ row }: { row: ScreeningRow }) {
  const w = words();
  const others = row.candidates.filter((one) => one.party.id !== row.party?.id);
  return (
    <>
      {others.map(({ party, match_percent }) => (
        <small key={party.id}>
          {w.suppliers.perhaps}{' '}
          <a href={partyLink(party.id)}>
            <Names party={party} />
          </a>{' '}
          · {w.suppliers.match(match_percent)}
        </small>
      ))}
    </>
  );
}

function Row({ row }: { row: ScreeningRow }) {
  const w = words();
  const { party } = row;
  return (
    <tr>
      <td data-l={w.suppliers.outcome}>
        <ResultMark result={row.result} />
      </td>
      <th scope="row">
        {party ? (
          <a href={partyLink(party.id)}>
            <Text>{givenText(row.given)}</Text>
          </a>
        ) : (
          <Text>{givenText(row.given)}</Text>
        )}
        {party ? (
          <small>
            <Names party={party} />
            {row.match_percent !== null && <> · {w.suppliers.match(row.match_percent)}</>}
          </small>
        ) : (
          row.candidates.length === 0 && <small>{w.suppliers.no_match}</small>
        )}
        <Candidates row={row} />
      </th>
      <td data-l={w.record.score} class="right">
        {party ? <Score party={party} /> : <span class="quiet">{w.score.none}</span>}
      </td>
      <td data-l={w.score.reasons}>
        {row.error && <p>{row.error}</p>}
        {row.reasons.map(({ code, sentence }) => (
          <p key={code + sentence}>
            <code translate={false}>{code}</code> {sentence}
          </p>
        ))}
        {!row.error && row.reasons.length === 0 && <span class="quiet">{w.score.no_reasons}</span>}
      </td>
      <td data-l={w.suppliers.nearest}>
        {party?.standing === 'listed' ? (
          <Listed />
        ) : row.nearest ? (
          row.nearest.sentence
        ) : (
          <span class="quiet">{party ? w.path.none : '–'}</span>
        )}
      </td>
    </tr>
  );
}

/** Four counters that filter, then the rows: Stop, Look, Unknown, Fine, and file order within. */
export function Results({ name, screening }: { name: string; screening: Screening }) {
  const [only, turn] = useState<ResultWord | null>(null);
  const w = words();
  const rows = screening.rows.filter(({ result }) => only === null || result === only);
  return (
    <>
      <h2>{w.suppliers.of(name, screening.rows.length)}</h2>
      {screening.freshness && <p class="stale">{screening.freshness.sentences.join(' ')}</p>}
      <div class="counters">
        {ORDER.map((result) => (
          <button key={result} type="button" aria-pressed={only === result} onClick={() => turn(only === result ? null : result)}>
            <ResultMark result={result} /> <strong class="number">{count(screening.counts[result] ?? 0)}</strong>
            <small>{w.suppliers.meaning[result]}</small>
          </button>
        ))}
      </div>
      {screening.rejected.length > 0 && (
        <section class="card">
          <header>
            <h2>{w.suppliers.rejected(screening.rejected.length)}</h2>
          </header>
          <ul class="body">
            {screening.rejected.map((row) => (
              <li key={row.row}>
                {w.suppliers.row(row.row)}: {row.error}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="card scroll" aria-label={w.suppliers.results}>
        <table class="fold">
          <thead>
            <tr>
              <th scope="col">{w.suppliers.outcome}</th>
              <th scope="col">{w.suppliers.in_file}</th>
              <th scope="col" class="right">
                {w.record.score}
              </th>
              <th scope="col">{w.score.reasons}</th>
              <th scope="col">{w.suppliers.nearest}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.row} row={row} />
            ))}
          </tbody>
        </table>
      </section>
      <p class="foot quiet">
        {w.party.foot(screening.rulebook, screening.as_of)} · {w.suppliers.sources(screening.sources.length)}:{' '}
        {screening.sources.join(', ')} · {date(screening.as_of)}
      </p>
    </>
  );
}
