import { useEffect, useRef, useState } from 'preact/hooks';
import { useRemote } from '../api/client';
import type { SourceRow } from '../api/types';
import { words } from '../words';
import { count, date } from '../words/shown';
import { Part } from './Problem';

/** Something stated, and the source rows that state it. */
export interface Proof {
  title: string;
  facts: (string | null)[];
  day: string | null;
  row_ids: string[];
}

/** What a number rests on; shown as a drawer. */
export interface Asked {
  title: string;
  proofs: Proof[];
}

function Row({ id }: { id: string }) {
  const row = useRemote<SourceRow>(`/v1/rows/${encodeURIComponent(id)}`);
  const w = words();
  return (
    <Part from={row} lines={6}>
      {({ file, dataset, number, values, mapping, loaded_at }) => (
        <>
          <dl class="facts">
            <dt>{w.row.file}</dt>
            <dd>
              <code translate={false}>{file}</code>
            </dd>
            <dt>{w.row.number}</dt>
            <dd class="number">{count(number)}</dd>
            <dt>{w.row.dataset}</dt>
            <dd>
              <code translate={false}>{dataset}</code>
            </dd>
            <dt>{w.row.mapping}</dt>
            <dd>
              <code translate={false}>{mapping}</code>
            </dd>
            <dt>{w.row.loaded}</dt>
            <dd>{date(loaded_at)}</dd>
          </dl>
          <table class="values">
            <caption>{w.row.values}</caption>
            <thead>
              <tr>
                <th scope="col">{w.row.column}</th>
                <th scope="col">{w.row.value}</th>
              </tr>
            </thead>
            <tbody translate={false}>
              {Object.entries(values).map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>
                    {value === null || value === '' ? (
                      <span class="quiet" translate>
                        {w.row.empty}
                      </span>
                    ) : (
                      String(value)
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Part>
  );
}

interface Shown {
  proofs: Proof[];
  row: string | null;
  open: (row: string) => void;
}

function Proofs({ proofs, row, open }: Shown) {
  const w = words();
  if (proofs.length === 0) return <p>{w.row.none}</p>;
  return (
    <ul class="proofs">
      {proofs.map(({ title, facts, day, row_ids }, n) => (
        <li key={`${n} ${title}`}>
          <p>
            <strong>{title}</strong>
          </p>
          <p class="quiet">{[...facts, day && date(day)].filter(Boolean).join(' · ')}</p>
          {row_ids.length === 0 && <p class="quiet">{w.row.derived}</p>}
          {row_ids.map((each) => (
            <button type="button" key={each} class="small" aria-pressed={row === each} onClick={() => open(each)} data-row={each}>
              {w.row.open(Number(each.split('#')[1]))}
            </button>
          ))}
          {row !== null && row_ids.includes(row) && <Row key={row} id={row} />}
        </li>
      ))}
    </ul>
  );
}

/** The first row is open at once, so that a number is never further than two clicks from its source. */
export function Evidence({ asked, close }: { asked: Asked | null; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [row, open] = useState<string | null>(null);
  useEffect(() => {
    if (!asked) {
      dialog.current?.close();
      return;
    }
    open(asked.proofs.flatMap((proof) => proof.row_ids)[0] ?? null);
    dialog.current?.showModal();
  }, [asked]);
  return (
    <dialog
      ref={dialog}
      class="drawer"
      aria-labelledby="drawer-title"
      onClose={close}
      onClick={(event) => event.target === dialog.current && close()}
    >
      {asked && (
        <div class="inside">
          <header>
            <h2 id="drawer-title">{asked.title}</h2>
            <button type="button" onClick={close}>
              {words().row.close}
            </button>
          </header>
          <Proofs proofs={asked.proofs} row={row} open={open} />
        </div>
      )}
    </dialog>
  );
}
