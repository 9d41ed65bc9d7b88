import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../../api/client';
import type { Screening } from '../../api/types';
import { ProblemBox, Waiting } from '../../parts/Problem';
import { useTitle } from '../../parts/title';
import { words } from '../../words';
import { Results } from './Results';
import { type Progress, checkList } from './job';

type Check =
  | { state: 'none' }
  | { state: 'asking'; name: string; progress: Progress | null }
  | { state: 'here'; name: string; screening: Screening }
  | { state: 'failed'; problem: Problem };

function DropZone({ give }: { give: (given: File | string) => void }) {
  const w = words();
  const [over, turn] = useState(false);
  const [text, type] = useState('');
  return (
    <div
      class={`drop ${over ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        turn(true);
      }}
      onDragLeave={() => turn(false)}
      onDrop={(event) => {
        event.preventDefault();
        turn(false);
        const file = event.dataTransfer?.files[0];
        if (file) give(file);
      }}
    >
      <label class="button file">
        {w.suppliers.choose}
        <input
          class="hidden"
          type="file"
          accept=".csv,.xlsx,text/csv"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) give(file);
            currentTarget.value = '';
          }}
        />
      </label>
      <p class="quiet">
        {w.suppliers.or_drop}{' '}
        <a href="/suppliers.csv" download>
          {w.suppliers.sample}
        </a>
      </p>
      <label class="paste">
        {w.suppliers.paste}
        <textarea rows={4} value={text} onInput={({ currentTarget }) => type(currentTarget.value)} />
      </label>
      <button type="button" class="strong" disabled={!text.trim()} onClick={() => give(text)}>
        {w.suppliers.check}
      </button>
    </div>
  );
}

function ProgressBar({ progress: { checked, rows } }: { progress: Progress }) {
  const told = words().suppliers.checked(checked, rows);
  return (
    <p class="job" aria-busy="true">
      <progress max={rows} value={checked} aria-label={told} />
      <span class="quiet">{told}</span>
    </p>
  );
}

/** Drop, choose or paste a list; each row comes back as Stop, Look, Unknown or Fine. */
export default function SuppliersPage() {
  const [check, turn] = useState<Check>({ state: 'none' });
  const [last, keep] = useState<File | string>('');
  const w = words();
  useTitle(w.page.suppliers);
  const leave = useRef<AbortController | null>(null);
  useEffect(() => () => leave.current?.abort(), []);
  const give = (given: File | string) => {
    const name = typeof given === 'string' ? w.suppliers.pasted : given.name;
    leave.current?.abort();
    const leaving = new AbortController();
    leave.current = leaving;
    keep(given);
    turn({ state: 'asking', name, progress: null });
    checkList(given, leaving.signal, (progress) => turn({ state: 'asking', name, progress })).then(
      (screening) => turn({ state: 'here', name, screening }),
      (cause: unknown) => {
        if (leaving.signal.aborted) return;
        if (cause instanceof Problem) turn({ state: 'failed', problem: cause });
        else throw cause;
      },
    );
  };
  return (
    <div class="page">
      <h1>{w.suppliers.title}</h1>
      <p class="lead">{w.suppliers.lead}</p>
      <DropZone give={give} />
      <div role="status">
        {check.state === 'asking' && (
          <>
            <p>{w.suppliers.checking(check.name)}</p>
            {check.progress === null && <Waiting lines={6} />}
          </>
        )}
      </div>
      {check.state === 'asking' && check.progress && <ProgressBar progress={check.progress} />}
      {check.state === 'failed' && <ProblemBox problem={check.problem} retry={() => give(last)} />}
      {check.state === 'here' && <Results name={check.name} screening={check.screening} />}
    </div>
  );
}
