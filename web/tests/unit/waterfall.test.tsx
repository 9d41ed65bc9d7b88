import { render } from 'preact';
import { afterEach, expect, test } from 'vitest';
import type { Profile, Score } from '../../src/api/types';
import { Waterfall } from '../../src/pages/party/Waterfall';
import { speak } from '../../src/words';
import { scoreOf } from './score';

const host = document.body.appendChild(document.createElement('div'));
afterEach(() => render(null, host));

function shown(score: Score): HTMLElement {
  speak('en');
  const profile = { party: { id: 'K-1', name: 'Hailing' }, score, rulebook: 'r' } as unknown as Profile;
  render(<Waterfall profile={profile} evidence={new Map()} open={() => undefined} />, host);
  return host;
}

test('lines that do not add up to the score are told as an error', () => {
  const page = shown(scoreOf(650, ['base', 600], ['positive', 41]));
  expect(page.querySelector('[role=alert]')?.textContent).toContain('641');
  expect(page.textContent).not.toContain('adds up exactly');
});

test('lines that add up say so', () => {
  const page = shown(scoreOf(641, ['base', 600], ['positive', 41]));
  expect(page.querySelector('[role=alert]')).toBeNull();
  expect(page.textContent).toContain('adds up exactly');
});
