import { link } from '../parts/address';
import { useTitle } from '../parts/title';
import { words } from '../words';

export function NowherePage() {
  const w = words();
  useTitle(w.state.nowhere);
  return (
    <div class="page">
      <h1>{w.state.nowhere}</h1>
      <p>
        <a href={link('/')}>{w.state.to_find}</a>
      </p>
    </div>
  );
}
