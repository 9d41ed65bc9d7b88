import { useRemote, wholeList } from '../../api/client';
import type { Records } from '../../api/types';
import type { Asked } from '../../parts/Evidence';
import { Text } from '../../parts/Name';
import { Part } from '../../parts/Problem';
import { words } from '../../words';
import { count, date } from '../../words/shown';

/** The records a party was put together from, each with its source row. */
export function RecordsTab({ id, open }: { id: string; open: (asked: Asked) => void }) {
  const records = useRemote(...wholeList<Records>(`/entities/${encodeURIComponent(id)}/records`, 'records'));
  const w = words();
  return (
    <section class="card scroll" aria-label={w.party.tab.records}>
      <Part from={records} lines={8}>
        {(answer) => (
          <table class="fold">
            <thead>
              <tr>
                <th scope="col">{w.record.name}</th>
                <th scope="col">{w.record.source}</th>
                <th scope="col">{w.record.facts}</th>
                <th scope="col">{w.record.observed}</th>
                <th scope="col">{w.record.row}</th>
              </tr>
            </thead>
            <tbody>
              {answer.records.map((record) => (
                <tr key={record.id}>
                  <th scope="row">
                    <Text>{record.name}</Text>
                  </th>
                  <td data-l={w.record.source}>
                    <code translate={false}>{record.dataset}</code> <small>{w.source_class(record.source_class)}</small>
                    {record.loaded_on && (
                      <p class="quiet">
                        {record.publisher && (
                          <span translate={false}>{[record.publisher, record.licence].filter(Boolean).join(' · ')} · </span>
                        )}
                        {w.record.loaded(date(record.loaded_on))}
                      </p>
                    )}
                  </td>
                  <td data-l={w.record.facts}>
                    <dl class="inline">
                      {Object.entries(record.facts).map(([name, value]) => (
                        <div key={name}>
                          <dt>{w.fact(name)}</dt>
                          <dd translate={false}>{value}</dd>
                        </div>
                      ))}
                    </dl>
                  </td>
                  <td data-l={w.record.observed}>{record.observed_on ? date(record.observed_on) : w.record.undated}</td>
                  <td data-l={w.record.row}>
                    <button
                      type="button"
                      class="as-link"
                      data-row={record.row_id}
                      onClick={() =>
                        open({
                          title: record.name,
                          proofs: [
                            { title: record.name, facts: [record.file], day: record.observed_on, row_ids: record.row_ids },
                          ],
                        })
                      }
                    >
                      {w.row.open(record.row)}
                    </button>
                    <small>
                      <code translate={false}>{record.file}</code>
                    </small>
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <td colSpan={5}>{w.record.total(count(answer.records.length))}</td>
              </tr>
            </tfoot>
          </table>
        )}
      </Part>
    </section>
  );
}
