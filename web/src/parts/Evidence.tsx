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

/** What a number rests on; shown as a drawer. A single row is opened at once. */
export interface Asked { title: string; proofs: Proof[] }

function Row({ id }: { id: string }) {
  const row = useRemote<SourceRow>(`/v1/rows/${encodeURIComponent(id)}`);
  const w = words();
  return (
    <Part from={row} lines={6}>
      {({ file, dataset, number, values, mapping, loaded_at }) => (
        <>
          <dl class="facts">
            <dt>{w.row.file}</dt><dd><code translate={false}>{file}</code></dd>
            <dt>{w.row.number}</dt><dd class="number">{count(number)}</dd>
            <dt>{w.row.dataset}</dt><dd><code translate={false}>{dataset}</code></dd>
            <dt>{w.row.mapping}</dt><dd><code translate={false}>{mapping}</code></dd>
            <dt>{w.row.loaded}</dt><dd>{date(loaded_at)}</dd>
          </dl>
          <table class="values">
            <caption>{w.row.values}</caption>
            <thead><tr><th scope="col">{w.row.column}</th><th scope="col">{w.row.value}</th></tr></thead>
            <tbody translate={false}>{Object.entries(values).map(([name, value]) => (
              <tr key={name}><th scope="row">{name}</th><td>{value === null || value === '' ? <span class="quiet" translate>{w.row.empty}</span> : String(value)}</td></tr>
            ))}</tbody>
          </table>
        </>
      )}
    </Part>
  );
}

function Proofs({ proofs, open }: { proofs: Proof[]; open: (row: string) => void }) {
  const w = words();
  if (proofs.length === 0) return <p>{w.row.none}</p>;
  return (
    <ul class="proofs">
      {proofs.map(({ title, facts, day, row_ids }) => (
        <li key={title + row_ids.join()}>
          <p><strong>{title}</strong></p>
          <p class="quiet">{[...facts, day && date(day)].filter(Boolean).join(' · ')}</p>
          {row_ids.length === 0 && <p class="quiet">{w.row.derived}</p>}
          {row_ids.map((row) => (
            <button type="button" key={row} class="small" onClick={() => open(row)} data-row={row}>{w.row.open(Number(row.split('#')[1]))}</button>
          ))}
        </li>
      ))}
    </ul>
  );
}

export function Evidence({ asked, close }: { asked: Asked | null; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [row, open] = useState<string | null>(null);
  const w = words();
  const rows = asked ? asked.proofs.flatMap((proof) => proof.row_ids) : [];
  const only = asked?.proofs.length === 1 && rows.length === 1;
  useEffect(() => {
    if (asked) { open(only ? (rows[0] ?? null) : null); dialog.current?.showModal(); }
    else dialog.current?.close();
  }, [asked]);
  return (
    <dialog ref={dialog} class="drawer" aria-labelledby="drawer-title" onClose={close} onClick={(event) => event.target === dialog.current && close()}>
      {asked && (
        <div class="inside">
          <header>
            <h2 id="drawer-title">{asked.title}</h2>
            {row && !only && <button type="button" onClick={() => open(null)}>{w.row.back}</button>}
            <button type="button" onClick={close}>{w.row.close}</button>
          </header>
          {row ? <Row key={row} id={row} /> : <Proofs proofs={asked.proofs} open={open} />}
        </div>
      )}
    </dialog>
  );
}
