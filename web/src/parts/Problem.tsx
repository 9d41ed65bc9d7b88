import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Problem, Remote } from '../api/client';
import { words } from '../words';

const PATIENCE_MS = 150; // quicker answers come without a flicker

/** The frame of what is to come, as grey lines. */
export function Waiting({ lines = 4 }: { lines?: number }) {
  const [shown, show] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => show(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="waiting" aria-busy="true">
      <span class="hidden">{words().state.loading}</span>
      {shown && Array.from({ length: lines }, (_, line) => <div key={line} class="ghost" />)}
    </div>
  );
}

export function ProblemBox({ problem, retry, whole = false }: { problem: Problem; retry: () => void; whole?: boolean }) {
  const { title, detail, remedy, request_id, status } = problem.answer;
  const w = words();
  const told = status === 0 ? w.state.unreachable : title;
  return (
    <div class="problem" role="alert">
      {whole ? (
        <h1>{told}</h1>
      ) : (
        <p>
          <strong>{told}</strong>
        </p>
      )}
      {detail && <p>{detail}</p>}
      {remedy && <p>{remedy}</p>}
      <p class="quiet">
        {status > 0 && <>{w.state.status(status)} </>}
        {request_id && (
          <>
            {w.state.request} <code>{request_id}</code>
          </>
        )}
      </p>
      <button type="button" onClick={retry}>
        {w.state.again}
      </button>
    </div>
  );
}

interface Props<T> {
  from: Remote<T> & { retry: () => void };
  lines?: number;
  /** The page is nothing else: a problem is its heading. */
  whole?: boolean;
  children: (data: T) => ComponentChildren;
}

/** One part of a page: its frame while it loads, its own problem when it fails, else what it holds. */
export function Part<T>({ from, lines = 4, whole = false, children }: Props<T>) {
  if (from.state === 'waiting') return <Waiting lines={lines} />;
  if (from.state === 'failed') return <ProblemBox problem={from.problem} retry={from.retry} whole={whole} />;
  return <>{children(from.data)}</>;
}
