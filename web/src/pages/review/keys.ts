import { useLayoutEffect } from 'preact/hooks';

export type Keys = Record<string, (() => void) | undefined>;

/** One letter, one deed, that of the picture on screen; never while somebody writes, nor with a modifier held. */
export function useKeys(keys: Keys): void {
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement;
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) {
        if (event.key === 'Escape') at.blur();
        return;
      }
      const deed = keys[event.key.toLowerCase()];
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [keys]);
}
