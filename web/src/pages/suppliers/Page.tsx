import { useState } from 'preact/hooks';
import { Problem, address, ask } from '../../api/client';
import type { Screening } from '../../api/types';
import { ProblemBox, Waiting } from '../../parts/Problem';
import { useTitle } from '../../parts/title';
import { words } from '../../words';
import { Results } from './Results';

type Check =
  | { state: 'none' }
  | { state: 'asking'; name: string }
  | { state: 'here'; name: string; screening: Screening }
  | { state: 'failed'; problem: Problem };

function post(body: BodyInit, headers: Record<string, string> = {}): Promise<Screening> {
  return ask<Screening>(address('/screenings'), { method: 'POST', body, headers });
}

/** A list as a file goes up as it is; pasted rows are names, one a line. */
function sent(given: File | string): Promise<Screening> {
  if (typeof given === 'string') {
    const names = given
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean);
    return post(JSON.stringify({ names }), { 'Content-Type': 'application/json' });
  }
  const form = new FormData();
  form.append('file', given);
  return post(form);
}

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

/** Drop, choose or paste a list; each row comes back as Stop, Look, Unknown or Fine. */
export default function SuppliersPage() {
  const [check, turn] = useState<Check>({ state: 'none' });
  const [last, keep] = useState<File | string>('');
  const w = words();
  useTitle(w.page.suppliers);
  const give = (given: File | string) => {
    const name = typeof given === 'string' ? w.suppliers.pasted : given.name;
    keep(given);
    turn({ state: 'asking', name });
    sent(given).then(
      (screening) => turn({ state: 'here', name, screening }),
      (cause: unknown) => {
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
            <Waiting lines={6} />
          </>
        )}
      </div>
      {check.state === 'failed' && <ProblemBox problem={check.problem} retry={() => give(last)} />}
      {check.state === 'here' && <Results name={check.name} screening={check.screening} />}
    </div>
  );
}
