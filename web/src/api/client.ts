// One door to the API: language, date and errors are treated here and nowhere else.
import { useEffect, useRef, useState } from 'preact/hooks';
import { CARRIED } from '../parts/address';
import { language } from '../words';
import { expire, write } from './session';
import type { ProblemAnswer } from './types';

export class Problem extends Error {
  readonly answer: ProblemAnswer;
  constructor(answer: ProblemAnswer) {
    super(answer.title);
    this.answer = answer;
  }
}

export type Remote<T> = { state: 'waiting' } | { state: 'here'; data: T } | { state: 'failed'; problem: Problem };

/** Path under /v1 with its parameters; the day and the reader in the page's own address go along. */
export function address(path: string, parameters: Record<string, string | number | undefined> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined && value !== '') query.set(name, String(value));
  const here = new URLSearchParams(location.search);
  for (const name of CARRIED) {
    const carried = here.get(name);
    if (carried) query.set(name, carried);
  }
  const text = query.toString();
  return `/v1${path}${text ? `?${text}` : ''}`;
}

async function problemOf(response: Response): Promise<Problem> {
  const answer = (await response.json().catch(() => ({}))) as Partial<ProblemAnswer>;
  const title = answer.title ?? (response.statusText || String(response.status));
  return new Problem({ type: 'about:blank', ...answer, title, status: response.status });
}

/** Asks once. Throws Problem when the server refuses or cannot be reached. */
export async function ask<T>(url: string, options: RequestInit = {}): Promise<T> {
  const headers = { 'Accept-Language': language.value, Accept: 'application/json', ...options.headers };
  const send = (options.method ?? 'GET') === 'GET' ? fetch : write;
  const response = await send(url, { ...options, headers }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Problem({ type: 'about:blank', title: '', status: 0 });
  });
  if (response.status === 401) expire();
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

const KEPT_MAX = 60;
const kept = new Map<string, unknown>();

function keep(key: string, data: unknown): void {
  kept.delete(key);
  kept.set(key, data);
  if (kept.size > KEPT_MAX) kept.delete(kept.keys().next().value as string);
}

/** A further step before an answer is shown: what else has to be asked. */
export type Finish<T> = (data: T, signal: AbortSignal) => T | Promise<T>;
const same = <T>(data: T): T => data;

/** Lines of one page where a whole list is shown. */
const PAGE_MAX = 1000;

/** Path of a list and what asks for its further pages, so that `useRemote` shows all of its lines at once. */
export function wholeList<T extends { next: string | null }>(path: string, list: keyof T): [string, Finish<T>] {
  const url = address(path, { limit: PAGE_MAX });
  const finish = async (first: T, signal: AbortSignal): Promise<T> => {
    let answer = first;
    while (answer.next) {
      const page = await ask<T>(`${url}&cursor=${encodeURIComponent(answer.next)}`, { signal });
      answer = { ...page, [list]: [...(answer[list] as unknown[]), ...(page[list] as unknown[])] };
    }
    return answer;
  };
  return [url, finish];
}

/** What the server answers at `url`: the last known answer at once, then the fresh one. Asks nothing when null. */
export function useRemote<T>(url: string | null, finish: Finish<T> = same): Remote<T> & { retry: () => void } {
  const key = url && `${language.value} ${url}`;
  const [, redraw] = useState(0);
  const [turn, retry] = useState(0);
  const failure = useRef<{ key: string; problem: Problem } | null>(null);
  useEffect(() => {
    if (!url || !key) return undefined;
    const leave = new AbortController();
    failure.current = null;
    ask<T>(url, { signal: leave.signal })
      .then((data) => finish(data, leave.signal))
      .then((data) => keep(key, data))
      .catch((problem: unknown) => {
        if (problem instanceof Problem) failure.current = { key, problem };
        else if (!leave.signal.aborted) throw problem;
      })
      .finally(() => !leave.signal.aborted && redraw((n) => n + 1));
    return () => leave.abort();
  }, [key, turn]);
  const again = {
    retry: () => {
      failure.current = null;
      retry((n) => n + 1);
      redraw((n) => n + 1);
    },
  };
  if (key && failure.current?.key === key) return { state: 'failed', problem: failure.current.problem, ...again };
  if (key && kept.has(key)) return { state: 'here', data: kept.get(key) as T, ...again };
  return { state: 'waiting', ...again };
}
