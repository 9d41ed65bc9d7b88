// A list is checked in the background of the server: it goes up, its state is asked after, its result comes down.
import { Problem, address, ask } from '../../api/client';
import type { Job, Screening } from '../../api/types';

export interface Progress {
  checked: number;
  rows: number;
}

const KIND = 'screening';

const FIRST_WAIT_MS = 120; // most lists are short
const WAIT_MS_MAX = 1500;

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** A list as a file goes up as it is; pasted rows are names, one a line. */
function begin(given: File | string, signal: AbortSignal): Promise<Job> {
  if (typeof given === 'string') {
    const names = given
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean);
    const headers = { 'Content-Type': 'application/json' };
    return ask(address('/jobs'), { method: 'POST', body: JSON.stringify({ kind: KIND, names }), headers, signal });
  }
  const form = new FormData();
  form.append('kind', KIND);
  form.append('file', given);
  return ask(address('/jobs'), { method: 'POST', body: form, signal });
}

/** Checks a list. tell: called with how far it is. Throws Problem; where the caller leaves, the server is told and ends it. */
export async function checkList(
  given: File | string,
  signal: AbortSignal,
  tell: (progress: Progress) => void,
): Promise<Screening> {
  let job = await begin(given, signal);
  const url = `/v1/jobs/${job.id}`;
  try {
    for (let ms = FIRST_WAIT_MS; job.state === 'waiting' || job.state === 'running'; ms = Math.min(2 * ms, WAIT_MS_MAX)) {
      await wait(ms);
      job = await ask<Job>(url, { signal });
      if (!signal.aborted && job.total) tell({ checked: job.done, rows: job.total });
    }
    if (job.state === 'failed') throw new Problem({ type: 'about:blank', title: '', status: 500, ...job.problem });
    return await ask<Screening>(`${url}/result`, { signal });
  } finally {
    void ask(url, { method: 'DELETE' }).catch(() => null); // nothing of the list stays behind
  }
}
